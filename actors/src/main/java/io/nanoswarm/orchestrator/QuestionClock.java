package io.nanoswarm.orchestrator;

import io.nanoswarm.session.Asked;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * The time limit of the question that a session works on. Not thread safe: a part of an
 * orchestrator.
 */
final class QuestionClock {
  /** Timers reach 248 days at most; a limit that is longer is looked at once a day. */
  private static final Duration LONGEST_TIMER = Duration.ofDays(1);

  private final TimerScheduler<Orchestrator.Command> timers;
  private final InstantSource clock;
  private final Orchestrator.Command look;

  /**
   * @param look told to the orchestrator when it is to see whether the time is up
   */
  QuestionClock(
      TimerScheduler<Orchestrator.Command> timers, InstantSource clock, Orchestrator.Command look) {
    this.timers = timers;
    this.clock = clock;
    this.look = look;
  }

  /** Has the orchestrator look once: when the time is up, or in a day; never without a limit. */
  void start(Asked question) {
    Duration limit = question.timeLimit();
    if (limit != null) {
      Duration left = limit.minus(past(question));
      timers.startSingleTimer(
          look,
          look,
          left.compareTo(LONGEST_TIMER) > 0
              ? LONGEST_TIMER
              : left.isPositive() ? left : Duration.ZERO);
    }
  }

  void stop() {
    timers.cancel(look);
  }

  boolean isUp(Asked question) {
    Duration limit = question.timeLimit();
    return limit != null && past(question).compareTo(limit) >= 0;
  }

  private Duration past(Asked question) {
    return Duration.between(question.at(), clock.instant());
  }
}
