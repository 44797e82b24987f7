package io.nanoswarm.tracing;

import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionEvent.AttemptEnded;
import io.nanoswarm.session.SessionEvent.EpochStarted;
import io.nanoswarm.session.SessionEvent.FollowUpAsked;
import io.nanoswarm.session.SessionEvent.PlanRecorded;
import io.nanoswarm.session.SessionEvent.SessionConcluded;
import io.nanoswarm.session.SessionEvent.SessionOpened;
import io.nanoswarm.session.SessionEvent.SessionPaused;
import io.nanoswarm.session.SessionEvent.SessionPrioritised;
import io.nanoswarm.session.SessionEvent.SessionUnpaused;
import io.nanoswarm.session.SessionEvent.TaskDied;
import io.nanoswarm.session.SessionEvent.TaskDiscarded;
import io.nanoswarm.session.SessionEvent.TaskHandedOff;
import io.nanoswarm.session.SessionEvent.TaskSettled;
import io.nanoswarm.session.SessionEvent.TaskSuspended;
import io.nanoswarm.session.SessionEvent.TaskWoken;
import io.nanoswarm.session.SessionEvent.TasksRetried;
import io.nanoswarm.session.SessionSnapshot.Running;
import io.nanoswarm.session.SessionTrace;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.trace.EndedSpan;
import io.nanoswarm.trace.TraceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one session, its tasks and their attempts, derived from its events in their order.
 * Pure: asks no clock and sends nothing.
 *
 * <p>Guarantees: the same events give the same spans, with the same ids, times and attributes,
 * however often and wherever they are read. The parent of every span is given sooner or later, if
 * the session ends. Bounded by the session's tasks.
 */
final class SessionSpans {

  /** From an opening, or a going on, to an ending. */
  private record Episode(
      TraceContext context, @Nullable TraceContext parent, String name, Instant from) {}

  private final SessionTrace trace;
  private final Map<TaskId, TracedTask> tasks = new LinkedHashMap<>();
  private final Map<TaskId, List<TaskId>> followers = new HashMap<>();
  private List<EndedSpan> ended = new ArrayList<>();
  private @Nullable Episode episode;
  private int episodes;
  private int questions;
  private int eras;
  private Instant askedAt = Instant.EPOCH;

  SessionSpans(SessionTrace trace) {
    this.trace = trace;
  }

  /** What has ended by the event. */
  List<EndedSpan> apply(SessionEvent event) {
    switch (event) {
      case SessionOpened opened -> onOpened(opened);
      case PlanRecorded recorded -> onPlan(recorded);
      case EpochStarted _, TaskDiscarded _, SessionPaused _, SessionPrioritised _ -> {}
      case SessionUnpaused(var at) -> onUnpaused(at);
      case AttemptEnded over ->
          onAttempt(
              new Tried(over.task(), over.fence(), over.agent(), over.beganAt(), over.at()),
              over.counted() ? "failed" : "given-back",
              over.counted() ? over.reason() : null);
      case TaskSettled settled -> onSettled(settled);
      case TaskDied died -> onTaskEnded(died.task(), "dead", died.reason(), died.at());
      case TaskSuspended suspended -> onSuspended(suspended);
      case TaskWoken woken -> ready(woken.task(), woken.at());
      case TaskHandedOff handed -> onHandedOff(handed);
      case TasksRetried retried -> onRetried(retried);
      case FollowUpAsked further -> onFurther(further);
      case SessionConcluded concluded -> onConcluded(concluded);
    }
    return taken();
  }

  /** An attempt is over of which no event says so: its session has ended, or was restarted. */
  List<EndedSpan> cutOff(Running attempt, Instant at) {
    onAttempt(
        new Tried(attempt.task(), attempt.fence(), attempt.agent(), attempt.beganAt(), at),
        "cut-off",
        "its session has ended or was restarted");
    return taken();
  }

  private List<EndedSpan> taken() {
    var taken = ended;
    ended = new ArrayList<>();
    return taken;
  }

  private void onOpened(SessionOpened opened) {
    questions = 1;
    askedAt = opened.at();
    episode = new Episode(trace.own(), trace.caller(), "session", opened.at());
  }

