package io.nanoswarm.agent;

import io.nanoswarm.agent.AgentHost.Timer;
import io.nanoswarm.session.Assignment;
import java.time.Duration;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/** The clocks of one host: its requests, the lease of its attempt, its patience. Owned by it. */
final class HostTimers {
  /** So that a session that has moved hears soon of the attempts that run. */
  private static final Duration RENEW_AT_LEAST = Duration.ofSeconds(5);

  private final TimerScheduler<AgentHost.Command> timers;
  private final AgentHostSettings settings;

  HostTimers(TimerScheduler<AgentHost.Command> timers, AgentHostSettings settings) {
    this.timers = timers;
    this.settings = settings;
  }

  /** Of the phase before nothing is left; what the new one asks is asked again until it ends. */
  void phaseBegins() {
    timers.cancel(Timer.RENEW);
    timers.cancel(Timer.LEASE_LAPSED);
    timers.cancel(Timer.GRACE_OVER);
    timers.startTimerWithFixedDelay(Timer.SEND_AGAIN, Timer.SEND_AGAIN, settings.sendAgainEvery());
  }

  /** The lease runs from now on, and is renewed three times before it lapses. */
  void startLease(Assignment assignment) {
    Duration third = assignment.lease().dividedBy(3);
    timers.startTimerWithFixedDelay(
        Timer.RENEW, Timer.RENEW, third.compareTo(RENEW_AT_LEAST) > 0 ? RENEW_AT_LEAST : third);
    renewed(assignment);
  }

  /** The session has answered. */
  void renewed(Assignment assignment) {
    timers.startSingleTimer(Timer.LEASE_LAPSED, Timer.LEASE_LAPSED, assignment.lease());
  }

  /** The agent is to put its work down. */
  void startGrace() {
    timers.startSingleTimer(Timer.GRACE_OVER, Timer.GRACE_OVER, settings.cancelGrace());
  }

  /** The host stops, however little it hears. */
  void stopWithin(Duration time) {
    timers.startSingleTimer(Timer.STOP_OVERDUE, Timer.STOP_OVERDUE, time);
  }
}
