package io.nanoswarm.journal;

import java.sql.SQLException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.persistence.typed.JournalPersistFailed;
import org.jspecify.annotations.Nullable;

/**
 * A write to the journal failed: what it would have stored was confirmed to nobody. Published on
 * the event stream of the node whose entity could not write, for whoever tells people.
 *
 * @param reason for people, as {@code No space left on device}
 */
public record JournalTrouble(String reason) {

  /** Tells whoever listens on this node. */
  public static void publish(ActorSystem<?> system, JournalPersistFailed failed) {
    var trouble = new JournalTrouble(reason(failed.failure()));
    system.eventStream().tell(new EventStream.Publish<>(trouble));
  }

  /** What happened first is what people can act upon. */
  private static String reason(Throwable failure) {
    Throwable first = failure;
    for (Throwable before = failure; before != null; before = before(before)) {
      first = before;
    }
    return first.getMessage() == null ? first.getClass().getSimpleName() : first.getMessage();
  }

  /** A failed batch keeps what failed beside its cause. */
  private static @Nullable Throwable before(Throwable failure) {
    return failure.getCause() == null && failure instanceof SQLException batch
        ? batch.getNextException()
        : failure.getCause();
  }
}
