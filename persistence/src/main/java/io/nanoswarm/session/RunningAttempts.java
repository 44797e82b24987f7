package io.nanoswarm.session;

import io.nanoswarm.session.SessionSnapshot.Running;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * The attempts that run now. Not stored: a grant needs no event, since the fences of a later
 * incarnation are greater than all of this one. Bounded by the number of tasks. Not thread safe;
 * owned by one Session.
 */
final class RunningAttempts {
  private PMap<TaskId, Running> byTask = HashTreePMap.empty();
  private final Map<TaskId, ActorRef<Session.AttemptCancelled>> hosts = new HashMap<>();
  private long granted;

  /** The fence of the next attempt, in an epoch that is stored already. */
  Fence nextFence(long epoch) {
    granted++;
    return new Fence(epoch, granted);
  }

  void begin(Running running, ActorRef<Session.AttemptCancelled> host) {
    byTask = byTask.plus(running.task(), running);
    hosts.put(running.task(), host);
  }

  Optional<Running> at(TaskId task) {
    return Optional.ofNullable(byTask.get(task));
  }

  Optional<Running> at(TaskId task, Fence fence) {
    return at(task).filter(running -> running.fence().equals(fence));
  }

  void end(TaskId task) {
    byTask = byTask.minus(task);
    hosts.remove(task);
  }

  /** Tells every host that its attempt is over, and forgets them all. */
  void cancelAll(String reason) {
    byTask.values().forEach(running -> tellCancelled(running, reason));
    byTask = HashTreePMap.empty();
    hosts.clear();
  }

  /** Tells the host of a task's attempt that it is over, and forgets the attempt. */
  void cancel(TaskId task, String reason) {
    at(task).ifPresent(running -> tellCancelled(running, reason));
    end(task);
  }

  boolean isEmpty() {
    return byTask.isEmpty();
  }

  /** As it is now; costs nothing. */
  PMap<TaskId, Running> view() {
    return byTask;
  }

  private void tellCancelled(Running running, String reason) {
    ActorRef<Session.AttemptCancelled> host = hosts.get(running.task());
    if (host != null) {
      host.tell(new Session.AttemptCancelled(running.task(), running.fence(), reason));
    }
  }
}
