package io.nanoswarm.journal;

import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import java.sql.SQLException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.persistence.typed.JournalPersistFailed;
import org.apache.pekko.persistence.typed.RecoveryFailed;
import org.jspecify.annotations.Nullable;

/**
 * The journal failed an entity: what it would have stored was confirmed to nobody, or what it has
 * stored cannot be read. Published on the event stream of its node, for whoever tells people.
 *
 * @param act what failed
 * @param reason for people, as {@code No space left on device}
 */
public record JournalTrouble(Act act, String reason) {

  /** What an entity asks of the journal. */
  public enum Act {
    WRITE,
    READ
  }

  /** Tells whoever listens on this node. */
  public static void publish(ActorSystem<?> system, JournalPersistFailed failed) {
    publish(system, new JournalTrouble(Act.WRITE, reason(failed.failure())));
  }

  /** Tells whoever listens on this node. */
  public static void publish(ActorSystem<?> system, RecoveryFailed failed) {
    publish(system, new JournalTrouble(Act.READ, reason(failed.getFailure())));
  }

  private static void publish(ActorSystem<?> system, JournalTrouble trouble) {
    system.eventStream().tell(new EventStream.Publish<>(trouble));
  }

  /** What it means for whoever waits, as a sentence without its end. */
  public String told() {
    return switch (act) {
      case WRITE -> "the journal cannot be written: " + reason;
      case READ -> "the journal cannot be read: " + reason;
    };
  }

  /** What happened first is what people can act upon. */
  private static String reason(Throwable failure) {
    Throwable first = failure;
    if (ofNewerVersion(failure) instanceof InvalidTypeIdException unknown) {
      return "it holds '%s', which this version does not know: run the version that has stored it"
          .formatted(unknown.getTypeId());
    }
    for (Throwable before = failure; before != null; before = before(before)) {
      first = before;
    }
    return first.getMessage() == null ? first.getClass().getSimpleName() : first.getMessage();
  }

  /** What Jackson says of the name of an event or a state that there was not yet. */
  private static @Nullable Throwable ofNewerVersion(Throwable failure) {
    Throwable at = failure;
    while (at != null && !(at instanceof InvalidTypeIdException)) {
      at = before(at);
    }
    return at;
  }

  /** A failed batch keeps what failed beside its cause. */
  private static @Nullable Throwable before(Throwable failure) {
    return failure.getCause() == null && failure instanceof SQLException batch
        ? batch.getNextException()
        : failure.getCause();
  }
}
