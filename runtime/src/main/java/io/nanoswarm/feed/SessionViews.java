package io.nanoswarm.feed;

import io.nanoswarm.api.AgentsView;
import io.nanoswarm.api.SessionView;
import io.nanoswarm.api.SessionView.TaskView;
import io.nanoswarm.session.Asked;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.FollowUp;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.Priority;
import io.nanoswarm.session.QuestionNames;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionSnapshot.Running;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskRecord;
import io.nanoswarm.session.Wait;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sessions as people see them.
 *
 * @param node the control node
 * @param boards where blackboards are mirrored
 * @param driven whether somebody drives the session now
 */
public record SessionViews(AgentsView.NodeView node, Path boards, Predicate<SessionId> driven) {

  /**
   * @throws IllegalArgumentException if nobody has opened the session
   */
  public SessionView of(SessionSnapshot snapshot) {
    SessionState.Active active =
        snapshot
            .active()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "session %s was never opened".formatted(snapshot.session())));
    Ending ending = snapshot.state() instanceof SessionState.Concluded over ? over.ending() : null;
    Instant endedAt = snapshot.state() instanceof SessionState.Concluded over ? over.at() : null;
    return new SessionView(
        snapshot.session().value(),
        active.question().goal().text(),
        active.question().workspace().root(),
        active.question().workspace().files(),
        ending == null ? unfinished(snapshot, active) : ending.word(),
        active.question().at(),
        endedAt,
        reason(ending),
        ending instanceof Ending.Partial(var missing) ? missing : List.of(),
        active.tasksOfQuestion().stream().map(task -> task(snapshot, active, task)).toList(),
        OpenQuestion.of(snapshot).stream().map(SessionViews::question).toList(),
        boards.resolve(snapshot.session().value()).toString(),
        earlier(snapshot, active),
        active.pausedAt(),
        word(active.priority()));
  }

  /** The questions before the latest, and how each ended. */
  private static List<SessionView.EarlierView> earlier(
      SessionSnapshot snapshot, SessionState.Active active) {
    var earlier = new ArrayList<SessionView.EarlierView>();
    Asked asked = active.opening().asked();
    for (FollowUp next : active.followUps()) {
      int number = next.number() - 1;
      earlier.add(
          new SessionView.EarlierView(
              number,
              asked.goal().text(),
              next.before().ending().word(),
              asked.at(),
              next.before().at(),
              active.tasks().values().stream()
                  .filter(task -> QuestionNames.of(active.questions(), task.id()) == number)
                  .map(task -> task(snapshot, active, task))
                  .toList()));
      asked = next.asked();
    }
    return earlier;
  }

  /** When the supervisor cannot be asked. */
  public AgentsView noAgents() {
    return new AgentsView(node, List.of(), null);
  }

  private String unfinished(SessionSnapshot snapshot, SessionState.Active active) {
    if (active.paused() || !driven.test(snapshot.session())) {
      return "paused";
    }
    if (!active.planned()) {
      return "planning";
    }
    boolean asks =
        snapshot.running().isEmpty()
            && !OpenQuestion.of(snapshot).isEmpty()
            && active.tasks().values().stream().noneMatch(active::ready);
    return asks ? "asking" : "running";
  }

  private static SessionView.QuestionView question(OpenQuestion open) {
    return new SessionView.QuestionView(
        open.task().id().name(),
        open.task().spec().role().value(),
        open.question(),
        open.askedBy().toString());
  }

  private static @Nullable String reason(@Nullable Ending ending) {
    return switch (ending) {
      case Ending.Failed(var reason) -> reason;
      case Ending.Cancelled(var reason) -> reason;
      case Ending.TimedOut _ -> "its time limit passed";
      case Ending.Completed _, Ending.Partial _ -> null;
      case null -> null;
    };
  }

  private static TaskView task(
      SessionSnapshot snapshot, SessionState.Active active, TaskRecord task) {
    Running running = snapshot.running().get(task.id());
    int attempts =
        task.attempts() + (running != null || task.phase() instanceof TaskRecord.Settled ? 1 : 0);
    List<String> after = task.spec().after().stream().map(TaskId::name).toList();
    String role = task.spec().role().value();
    String id = task.id().name();
    String title = task.spec().title();
    if (running != null) {
      return new TaskView(
          id,
          role,
          title,
          "running",
          running.agent().value(),
          attempts,
          last(task),
          running.beganAt(),
          null,
          after);
    }
    return switch (task.phase()) {
      case TaskRecord.Open _ ->
          new TaskView(
              id,
              role,
              title,
              active.ready(task) ? "ready" : "waiting",
              null,
              attempts,
              last(task),
              null,
              null,
              after);
      case TaskRecord.Suspended suspended ->
          new TaskView(
              id,
              role,
              title,
              "suspended",
              null,
              attempts,
              note(suspended.waitFor()),
              null,
              null,
              after);
      case TaskRecord.Settled settled ->
          new TaskView(
              id,
              role,
              title,
              state(settled.outcome()),
              settled.agent().value(),
              attempts,
              note(settled.outcome()),
              settled.beganAt(),
              settled.at(),
              after);
      case TaskRecord.Dead dead ->
          new TaskView(
              id, role, title, "dead", null, attempts, dead.reason(), null, dead.at(), after);
    };
  }

  private static @Nullable String last(TaskRecord task) {
    return task.history().isEmpty() ? null : task.history().getLast();
  }

  static String word(Priority priority) {
    return priority.name().toLowerCase(Locale.ROOT);
  }

  static String state(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Completed _ -> "completed";
      case Outcome.Failed _ -> "failed";
      case Outcome.Cancelled _ -> "cancelled";
    };
  }

  static String note(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Completed(var summary) -> summary;
      case Outcome.Failed(var reason, _) -> reason;
      case Outcome.Cancelled(var reason) -> reason;
    };
  }

  static String note(Wait wait) {
    return switch (wait) {
      case Wait.ForChildren(var children) ->
          "waits for %d tasks it delegated".formatted(children.size());
      case Wait.ForPerson(var question) -> "asks: " + question;
      case Wait.ForTime(var until) -> "waits until " + until;
    };
  }
}
