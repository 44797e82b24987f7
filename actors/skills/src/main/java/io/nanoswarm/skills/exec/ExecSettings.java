package io.nanoswarm.skills.exec;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.List;

/**
 * What commands may do; the keys are explained in {@code reference.conf}.
 *
 * @param timeLimit of a call that names none
 * @param outputBytes what a command may write
 * @param limits of all its processes together
 * @param restrictToWorkspace whether the working folder must lie in the workspace
 * @param allow regular expressions
 * @param deny regular expressions
 */
public record ExecSettings(
    Duration timeLimit,
    long outputBytes,
    ChildLimits limits,
    boolean restrictToWorkspace,
    List<String> allow,
    List<String> deny) {
  public ExecSettings {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
    if (!timeLimit.isPositive() || outputBytes < 1) {
      throw new IllegalArgumentException(
          "swarm.skills.exec: time-limit %s, output-limit %d (expected: > 0, > 0)"
              .formatted(timeLimit, outputBytes));
    }
  }

  public static ExecSettings from(Config config) {
    return new ExecSettings(
        config.getDuration("time-limit"),
        config.getBytes("output-limit"),
        new ChildLimits(
            config.getInt("processes"),
            (int) Math.min(Integer.MAX_VALUE, config.getBytes("memory") >> 20)),
        config.getBoolean("restrict-to-workspace"),
        config.getStringList("allow"),
        config.getStringList("deny"));
  }
}
