package io.nanoswarm.history;

import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.session.Wait;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a session as a stranger would, with no code of the session itself, and says
 * what cannot be. Used once.
 */
final class SessionHistory {
  private static final AgentRole NOBODY = new AgentRole("nobody");

  private final List<SessionEvent> events;
  private final List<String> contradictions = new ArrayList<>();
  private final Map<TaskId, Told> tasks = new LinkedHashMap<>();
  private @Nullable TaskId answer;
  private long epoch;
  private boolean planned;
  private int questions = 1;

  /** The tasks that were planned or delegated for the latest question. */
  private final Set<TaskId> ofQuestion = new HashSet<>();

  private boolean opened;
  private boolean over;
  private @Nullable Instant pausedAt;

  private final List<Pause> pauses = new ArrayList<>();

  private Instant latest = Instant.MIN;

  private record Pause(Instant from, Instant to) {
    boolean contains(Instant moment) {
      return moment.isAfter(from) && moment.isBefore(to);
    }
  }

  /** What has been told of a task so far. */
  private static final class Told {
    private final TaskSpec spec;
    private @Nullable Fence fence;
    private @Nullable Wait waitsFor;
    private @Nullable Outcome outcome;
    private boolean dead;
    private int counted;

    Told(TaskSpec spec) {
      this.spec = spec;
    }

    void again() {
      outcome = null;
      dead = false;
      counted = 0;
      waitsFor = null;
    }

    boolean ended() {
      return dead || outcome != null;
    }

    boolean completed() {
      return outcome instanceof Outcome.Completed;
    }
  }

  SessionHistory(List<SessionEvent> events) {
    this.events = events;
  }

  List<String> contradictions() {
    for (SessionEvent event : events) {
      check(event);
    }
    return contradictions;
  }

  private void check(SessionEvent event) {
    boolean byPerson =
        event instanceof SessionEvent.TasksRetried
            || event instanceof SessionEvent.FollowUpAsked
            || event instanceof SessionEvent.TaskDiscarded;
    expect(!over || byPerson, "%s after the session has ended", event);
    expect(!event.at().isBefore(latest), "%s is earlier than what was stored before it", event);
    latest = event.at();
    if (!(event instanceof SessionEvent.SessionOpened)) {
      expect(opened, "%s before the session was opened", event);
    }
    switch (event) {
      case SessionEvent.SessionOpened _ -> {
        expect(!opened, "the session was opened twice: %s", event);
        opened = true;
      }
      case SessionEvent.PlanRecorded(_, var plan) -> {
        expect(!planned, "a question was planned twice: %s", event);
        planned = true;
        ofQuestion.clear();
        plan.tasks().forEach(task -> ofQuestion.add(task.id()));
        plan.tasks().forEach(this::add);
        answer = plan.answer();
      }
      case SessionEvent.EpochStarted(_, var next) -> {
        expect(next == epoch + 1, "epoch %d follows epoch %d", next, epoch);
        epoch = next;
      }
      case SessionEvent.AttemptEnded ended -> {
        Told task = attempt(ended.task(), ended.fence(), event);
        task.counted += ended.counted() ? 1 : 0;
        expect(
            task.counted <= task.spec.limits().maxAttempts(),
            "%d attempts at %s count, of %d",
            task.counted,
            ended.task(),
            task.spec.limits().maxAttempts());
      }
      case SessionEvent.TaskSettled settled -> {
        Told task = attempt(settled.task(), settled.fence(), event);
        expect(
            !settled.beganAt().isAfter(settled.at()),
            "%s began after it was settled",
            settled.task());
        expect(
            !whilePaused(settled.beganAt()),
            "%s was begun at %s, when the session was paused",
            settled.task(),
            settled.beganAt());
        task.outcome = settled.outcome();
      }
      case SessionEvent.TaskDied(_, var id, _) -> {
        Told task = open(id, event);
        task.waitsFor = null;
        task.dead = true;
      }
      case SessionEvent.TaskSuspended suspended -> {
        Told task = attempt(suspended.task(), suspended.fence(), event);
        suspended.children().stream()
            .filter(child -> !tasks.containsKey(child.id()))
            .forEach(child -> {
              add(child);
              ofQuestion.add(child.id());
            });
        task.waitsFor = suspended.waitFor();
      }
      case SessionEvent.TaskWoken(_, var id, _) -> wake(id, event);
      case SessionEvent.TaskHandedOff handed -> {
        var _ = attempt(handed.task(), handed.fence(), event);
      }
      case SessionEvent.TasksRetried(_, var bad, var after) -> {
        over = false;
        bad.forEach(id -> again(id, task -> task.ended() && !task.completed(), event));
        after.forEach(id -> again(id, _ -> true, event));
      }
      case SessionEvent.FollowUpAsked further -> {
        expect(over, "a further question was asked before the session had ended: %s", event);
        expect(further.number() == questions + 1, "question %d was the last: %s", questions, event);
        questions = further.number();
        over = false;
        planned = false;
        ofQuestion.clear();
        for (Told task : tasks.values()) {
          task.dead |= !task.ended();
          task.waitsFor = null;
        }
      }
      case SessionEvent.TaskDiscarded(_, var id) ->
          expect(
              told(id).filter(task -> task.ended() && !task.completed()),
              "%s was discarded, and has not ended badly",
              id);
      case SessionEvent.SessionPaused(var at) -> {
        expect(pausedAt == null, "the session was paused twice: %s", event);
        pausedAt = at;
      }
      case SessionEvent.SessionUnpaused(var at) -> {
        expect(pausedAt != null, "the session goes on, and was not paused: %s", event);
        goOn(at);
      }
      case SessionEvent.SessionPrioritised _ -> {}
      case SessionEvent.SessionConcluded(var at, var ending) -> {
        goOn(at);
        conclude(ending);
      }
    }
  }

