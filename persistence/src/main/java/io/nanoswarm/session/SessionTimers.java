package io.nanoswarm.session;

import io.nanoswarm.session.Session.Command;
import io.nanoswarm.session.SessionSnapshot.Running;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * The clocks of one session: leases and time limits of attempts, and the moments that tasks wait
 * for. Owned by one Session.
 */
final class SessionTimers {
  /** Timers reach 248 days at most; what is later is looked at once a day. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private final TimerScheduler<Command> timers;
  private final InstantSource clock;
  private final Duration lease;

  SessionTimers(TimerScheduler<Command> timers, InstantSource clock, Duration lease) {
    this.timers = timers;
    this.clock = clock;
    this.lease = lease;
  }

  void startLease(Running attempt) {
    timers.startSingleTimer(
        new LeaseKey(attempt.task()),
        new Session.LeaseExpired(attempt.task(), attempt.fence()),
        lease);
  }

  void startTimeLimit(Running attempt) {
    timers.startSingleTimer(
        new TimeLimitKey(attempt.task()),
        new Session.TimeLimitPassed(attempt.task(), attempt.fence()),
        until(attempt.deadline()));
  }

  /** Until hosts have had time to say which attempts run. */
  void startAdoption(Duration within) {
    timers.startSingleTimer(new Session.AdoptionOver(), new Session.AdoptionOver(), within);
  }

  /** The task's attempt is over. */
  void afterAttempt(TaskId task) {
    timers.cancel(new LeaseKey(task));
    timers.cancel(new TimeLimitKey(task));
  }

  /** If the task waits for a moment. */
  void startWakeUp(TaskRecord task) {
    if (task.phase() instanceof TaskRecord.Suspended(_, Wait.ForTime(var moment))) {
      timers.startSingleTimer(
          new WakeUpKey(task.id()), new Session.TimeCame(task.id()), until(moment));
    }
  }

  /** Tasks that wait for a moment wait on, also after a restart. */
  void startWakeUps(SessionState state) {
    if (state instanceof SessionState.Active active) {
      active.tasks().values().forEach(this::startWakeUp);
    }
  }

  void cancelAll() {
    timers.cancelAll();
  }

  /** From now to a moment, or as far as a timer reaches; zero if the moment has passed. */
  private Duration until(Instant moment) {
    Instant now = clock.instant();
    if (!moment.isAfter(now)) {
      return Duration.ZERO;
    }
    return moment.isAfter(now.plus(LONGEST)) ? LONGEST : Duration.between(now, moment);
  }

  private record LeaseKey(TaskId task) {}

  private record TimeLimitKey(TaskId task) {}

  private record WakeUpKey(TaskId task) {}
}