  private void onPlan(PlanRecorded recorded) {
    if (episode == null) {
      return;
    }
    var attributes = attributes();
    attributes.put("nanoswarm.session.question", questions);
    attributes.put("nanoswarm.plan.tasks", recorded.plan().tasks().size());
    end(trace.plan(questions), episode.context(), "plan", askedAt, recorded.at(), attributes, null);
    for (TaskSpec spec : recorded.plan().tasks()) {
      add(spec, episode.context(), recorded.at());
    }
  }

  private void add(TaskSpec spec, TraceContext parent, Instant at) {
    if (tasks.containsKey(spec.id())) {
      return;
    }
    tasks.put(spec.id(), new TracedTask(spec, trace.task(spec.id(), eras), parent, at, 0));
    for (TaskId before : spec.after()) {
      followers.computeIfAbsent(before, _ -> new ArrayList<>()).add(spec.id());
    }
    readyUnlessAwaiting(spec.id(), at);
  }

  private void readyUnlessAwaiting(TaskId id, Instant at) {
    TracedTask task = tasks.get(id);
    if (task != null && !task.isOver() && task.spec().after().stream().allMatch(this::isOver)) {
      task.ready(at);
    }
  }

  private boolean isOver(TaskId id) {
    TracedTask task = tasks.get(id);
    return task == null || task.isOver();
  }

  private void ready(TaskId id, Instant at) {
    TracedTask task = tasks.get(id);
    if (task != null) {
      task.ready(at);
    }
  }

  /** Nothing has waited for an agent meanwhile. */
  private void onUnpaused(Instant at) {
    tasks.values().stream().filter(task -> task.readyAt() != null).forEach(task -> task.ready(at));
  }

  private void onSettled(TaskSettled settled) {
    var tried =
        new Tried(
            settled.task(), settled.fence(), settled.agent(), settled.beganAt(), settled.at());
    switch (settled.outcome()) {
      case Outcome.Completed _ -> settled(tried, "completed", null);
      case Outcome.Failed(var reason, _) -> settled(tried, "failed", reason);
      case Outcome.Cancelled _ -> settled(tried, "cancelled", null);
    }
  }

  private void settled(Tried tried, String outcome, @Nullable String error) {
    onAttempt(tried, outcome, error);
    onTaskEnded(tried.task(), outcome, error, tried.at());
  }

  private void onSuspended(TaskSuspended suspended) {
    onAttempt(
        new Tried(
            suspended.task(),
            suspended.fence(),
            suspended.agent(),
            suspended.beganAt(),
            suspended.at()),
        "suspended",
        null);
    TracedTask task = tasks.get(suspended.task());
    if (task != null) {
      task.ready(null);
      suspended.children().forEach(child -> add(child, task.context(), suspended.at()));
    }
  }

  private void onHandedOff(TaskHandedOff handed) {
    onAttempt(
        new Tried(handed.task(), handed.fence(), handed.agent(), handed.beganAt(), handed.at()),
        "handed-off",
        null);
    TracedTask task = tasks.get(handed.task());
    if (task != null) {
      task.handOff(handed.to());
    }
  }

  private void onRetried(TasksRetried retried) {
    eras++;
    if (episode == null) {
      goOn("retry", retried.at());
    }
    retried.tasks().forEach(task -> again(task, retried.at()));
    retried.after().forEach(task -> again(task, retried.at()));
    retried.tasks().forEach(task -> readyUnlessAwaiting(task, retried.at()));
    retried.after().forEach(task -> readyUnlessAwaiting(task, retried.at()));
    tasks.values().stream()
        .filter(task -> !task.isOver() && task.isGiven())
        .toList()
        .forEach(task -> again(task.spec().id(), retried.at()));
  }

  private void again(TaskId id, Instant at) {
    TracedTask before = tasks.get(id);
    if (before != null && episode != null) {
      TracedTask parent = tasks.get(parentOf(id));
      TraceContext below = parent == null || parent.isOver() ? episode.context() : parent.context();
      tasks.put(
          id, new TracedTask(before.spec(), trace.task(id, eras), below, at, before.retries() + 1));
    }
  }

  /** The task that has delegated it, itself if it was planned. */
  private static TaskId parentOf(TaskId id) {
    int dot = id.value().lastIndexOf('.');
    return dot < 0 ? id : new TaskId(id.value().substring(0, dot));
  }

  private void onFurther(FollowUpAsked further) {
    eras++;
    questions = further.number();
    askedAt = further.at();
    goOn("question", further.at());
  }

  private void goOn(String name, Instant at) {
    episodes++;
    episode = new Episode(trace.goneOn(episodes), trace.own(), name, at);
  }