  private void goOn(Instant at) {
    if (pausedAt != null) {
      pauses.add(new Pause(pausedAt, at));
      pausedAt = null;
    }
  }

  private boolean whilePaused(Instant moment) {
    return (pausedAt != null && moment.isAfter(pausedAt))
        || pauses.stream().anyMatch(each -> each.contains(moment));
  }

  private void again(TaskId id, Predicate<Told> so, SessionEvent event) {
    Optional<Told> task = told(id).filter(so);
    expect(task, "%s cannot be done again: %s", id, event);
    task.ifPresent(Told::again);
  }

  private void add(TaskSpec spec) {
    expect(tasks.put(spec.id(), new Told(spec)) == null, "%s was created twice", spec.id());
  }

  private Told open(TaskId id, SessionEvent event) {
    Told task = tasks.get(id);
    if (task == null) {
      expect(false, "%s is of a task that was never created", event);
      task = new Told(TaskSpec.of(id, NOBODY, "never created"));
      tasks.put(id, task);
    }
    expect(!task.ended(), "%s has had its outcome already: %s", id, event);
    return task;
  }

  /** An attempt has ended, in whatever way: it must have been the one that runs. */
  private Told attempt(TaskId id, Fence fence, SessionEvent event) {
    Told task = open(id, event);
    expect(task.waitsFor == null, "%s waits for %s, and yet: %s", id, task.waitsFor, event);
    // Of an earlier one it may be: attempts go on when their session moves, and others begin anew.
    expect(fence.epoch() <= epoch, "%s of epoch %d in epoch %d", event, fence.epoch(), epoch);
    expect(
        task.fence == null || task.fence.isOlderThan(fence),
        "an attempt under %s is heard after one under %s: %s",
        fence,
        task.fence,
        event);
    task.fence = fence;
    for (TaskId before : task.spec.after()) {
      expect(told(before).filter(Told::ended), "%s was begun before %s had ended", id, before);
    }
    return task;
  }

  private void wake(TaskId id, SessionEvent event) {
    Told task = open(id, event);
    expect(task.waitsFor != null, "%s was woken, and did not wait", id);
    if (task.waitsFor instanceof Wait.ForChildren(var children)) {
      for (TaskId child : children) {
        expect(told(child).filter(Told::ended), "%s was woken before %s had ended", id, child);
      }
    }
    if (task.waitsFor instanceof Wait.ForTime(var until)) {
      expect(!event.at().isBefore(until), "%s was woken before %s", id, until);
    }
    task.waitsFor = null;
  }

  private void conclude(Ending ending) {
    over = true;
    switch (ending) {
      case Ending.Completed _ ->
          expectOfAll(Told::completed, "the session is called completed, and %s was not");
      case Ending.Partial _ -> {
        expectOfAll(Told::ended, "the session has an answer, and %s had no outcome");
        TaskId last = Objects.requireNonNull(answer);
        expect(
            told(last).filter(Told::completed),
            "an answer is claimed, and %s did not complete",
            last);
      }
      case Ending.Failed _, Ending.Cancelled _, Ending.TimedOut _ -> {}
    }
  }

  private void expectOfAll(Predicate<Told> so, String otherwise) {
    expect(planned, "an answer is claimed to question %d, which was never planned", questions);
    ofQuestion.forEach(id -> expect(told(id).filter(so), otherwise, id));
  }

  private Optional<Told> told(TaskId id) {
    return Optional.ofNullable(tasks.get(id));
  }

  @SuppressWarnings("AnnotateFormatMethod")
  private void expect(Optional<Told> found, String otherwise, Object... of) {
    expect(found.isPresent(), otherwise, of);
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotation is in no library that we ship
  private void expect(boolean so, String otherwise, @Nullable Object... of) {
    if (!so) {
      contradictions.add(otherwise.formatted(of));
    }
  }
}
