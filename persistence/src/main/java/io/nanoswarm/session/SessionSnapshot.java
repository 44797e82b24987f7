package io.nanoswarm.session;

import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.serialization.CborSerializable;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;

/**
 * A session at one moment: what is stored of it, and which attempts run.
 *
 * @param running the attempt at each task that has one now
 */
public record SessionSnapshot(SessionId session, SessionState state, Map<TaskId, Running> running)
    implements CborSerializable {

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

  /** What is known of an opened session, whether it has ended or not. */
  public Optional<SessionState.Active> active() {
    return switch (state) {
      case SessionState.Absent _ -> Optional.empty();
      case SessionState.Active active -> Optional.of(active);
      case SessionState.Concluded concluded -> Optional.of(concluded.last());
    };
  }
}
