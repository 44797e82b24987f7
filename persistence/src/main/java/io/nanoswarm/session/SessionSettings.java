package io.nanoswarm.session;

import com.typesafe.config.Config;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Settings of every session, from {@code swarm.session}; each key is explained in {@code
 * reference.conf}.
 *
 * @param lease from an attempt's grant or latest renewal to its expiry
 * @param adoptWithin from being read from the journal to the first grant anew, if attempts of
 *     before may run; zero for at once
 * @param idleTimeout from the last message to the moment an idle session leaves memory
 * @param snapshotEvery events between two snapshots
 * @param keepSnapshots snapshots kept
 */
public record SessionSettings(
    Duration lease,
    Duration adoptWithin,
    Duration idleTimeout,
    int snapshotEvery,
    int keepSnapshots) {
  public SessionSettings {
    if (!lease.isPositive() || !idleTimeout.isPositive()) {
      throw new IllegalArgumentException(
          "swarm.session: lease %s, idle-timeout %s (expected: both > 0)"
              .formatted(lease, idleTimeout));
    }
    if (adoptWithin.isNegative() || adoptWithin.compareTo(lease) >= 0) {
      throw new IllegalArgumentException(
          "swarm.session: adopt-within %s (expected: >= 0, shorter than the lease of %s)"
              .formatted(adoptWithin, lease));
    }
    if (snapshotEvery < 1 || keepSnapshots < 1) {
      throw new IllegalArgumentException(
          "swarm.session: snapshot-every %d, keep-snapshots %d (expected: both >= 1)"
              .formatted(snapshotEvery, keepSnapshots));
    }
  }

  public static SessionSettings create(ActorSystem<?> system) {
    return from(system.settings().config().getConfig("swarm.session"));
  }

  public static SessionSettings from(Config config) {
    return new SessionSettings(
        config.getDuration("lease"),
        config.getDuration("adopt-within"),
        config.getDuration("idle-timeout"),
        config.getInt("snapshot-every"),
        config.getInt("keep-snapshots"));
  }
}
