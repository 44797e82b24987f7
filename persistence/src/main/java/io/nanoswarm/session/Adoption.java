package io.nanoswarm.session;

import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.session.SessionSnapshot.Running;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which attempts of an earlier incarnation of a session go on in this one.
 *
 * <p>A grant is not stored, so an incarnation learns of the attempts that run by hearing from their
 * hosts. It may take one up if nothing says that it is over: its fence is of the latest epoch that
 * granted any, no stored end of an attempt at its task is as young, and this incarnation has
 * granted none for the task. Two attempts at a task with fences of one epoch cannot both pass: the
 * younger was granted after the end of the older one was stored.
 *
 * <p>For a while after it was read from the journal, a session that may have attempts elsewhere
 * lets those who want to begin wait, so that hosts can say what runs. Pure; not thread safe; at
 * most as many wait as there are hosts.
 */
final class Adoption {
  private record Claimant(TaskId task, WorkerId worker) {}

  private final Map<Claimant, Session.Begin> waiting = new LinkedHashMap<>();

  /** Attempts of this object that ended without a word in the journal; their hosts were told. */
  private final Set<Fence> forgotten = new HashSet<>();

  private boolean open;

  /** From now on those who want to begin wait. */
  void open() {
    open = true;
  }

  boolean isOpen() {
    return open;
  }

  /** One that comes again waits once. */
  void await(Session.Begin begin) {
    waiting.put(new Claimant(begin.task(), begin.worker()), begin);
  }

  /** Nobody waits from now on; those who did, in the order in which they came. */
  List<Session.Begin> close() {
    open = false;
    var all = new ArrayList<>(waiting.values());
    waiting.clear();
    return all;
  }

  /**
   * A write has failed, and the hosts of these are told that they are over. Those of earlier epochs
   * need no memory: nobody takes them up.
   */
  void forget(Collection<Running> attempts) {
    long latest = attempts.stream().mapToLong(each -> each.fence().epoch()).max().orElse(0);
    forgotten.removeIf(fence -> fence.epoch() < latest);
    attempts.forEach(each -> forgotten.add(each.fence()));
  }

  /** The attempt that a host speaks of, if it goes on. */
  Optional<Running> of(SessionState state, RunningAttempts running, Session.OfAttempt command) {
    Session.Holder holder = command.holder();
    if (holder == null
        || !(state instanceof SessionState.Active active)
        || running.at(command.task()).isPresent()
        || forgotten.contains(command.fence())
        || command.fence().epoch() != active.epoch()) {
      return Optional.empty();
    }
    return active
        .task(command.task())
        .filter(active::ready)
        .filter(task -> task.lastEnded() == null || task.lastEnded().isOlderThan(command.fence()))
        .map(task ->
            new Running(
                task.id(),
                command.fence(),
                holder.agent(),
                holder.worker(),
                task.attempts() + 1,
                holder.deadline().minus(task.spec().limits().timeLimit()),
                holder.deadline()));
  }
}
