package io.nanoswarm.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.serialization.CborSerializable;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;

/**
 * A session at one moment: what is stored of it, and which attempts run.
 *
 * @param running the attempt at each task that has one now
 * @param rest who has the tasks that did not fit into one message, null if all are here: see {@link
 *     TaskPages#whole}. JSON leaves it out then
 */
public record SessionSnapshot(
    SessionId session,
    SessionState state,
    Map<TaskId, Running> running,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ActorRef<TaskPages.Command> rest)
    implements CborSerializable {

  /** With all tasks. */
  public SessionSnapshot(SessionId session, SessionState state, Map<TaskId, Running> running) {
    this(session, state, running, null);
  }

  /**
   * An attempt that runs.
   *
   * @param number counts the attempts at the task that count, from 1
   * @param deadline when the attempt is over, whatever happens
   */
  public record Running(
      TaskId task,
      Fence fence,
      AgentName agent,
      WorkerId worker,
      int number,
      Instant beganAt,
      Instant deadline) {}

  public SessionSnapshot {
    running = running instanceof PMap ? running : Map.copyOf(running);
  }

  /**
   * Why the tasks cannot be tried again as the session is, null if they can.
   *
   * @param tasks empty for all that have ended badly
   */
  public @Nullable String whyNotRetried(Collection<TaskId> tasks) {
    return new Wishes(state, running, Instant.EPOCH).retry(tasks).why();
  }

  /** With these tasks in place of those that it has. */
  SessionSnapshot with(
      Collection<TaskRecord> tasks, @Nullable ActorRef<TaskPages.Command> theRest) {
    var byId = new LinkedHashMap<TaskId, TaskRecord>();
    tasks.forEach(task -> byId.put(task.id(), task));
    SessionState with =
        switch (state) {
          case SessionState.Absent absent -> absent;
          case SessionState.Active active -> active.withTasks(byId);
          case SessionState.Concluded(var last, var ending, var at) ->
              new SessionState.Concluded(last.withTasks(byId), ending, at);
        };
    return new SessionSnapshot(session, with, running, theRest);
  }

  /** What is known of an opened session, whether it has ended or not. */
  public Optional<SessionState.Active> active() {
    return switch (state) {
      case SessionState.Absent _ -> Optional.empty();
      case SessionState.Active active -> Optional.of(active);
      case SessionState.Concluded concluded -> Optional.of(concluded.last());
    };
  }
}
