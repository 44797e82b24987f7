package io.nanoswarm.supervisor;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.regex.Pattern;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * How worker JVMs are started and stopped; the keys are explained in {@code reference.conf}.
 *
 * @param maxAgents slots in all
 * @param startsAtOnce JVMs between exec and hello at a time, on one machine
 * @param sharedHeapMegabytes heap of the JVM that agents share
 * @param jitter share of a backoff that chance may take away, 0 to 1
 */
public record SupervisorSettings(
    int maxAgents, int startsAtOnce, int sharedHeapMegabytes, double jitter, Deadlines deadlines) {
  private static final Pattern STARTS_AT_ONCE =
      Pattern.compile("(?<number>[1-9][0-9]{0,4})(?<each> per core)?");

  /**
   * @param accept from asking for a JVM to a machine's promise to start it
   * @param hello from exec to the worker's hello, and again from there to its agent being hosted
   * @param stop from asking a worker to shut down to its exit; killed then
   * @param hosts of that, how long agents have to put their work down
   * @param adopt from losing its supervisor to an agent's end, unless another one wants it
   */
  public record Deadlines(
      Duration accept, Duration hello, Duration stop, Duration hosts, Duration adopt) {
    public Deadlines {
      if (!accept.isPositive()
          || !hello.isPositive()
          || !adopt.isPositive()
          || !hosts.isPositive()
          || hosts.compareTo(stop) >= 0) {
        throw new IllegalArgumentException(
            "swarm.supervisor: accept-within %s, hello-within %s, hosts-stop-within %s, stop-within %s, adopt-within %s (expected: all > 0, hosts-stop-within < stop-within)"
                .formatted(accept, hello, hosts, stop, adopt));
      }
    }
  }

  public SupervisorSettings {
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException(
          "swarm.supervisor.jitter: %s (expected: 0 to 1)".formatted(jitter));
    }
    if (maxAgents < 1 || startsAtOnce < 1 || sharedHeapMegabytes < 32) {
      throw new IllegalArgumentException(
          "swarm.supervisor: max-agents %d, starts-at-once %d, shared-heap %d MiB (expected: >= 1, >= 1, >= 32 MiB)"
              .formatted(maxAgents, startsAtOnce, sharedHeapMegabytes));
    }
  }

  public static SupervisorSettings create(ActorSystem<?> system) {
    return from(system.settings().config().getConfig("swarm.supervisor"));
  }

  /** Reads the sub-tree {@code swarm.supervisor}. */
  public static SupervisorSettings from(Config config) {
    return new SupervisorSettings(
        config.getInt("max-agents"),
        startsAtOnce(config.getString("starts-at-once")),
        (int) (config.getBytes("shared-heap") >> 20),
        config.getDouble("jitter"),
        new Deadlines(
            config.getDuration("accept-within"),
            config.getDuration("hello-within"),
            config.getDuration("stop-within"),
            config.getDuration("hosts-stop-within"),
            config.getDuration("adopt-within")));
  }

  private static int startsAtOnce(String value) {
    var parts = STARTS_AT_ONCE.matcher(value);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "swarm.supervisor.starts-at-once: '%s' (expected: a number of at least 1, or one as in 2 per core)"
              .formatted(value));
    }
    int number = Integer.parseInt(parts.group("number"));
    return parts.group("each") == null
        ? number
        : number * Runtime.getRuntime().availableProcessors();
  }
}
