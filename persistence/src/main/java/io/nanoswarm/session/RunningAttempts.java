package io.nanoswarm.session;

import io.nanoswarm.session.SessionSnapshot.Running;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The attempts that run now. Not stored: a grant needs no event, since the fences of a later
 * incarnation are greater than all of this one. Bounded by the number of tasks. Not thread safe;
 * owned by one Session.
 */
final class RunningAttempts {
  private record Entry(Running running, ActorRef<Session.AttemptCancelled> host) {}

  private final Map<TaskId, Entry> byTask = new HashMap<>();
  private long granted;

  /** The fence of the next attempt, in an epoch that is stored already. */
  Fence nextFence(long epoch) {
    granted++;
    return new Fence(epoch, granted);
  }

  void begin(Running running, ActorRef<Session.AttemptCancelled> host) {
    byTask.put(running.task(), new Entry(running, host));
  }

  Optional<Running> at(TaskId task) {
    return Optional.ofNullable(byTask.get(task)).map(Entry::running);
  }

  Optional<Running> at(TaskId task, Fence fence) {
    return at(task).filter(running -> running.fence().equals(fence));
  }

  void end(TaskId task) {
    byTask.remove(task);
  }

  /** Tells every host that its attempt is over, and forgets them all. */
  void cancelAll(String reason) {
    byTask.values().forEach(entry -> tellCancelled(entry, reason));
    byTask.clear();
  }

  /** Tells the host of a task's attempt that it is over, and forgets the attempt. */
  void cancel(TaskId task, String reason) {
    Entry entry = byTask.remove(task);
    if (entry != null) {
      tellCancelled(entry, reason);
    }
  }

  boolean isEmpty() {
    return byTask.isEmpty();
  }

  Map<TaskId, Running> view() {
    var view = new HashMap<TaskId, Running>();
    byTask.forEach((task, entry) -> view.put(task, entry.running()));
    return view;
  }

  private static void tellCancelled(Entry entry, String reason) {
    Running running = entry.running();
    entry.host().tell(new Session.AttemptCancelled(running.task(), running.fence(), reason));
  }
}
