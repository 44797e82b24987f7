package io.nanoswarm.skills.process;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * Settings of all skills that are processes, from {@code swarm.skills.process}; each key is
 * explained in {@code reference.conf}.
 *
 * @param limits of a skill whose manifest names none
 * @param grace from telling a process to stop, or closing its standard input, to killing it
 * @param waiting most calls that wait for their turn at one process
 * @param describeWithin until a process has said what its skill is
 */
public record ProcessSkillSettings(
    ProcessLimits limits, Duration grace, int waiting, Duration describeWithin) {
  public ProcessSkillSettings {
    if (!grace.isPositive() || !describeWithin.isPositive() || waiting < 1) {
      throw new IllegalArgumentException(
          "swarm.skills.process: grace %s, describe-within %s, waiting %s (expected: all > 0)"
              .formatted(grace, describeWithin, waiting));
    }
  }

  /**
   * @param config the sub-tree {@code swarm.skills.process}
   */
  public static ProcessSkillSettings from(Config config) {
    return new ProcessSkillSettings(
        new ProcessLimits(
            config.getDuration("time"),
            config.getBytes("memory"),
            config.getBytes("output"),
            config.getDuration("idle"),
            config.getInt("calls"),
            config.getDuration("setup")),
        config.getDuration("grace"),
        config.getInt("waiting"),
        config.getDuration("describe-within"));
  }
}
