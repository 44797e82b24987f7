package io.nanoswarm.session;

import io.nanoswarm.session.SessionSnapshot.Running;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides about requests that end attempts, one after the other, as one write: each sees what those
 * before it will have led to. Pure; whoever made it stores {@link #events}, and answers then.
 */
final class AttemptEndings {
  /** What is answered once the events are stored. */
  record Answered(Session.OfAttempt command, Session.AttemptReply reply) {}

  private final RunningAttempts running;
  private final Instant now;
  private SessionState state;
  private final List<SessionEvent> events = new ArrayList<>();
  private final Set<TaskId> ended = new HashSet<>();
  private final List<Answered> answers = new ArrayList<>();

  private AttemptEndings(SessionState state, RunningAttempts running, Instant now) {
    this.state = state;
    this.running = running;
    this.now = now;
  }

  static AttemptEndings of(
      SessionState state, RunningAttempts running, List<Session.OfAttempt> commands, Instant now) {
    var endings = new AttemptEndings(state, running, now);
    commands.forEach(endings::decide);
    return endings;
  }

  /** To be stored as one; empty if every request was refused. */
  List<SessionEvent> events() {
    return events;
  }

  /** The tasks whose attempts are over by the events. */
  Set<TaskId> ended() {
    return ended;
  }

  /** One for every request, in their order. */
  List<Answered> answers() {
    return answers;
  }

  private void decide(Session.OfAttempt command) {
    Running attempt = attemptOf(command);
    answers.add(
        new Answered(
            command,
            state instanceof SessionState.Active active && attempt != null
                ? decide(active, attempt, command)
                : whenOver(state, command)));
  }

  private @Nullable Running attemptOf(Session.OfAttempt command) {
    return ended.contains(command.task())
        ? null
        : running.at(command.task(), command.fence()).orElse(null);
  }

  private Session.AttemptReply decide(
      SessionState.Active active, Running attempt, Session.OfAttempt command) {
    TaskId id = command.task();
    return switch (command.request()) {
      case AttemptRequest.Renew _ -> new Session.Renewed(id, command.fence());
      case AttemptRequest.Settle(var outcome) ->
          end(attempt, Decision.settle(active, attempt, outcome, now));
      case AttemptRequest.Release(var reason) ->
          end(attempt, Decision.release(active, attempt, reason, now));
      case AttemptRequest.HandOff handOff -> {
        int handoffs = active.task(id).map(TaskRecord::handoffs).orElse(0);
        yield handoffs < Decision.MAX_HANDOFFS
            ? end(attempt, Decision.handOff(attempt, handOff, now))
            : invalid(
                command,
                List.of(
                    "%d handoffs (expected: at most %d)"
                        .formatted(handoffs + 1, Decision.MAX_HANDOFFS)));
      }
      case AttemptRequest.Suspend suspend -> {
        List<String> problems = Decision.problems(active, id, suspend);
        yield problems.isEmpty()
            ? end(attempt, Decision.suspend(active, attempt, suspend, now))
            : invalid(command, problems);
      }
    };
  }

  private Session.AttemptReply end(Running attempt, List<SessionEvent> decided) {
    for (SessionEvent event : decided) {
      state = state.apply(event);
    }
    events.addAll(decided);
    ended.add(attempt.task());
    return new Session.Accepted(attempt.task(), attempt.fence());
  }

  private static Session.AttemptReply invalid(Session.OfAttempt command, List<String> problems) {
    return new Session.Invalid(command.task(), command.fence(), problems);
  }

  /** A request that comes again, since its first reply was lost, is answered as the first time. */
  static Session.AttemptReply whenOver(SessionState state, Session.OfAttempt command) {
    TaskRecord.Phase phase = state.task(command.task()).map(TaskRecord::phase).orElse(null);
    boolean settledBefore =
        command.request() instanceof AttemptRequest.Settle
            && phase instanceof TaskRecord.Settled settled
            && settled.fence().equals(command.fence());
    return settledBefore
        ? new Session.Accepted(command.task(), command.fence())
        : new Session.AttemptOver(
            command.task(), command.fence(), "another attempt took its place, or its time is up");
  }
}
