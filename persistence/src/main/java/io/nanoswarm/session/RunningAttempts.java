package io.nanoswarm.session;

import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.session.SessionSnapshot.Running;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * The attempts that run now. Not stored: a grant needs no event, since the fences of a later
 * incarnation are greater than all of this one. An agent has one at a time: what it is to begin
 * while it has another is told again at the end of that. Bounded by the number of tasks, and one
 * beginning that waits for each. Not thread safe; owned by one Session.
 */
final class RunningAttempts {
  /** An agent in one JVM. */
  private record Host(AgentName agent, WorkerId worker) {}

  private final Consumer<Session.Begin> again;
  private PMap<TaskId, Running> byTask = HashTreePMap.empty();
  private final Map<TaskId, ActorRef<Session.AttemptCancelled>> hosts = new HashMap<>();
  private final Map<Host, TaskId> byHost = new HashMap<>();
  private final Map<Host, Session.Begin> waiting = new HashMap<>();
  private long granted;

  /**
   * @param again is told of each beginning that has waited
   */
  RunningAttempts(Consumer<Session.Begin> again) {
    this.again = again;
  }

  /** The fence of the next attempt, in an epoch that is stored already. */
  Fence nextFence(long epoch) {
    granted++;
    return new Fence(epoch, granted);
  }

  void begin(Running running, ActorRef<Session.AttemptCancelled> host) {
    byTask = byTask.plus(running.task(), running);
    hosts.put(running.task(), host);
    byHost.put(new Host(running.agent(), running.worker()), running.task());
  }

  /** Whether the beginning waits, since its agent has an attempt at another task; one for each. */
  boolean isToWait(Session.Begin begin) {
    var host = new Host(begin.agent(), begin.worker());
    TaskId other = byHost.get(host);
    if (other == null || other.equals(begin.task())) {
      return false;
    }
    waiting.put(host, begin);
    return true;
  }

  Optional<Running> at(TaskId task) {
    return Optional.ofNullable(byTask.get(task));
  }

  Optional<Running> at(TaskId task, Fence fence) {
    return at(task).filter(running -> running.fence().equals(fence));
  }

  void end(TaskId task) {
    Running ended = byTask.get(task);
    byTask = byTask.minus(task);
    hosts.remove(task);
    if (ended != null) {
      var host = new Host(ended.agent(), ended.worker());
      if (byHost.remove(host, task)) {
        tellAgain(waiting.remove(host));
      }
    }
  }

  /** The JVM has ended: what it was to begin is nobody's. */
  void hostLost(WorkerId worker) {
    waiting.keySet().removeIf(host -> host.worker().equals(worker));
  }

  private void tellAgain(Session.@Nullable Begin begin) {
    if (begin != null) {
      again.accept(begin);
    }
  }

  /** Tells every host that its attempt is over, and forgets them all. */
  void cancelAll(String reason) {
    byTask.values().forEach(running -> tellCancelled(running, reason));
    byTask = HashTreePMap.empty();
    hosts.clear();
    byHost.clear();
    var all = new ArrayList<>(waiting.values());
    waiting.clear();
    all.forEach(again);
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