  private void onConcluded(SessionConcluded concluded) {
    if (episode == null) {
      return;
    }
    tasks.values().stream()
        .filter(task -> !task.isOver() && !task.isGiven())
        .toList()
        .forEach(task -> {
          endTask(task, "unfinished", null, concluded.at());
          task.given();
        });
    var attributes = attributes();
    attributes.put("nanoswarm.session.question", questions);
    attributes.put("nanoswarm.session.tasks", tasks.size());
    attributes.put("nanoswarm.session.outcome", concluded.ending().word());
    ended.add(
        new EndedSpan(
            episode.context(),
            episode.parent(),
            episode.name(),
            episodes == 0 ? EndedSpan.Kind.SERVER : EndedSpan.Kind.INTERNAL,
            episode.from(),
            concluded.at(),
            attributes,
            error(concluded.ending())));
    episode = null;
  }

  private static @Nullable String error(Ending ending) {
    return switch (ending) {
      case Ending.Completed _, Ending.Partial _, Ending.Cancelled _ -> null;
      case Ending.Failed(var reason) -> reason;
      case Ending.TimedOut _ -> "its time limit passed";
    };
  }

  /** An attempt that is over. */
  private record Tried(
      TaskId task, Fence fence, AgentName agent, @Nullable Instant beganAt, Instant at) {}

  private void onAttempt(Tried tried, String outcome, @Nullable String error) {
    TracedTask task = tasks.get(tried.task());
    if (task != null) {
      attempt(tried, task, outcome, error);
      task.ready(tried.at());
    }
  }

  private void attempt(Tried tried, TracedTask task, String outcome, @Nullable String error) {
    Instant readyAt = task.readyAt();
    Instant began = tried.beganAt() == null ? tried.at() : tried.beganAt();
    var attributes = attributes();
    attributes.put("nanoswarm.task.name", tried.task().name());
    attributes.put("nanoswarm.agent.role", task.role().value());
    attributes.put("gen_ai.agent.name", tried.agent().value());
    attributes.put("nanoswarm.task.priority", task.spec().priority().name());
    attributes.put("nanoswarm.attempt.fence", tried.fence().toString());
    attributes.put("nanoswarm.attempt.number", task.nextAttempt());
    attributes.put("nanoswarm.attempt.outcome", outcome);
    if (readyAt != null && tried.beganAt() != null) {
      attributes.put("nanoswarm.queue.wait", seconds(readyAt, began));
    }
    end(
        trace.attempt(tried.task(), tried.fence()),
        task.context(),
        "attempt " + task.role(),
        began,
        tried.at(),
        attributes,
        error);
  }

  private static double seconds(Instant from, Instant to) {
    return Math.max(0, Duration.between(from, to).toMillis()) / 1000.0;
  }

  private void onTaskEnded(TaskId id, String outcome, @Nullable String error, Instant at) {
    TracedTask task = tasks.get(id);
    if (task == null || task.isOver()) {
      return;
    }
    endTask(task, outcome, error, at);
    task.over();
    followers.getOrDefault(id, List.of()).forEach(other -> readyUnlessAwaiting(other, at));
  }

  private void endTask(TracedTask task, String outcome, @Nullable String error, Instant at) {
    var attributes = attributes();
    attributes.put("nanoswarm.task.name", task.spec().id().name());
    attributes.put("nanoswarm.agent.role", task.role().value());
    attributes.put("nanoswarm.task.priority", task.spec().priority().name());
    attributes.put("nanoswarm.task.attempts", task.attempts());
    attributes.put("nanoswarm.task.handoffs", task.handoffs());
    attributes.put("nanoswarm.task.retries", task.retries());
    attributes.put("nanoswarm.task.outcome", outcome);
    end(task.context(), task.parent(), "task " + task.role(), task.from(), at, attributes, error);
  }

  private Map<String, Object> attributes() {
    var attributes = new LinkedHashMap<String, Object>();
    attributes.put("gen_ai.conversation.id", trace.session().value());
    return attributes;
  }

  private void end(
      TraceContext context,
      TraceContext parent,
      String name,
      Instant from,
      Instant to,
      Map<String, Object> attributes,
      @Nullable String error) {
    ended.add(
        new EndedSpan(context, parent, name, EndedSpan.Kind.INTERNAL, from, to, attributes, error));
  }
}
