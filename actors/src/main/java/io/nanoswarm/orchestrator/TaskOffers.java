package io.nanoswarm.orchestrator;

import io.nanoswarm.agent.Gate;
import io.nanoswarm.placement.Placed;
import io.nanoswarm.queue.TaskQueue;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.Need;
import io.nanoswarm.session.Priority;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskRecord;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * Brings ready tasks to the queues of their roles, each once until it is lost or everything is
 * offered again, and only if a node could do it. Not thread safe: a part of an orchestrator.
 */
final class TaskOffers {
  private final Gate gate;
  private final ActorRef<TaskQueue.HostLost> losses;
  private final Consumer<Placements.Wanted> findPlace;
  private final BiConsumer<TaskId, String> refuse;
  private final RunProgress progress;
  private final Placements placements = new Placements();
  private Priority priority = Priority.NORMAL;

  /**
   * @param losses told by a queue that a task's host is lost
   * @param findPlace asks whether any node could do such tasks; {@link #placed} takes the answer
   * @param refuse ends a task that no node can do, with the reason
   */
  TaskOffers(
      Gate gate,
      ActorRef<TaskQueue.HostLost> losses,
      Consumer<Placements.Wanted> findPlace,
      BiConsumer<TaskId, String> refuse,
      RunProgress progress) {
    this.gate = gate;
    this.losses = losses;
    this.findPlace = findPlace;
    this.refuse = refuse;
    this.progress = progress;
  }

  /**
   * Of some tasks, offers those that are ready, not running, and not offered yet; none while the
   * session is paused.
   */
  void offer(SessionState.Active active, SessionSnapshot now, Collection<TaskRecord> tasks) {
    if (active.paused()) {
      return;
    }
    if (priority != active.priority()) {
      // All that wait are offered again: queues give them other places then.
      priority = active.priority();
      progress.offerAgain();
    }
    tasks.stream()
        .filter(active::ready)
        .filter(task -> !now.running().containsKey(task.id()))
        .filter(task -> !progress.isOffered(task.id()))
        .forEach(task -> offer(active, task));
  }

  private void offer(SessionState.Active active, TaskRecord task) {
    var wanted = Placements.Wanted.of(task);
    Placed placed = placements.of(wanted);
    if (placed == null) {
      if (placements.ask(wanted)) {
        findPlace.accept(wanted);
      }
      return;
    }
    progress.offered(task.id());
    placed
        .refusal()
        .ifPresentOrElse(
            reason -> refuse.accept(task.id(), reason), () -> offer(active, task, placed.needs()));
  }

  private void offer(SessionState.Active active, TaskRecord task, List<Need> needs) {
    gate.tellQueue(
        task.spec().role(), new TaskQueue.Offer(task.id(), active.priorityOf(task), needs, losses));
  }

  void placed(Placements.Wanted wanted, Placed placed) {
    placements.answered(wanted, placed);
  }

  /** Queues may have forgotten, and nodes may have changed. */
  void again() {
    progress.offerAgain();
    placements.forget();
  }

  /** Its host is lost: when it is ready again, it is to be offered again. */
  void lost(TaskId task) {
    progress.notOffered(task);
  }

  /** It runs, so it waits no longer. */
  void began(SessionState.Active active, SessionSnapshot.Running began) {
    progress.notOffered(began.task());
    active.task(began.task()).ifPresent(record -> withdraw(record, began.agent()));
  }

  /**
   * What waits in the queues waits there no more, and is offered again when the session goes on.
   * What runs stays with its host: its queue tells if that is lost.
   */
  void pause(SessionState.Active active, SessionSnapshot now) {
    progress.offerAgain();
    active.tasks().values().stream()
        .filter(active::ready)
        .filter(task -> !now.running().containsKey(task.id()))
        .forEach(task -> withdraw(task, null));
  }

  /** What would still wait in the queues, and cost each host that is given it a vain beginning. */
  void withdrawAll(SessionState.Active last) {
    last.tasks().values().stream().filter(last::ready).forEach(task -> withdraw(task, null));
  }

  private void withdraw(TaskRecord task, @Nullable AgentName begunBy) {
    gate.tellQueue(task.spec().role(), new TaskQueue.Withdraw(task.id(), begunBy));
  }
}
