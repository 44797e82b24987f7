package io.nanoswarm.chaos;

import io.nanoswarm.api.Progress;
import io.nanoswarm.api.SessionView;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A fault that was injected into a cluster. Those that it hit are all sessions that were open: they
 * went on when each of them has ended a task since, or is over; the slowest one counts.
 */
final class ClusterHit implements Injected {
  private final ClusterFault fault;
  private final String what;
  private final Instant at;
  private final Set<String> waiting;
  private Instant last;

  /**
   * @param open the sessions that were open
   */
  ClusterHit(ClusterFault fault, String what, Instant at, Set<String> open) {
    this.fault = fault;
    this.what = what;
    this.at = at;
    waiting = new HashSet<>(open);
    last = at;
  }

  @Override
  public Kind kind() {
    return fault.kind();
  }

  @Override
  public String what() {
    return what;
  }

  @Override
  public Instant at() {
    return at;
  }

  @Override
  public @Nullable Long wentOnAfter() {
    return waiting.isEmpty() ? last.toEpochMilli() - at.toEpochMilli() : null;
  }

  Set<String> waiting() {
    return Set.copyOf(waiting);
  }

  @Override
  public boolean goesOnWith(Watch.Seen seen) {
    switch (seen.event()) {
      case Progress.TaskEnded ended -> ended(seen.session(), ended.at());
      case Progress.Snapshot(_, var session, _) -> look(session);
      case Progress.Concluded(_, var session) -> look(session);
      case Progress.Planned _,
          Progress.AgentUp _,
          Progress.AgentDown _,
          Progress.Doing _,
          Progress.TaskBegan _,
          Progress.Asked _,
          Progress.AttemptEnded _,
          Progress.HandedOff _,
          Progress.Posted _,
          Progress.Paused _,
          Progress.Unpaused _,
          Progress.Prioritised _,
          Progress.Trouble _ -> {}
    }
    return waiting.isEmpty();
  }

  private void look(SessionView session) {
    session.tasks().stream()
        .map(SessionView.TaskView::endedAt)
        .filter(ended -> ended != null && ended.isAfter(at))
        .min(Instant::compareTo)
        .ifPresent(ended -> ended(session.id(), ended));
    if (session.endedAt() != null) {
      // Before the fault, and heard of only now: then nothing of it was hit.
      ended(session.id(), session.endedAt().isAfter(at) ? session.endedAt() : at);
    }
  }

  private void ended(String session, Instant when) {
    if (!when.isBefore(at) && waiting.remove(session) && when.isAfter(last)) {
      last = when;
    }
  }
}
