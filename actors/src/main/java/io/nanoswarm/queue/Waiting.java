package io.nanoswarm.queue;

import io.nanoswarm.queue.TaskQueue.Offer;
import io.nanoswarm.session.Need;
import io.nanoswarm.session.Priority;
import io.nanoswarm.session.SessionId;
import java.util.Set;

/**
 * A task that waits in a queue.
 *
 * @param session of the task; kept, since it is asked for at every match
 * @param needs of the task, in no order
 * @param order counts the offers, so that the older of two is known
 * @param since how many matches there had been when the task was first offered
 */
record Waiting(Offer offer, SessionId session, Set<Need> needs, long order, long since) {
  static Waiting of(Offer offer, long order, long since) {
    return new Waiting(offer, offer.task().session(), Set.copyOf(offer.needs()), order, since);
  }

  /** The same place, for what was offered again. */
  Waiting offeredAgain(Offer latest) {
    return of(latest, order, since);
  }

  Priority priority() {
    return offer.priority();
  }
}
