package io.nanoswarm.agent;

import com.typesafe.config.Config;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Settings of every agent host, from {@code swarm.agent-host}; each key is explained in {@code
 * reference.conf}.
 *
 * @param sendAgainEvery between two sendings of a claim, a beginning or an ending that nobody has
 *     answered
 * @param cancelGrace from telling an agent that its attempt is over to the moment it must have put
 *     it down
 * @param progressInterval between two words of progress from one agent
 * @param askTimeout from asking the blackboard or the memory to the moment the agent is told that
 *     no answer came
 * @param watchRenewEvery between two renewals of an attempt's subscription to the blackboard
 */
public record AgentHostSettings(
    Duration sendAgainEvery,
    Duration cancelGrace,
    Duration progressInterval,
    Duration askTimeout,
    Duration watchRenewEvery) {
  public AgentHostSettings {
    if (!sendAgainEvery.isPositive()
        || !cancelGrace.isPositive()
        || !progressInterval.isPositive()
        || !askTimeout.isPositive()
        || !watchRenewEvery.isPositive()) {
      throw new IllegalArgumentException(
          "swarm.agent-host: send-again-every %s, cancel-grace %s, progress-interval %s, ask-timeout %s, watch-renew-every %s (expected: all > 0)"
              .formatted(
                  sendAgainEvery, cancelGrace, progressInterval, askTimeout, watchRenewEvery));
    }
  }

  public static AgentHostSettings create(ActorSystem<?> system) {
    return from(system.settings().config().getConfig("swarm.agent-host"));
  }

  public static AgentHostSettings from(Config config) {
    return new AgentHostSettings(
        config.getDuration("send-again-every"),
        config.getDuration("cancel-grace"),
        config.getDuration("progress-interval"),
        config.getDuration("ask-timeout"),
        config.getDuration("watch-renew-every"));
  }
}
