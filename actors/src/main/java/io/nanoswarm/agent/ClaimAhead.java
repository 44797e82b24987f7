package io.nanoswarm.agent;

import io.nanoswarm.placement.Offers;
import io.nanoswarm.queue.TaskQueue;
import io.nanoswarm.session.Session;

/**
 * The attempt that a host claims while the outcome of the one before is being stored. It is matched
 * and begun meanwhile, and is given to the agent when the one before is over, or is given back.
 *
 * <p>Nothing is ahead unless an attempt is ending. Owned by one host.
 */
final class ClaimAhead {
  /** What is known of the attempt after the one that is ending. */
  sealed interface Ahead {}

  /** It is not claimed yet. */
  record Nothing() implements Ahead {}

  /** It is claimed. */
  record Claimed(long claimId) implements Ahead {}

  /** It is granted: the agent is given it when the one before is over. */
  record Granted(Session.Begun begun) implements Ahead {
    AttemptId id() {
      return new AttemptId(begun.task(), begun.assignment().fence());
    }
  }

  private final HostRequests requests;
  private Ahead ahead = new Nothing();

  ClaimAhead(HostRequests requests) {
    this.requests = requests;
  }

  /** Whatever becomes of an outcome, its attempt is over by it. */
  void claim(long claimId, Offers offers) {
    ahead = new Claimed(claimId);
    requests.claim(claimId, offers);
  }

  /**
   * Has the task begun, if it is what was claimed.
   *
   * @param wanted whether the host takes more tasks
   */
  void onMatched(TaskQueue.Match match, boolean wanted) {
    if (!claimed(match.claimId())) {
      return;
    }
    if (wanted) {
      requests.begin(match.task(), match.claimId());
    } else {
      ahead = new Nothing();
    }
  }

  void onUnclaimed(long claimId) {
    if (claimed(claimId)) {
      ahead = new Nothing();
    }
  }

  void onNotBegun(Session.NotBegun refused) {
    if (claimed(refused.claim())) {
      ahead = new Nothing();
    }
  }

  /** Whether the grant is what was claimed; then it is kept. */
  boolean onBegun(Session.Begun begun) {
    if (!claimed(begun.claim())) {
      return false;
    }
    ahead = new Granted(begun);
    return true;
  }

  void onOver(AttemptId attempt) {
    if (has(attempt)) {
      ahead = new Nothing();
    }
  }

  /** Whether the attempt is known: the same grant may come twice. */
  boolean has(AttemptId attempt) {
    return ahead instanceof Granted granted && granted.id().equals(attempt);
  }

  /** Nobody is to wait for a host that waits itself. */
  void giveUp() {
    switch (take()) {
      case Nothing _ -> {}
      case Claimed(var claimId) -> requests.unclaim(claimId);
      case Granted(var begun) ->
          requests.release(
              begun.task(), begun.assignment().fence(), "its host waits for an earlier outcome");
    }
  }

  /** What was ahead: the host's own from now on. */
  Ahead take() {
    Ahead taken = ahead;
    ahead = new Nothing();
    return taken;
  }

  private boolean claimed(long claimId) {
    return ahead.equals(new Claimed(claimId));
  }
}
