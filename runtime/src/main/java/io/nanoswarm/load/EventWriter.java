package io.nanoswarm.load;

import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;

/** Stores events that mean nothing; its state is how many it has stored. */
abstract class EventWriter<C> extends EventSourcedBehavior<C, byte[], Long> {
  EventWriter(PersistenceId id) {
    super(id);
  }

  @Override
  public final Long emptyState() {
    return 0L;
  }

  @Override
  public final EventHandler<Long, byte[]> eventHandler() {
    return (stored, _) -> stored + 1;
  }
}
