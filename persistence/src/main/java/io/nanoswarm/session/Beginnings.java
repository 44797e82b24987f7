package io.nanoswarm.session;

import io.nanoswarm.session.SessionSnapshot.Running;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How attempts begin: who is granted one, who waits, who is refused, and what is told. Stores
 * nothing and sends nothing. Not thread safe; owned by one Session.
 */
final class Beginnings {
  /** What becomes of one who wants to begin. */
  sealed interface Decided {}

  /** It is answered at once: the attempt runs already, or there is to be none. */
  record Answer(Session.BeginReply reply) implements Decided {}

  /** It comes again by itself. */
  record Wait() implements Decided {}

  /** It is to be granted, once the session's epoch is stored. */
  record Grant(SessionState.Active session) implements Decided {}

  private final RunningAttempts running;
  private final Adoption adoption;
  private final Duration lease;
  private final InstantSource clock;

  Beginnings(RunningAttempts running, Adoption adoption, Duration lease, InstantSource clock) {
    this.running = running;
    this.adoption = adoption;
    this.lease = lease;
    this.clock = clock;
  }

  Decided decide(SessionState state, Session.Begin begin) {
    TaskId id = begin.task();
    if (!(state instanceof SessionState.Active active)) {
      return refuse(begin, "its session is over");
    }
    Running now = running.at(id).orElse(null);
    if (now != null) {
      return now.worker().equals(begin.worker()) && now.agent().equals(begin.agent())
          ? new Answer(begun(active, now, begin))
          : refuse(begin, "%s works on it".formatted(now.agent()));
    }
    if (active.paused()) {
      return refuse(begin, "its session is paused");
    }
    if (!active.task(id).map(active::ready).orElse(false)) {
      return refuse(begin, "it is not ready to be tried");
    }
    if (adoption.isOpen()) {
      adoption.await(begin);
      return new Wait();
    }
    return running.isToWait(begin) ? new Wait() : new Grant(active);
  }

  private static Decided refuse(Session.Begin begin, String why) {
    return new Answer(new Session.NotBegun(begin.task(), begin.claim(), why));
  }

  /** From now on the attempt runs. */
  Running grant(SessionState.Active active, Session.Begin begin) {
    TaskRecord task = active.task(begin.task()).orElseThrow();
    Instant now = clock.instant();
    var attempt =
        new Running(
            task.id(),
            running.nextFence(active.epoch()),
            begin.agent(),
            begin.worker(),
            task.attempts() + 1,
            now,
            now.plus(task.spec().limits().timeLimit()));
    running.begin(attempt, begin.host());
    return attempt;
  }

  Session.Begun begun(SessionState.Active active, Running attempt, Session.Begin begin) {
    var page = Assignments.results(active, attempt.task(), 0);
    return new Session.Begun(
        attempt.task(),
        begin.claim(),
        Assignments.of(active, attempt, lease, page.results()),
        page.next());
  }

  /** More of what a running attempt is told. */
  Session.BeginReply results(SessionState state, Session.GetResults get) {
    if (!(state instanceof SessionState.Active active)
        || running.at(get.task(), get.fence()).isEmpty()) {
      return new Session.NotBegun(get.task(), 0, "its attempt is over");
    }
    var page = Assignments.results(active, get.task(), get.from());
    return new Session.MoreResults(
        get.task(), get.fence(), get.from(), page.results(), page.next());
  }
}
