package io.nanoswarm.load;

import io.nanoswarm.session.Fence;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionUpdate;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskRecord;
import io.nanoswarm.session.Wait;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Watches sessions and writes down when what happened to their tasks. What happened is stored
 * before it is told, so that {@link TaskTimes#stored} is no promise but a fact.
 *
 * <p>Threads: one actor writes, any thread reads. Bounded by the tasks of the test.
 */
final class TaskLog {

  /** Hears of tasks, on a dispatcher's thread: must not block. */
  interface Listener {
    default void onSettled(TaskTimes times) {}

    /** The task is not done: its outcome is no success, or it is dead. */
    default void onFailed(TaskId task) {}

    /** The task waits for its arrival. */
    default void onHeld(TaskId task, Fence asked) {}

    default void onBegan(SessionSnapshot.Running attempt) {}
  }

  private final InstantSource clock;
  private final ConcurrentLinkedQueue<TaskTimes> settled = new ConcurrentLinkedQueue<>();
  private final CopyOnWriteArrayList<Listener> listeners = new CopyOnWriteArrayList<>();
  private final LongAdder failed = new LongAdder();
  private final LongAdder lost = new LongAdder();

  TaskLog(InstantSource clock) {
    this.clock = clock;
  }

  void listen(Listener listener) {
    listeners.add(listener);
  }

  void forget(Listener listener) {
    listeners.remove(listener);
  }

  /** Everything so far, in the order in which it was stored. */
  List<TaskTimes> settled() {
    return List.copyOf(settled);
  }

  /** Tasks that ended otherwise than completed. */
  long failed() {
    return failed.sum();
  }

  /** Attempts that ended without an outcome. */
  long lost() {
    return lost.sum();
  }

  Behavior<SessionUpdate> watching() {
    return Behaviors.setup(_ -> {
      var ready = new HashMap<TaskId, Long>();
      var seen = new HashSet<TaskId>();
      return Behaviors.receiveMessage(update -> {
        onUpdate(update, ready, seen);
        return Behaviors.same();
      });
    });
  }

  private void onUpdate(SessionUpdate update, Map<TaskId, Long> ready, Set<TaskId> seen) {
    long now = Stamps.micros(clock.instant());
    if (update.stored().isEmpty() && update.began() == null) {
      onFirst(update.now(), now, ready, seen);
    }
    for (SessionEvent event : update.stored()) {
      onEvent(event, now, ready, seen);
    }
    SessionSnapshot.Running began = update.began();
    if (began != null) {
      listeners.forEach(listener -> listener.onBegan(began));
    }
  }

  /** What was planned or done before anybody watched; of that it is later, never sooner. */
  private void onFirst(
      SessionSnapshot session, long now, Map<TaskId, Long> ready, Set<TaskId> seen) {
    session
        .active()
        .ifPresent(active -> {
          for (TaskRecord task : active.tasks().values()) {
            var _ = ready.putIfAbsent(task.id(), now);
            if (task.phase()
                instanceof
                TaskRecord.Settled(var outcome, var fence, var agent, var began, var at)) {
              onSettled(
                  new SessionEvent.TaskSettled(at, task.id(), fence, agent, began, outcome),
                  now,
                  ready,
                  seen);
            }
          }
        });
  }

  private void onEvent(SessionEvent event, long now, Map<TaskId, Long> ready, Set<TaskId> seen) {
    switch (event) {
      case SessionEvent.PlanRecorded(_, var plan) ->
          plan.tasks().forEach(task -> ready.put(task.id(), now));
      case SessionEvent.TaskWoken woken -> ready.put(woken.task(), now);
      case SessionEvent.TaskSettled ended -> onSettled(ended, now, ready, seen);
      case SessionEvent.TaskSuspended held -> {
        if (held.waitFor() instanceof Wait.ForPerson) {
          listeners.forEach(listener -> listener.onHeld(held.task(), held.fence()));
        }
      }
      case SessionEvent.TaskDied died -> onFailed(died.task());
      case SessionEvent.AttemptEnded _ -> lost.increment();
      case SessionEvent.SessionOpened _,
          SessionEvent.EpochStarted _,
          SessionEvent.TaskHandedOff _,
          SessionEvent.TasksRetried _,
          SessionEvent.TaskDiscarded _,
          SessionEvent.FollowUpAsked _,
          SessionEvent.SessionPaused _,
          SessionEvent.SessionUnpaused _,
          SessionEvent.SessionPrioritised _,
          SessionEvent.SessionConcluded _ -> {}
    }
  }

  private void onSettled(
      SessionEvent.TaskSettled event, long now, Map<TaskId, Long> ready, Set<TaskId> seen) {
    if (!seen.add(event.task())) {
      return;
    }
    var stamps =
        event.outcome() instanceof Outcome.Completed(var summary) ? Stamps.of(summary) : null;
    if (stamps == null || stamps.isEmpty()) {
      onFailed(event.task());
      return;
    }
    Long since = ready.remove(event.task());
    long granted = Stamps.micros(event.beganAt());
    var times =
        new TaskTimes(
            event.task(),
            event.agent(),
            since == null ? granted : since,
            granted,
            stamps.get(),
            Stamps.micros(event.at()),
            now);
    settled.add(times);
    listeners.forEach(listener -> listener.onSettled(times));
  }

  private void onFailed(TaskId task) {
    failed.increment();
    listeners.forEach(listener -> listener.onFailed(task));
  }
}
