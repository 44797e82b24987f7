package io.nanoswarm.node;

import io.nanoswarm.journal.JournalTrouble;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the latest trouble of this node's journal, so that whoever waited in vain can be told
 * why. Thread safe.
 */
final class JournalHealth {
  /** Entities that cannot write try again at least every 10 s. */
  private static final Duration RECENT = Duration.ofSeconds(30);

  private record Seen(JournalTrouble trouble, Instant at) {}

  private final String repair;
  private final InstantSource clock;
  private final AtomicReference<@Nullable Seen> latest = new AtomicReference<>();
  private final AtomicLong failedWrites = new AtomicLong();
  private final AtomicLong failedReads = new AtomicLong();

  /**
   * @param repair what a person may do if the journal cannot be read
   */
  JournalHealth(String repair, InstantSource clock) {
    this.repair = repair;
    this.clock = clock;
  }

  /** Listens to the event stream of its node until it is stopped. */
  Behavior<JournalTrouble> listening() {
    return Behaviors.setup(context -> {
      context
          .getSystem()
          .eventStream()
          .tell(new EventStream.Subscribe<>(JournalTrouble.class, context.getSelf()));
      return Behaviors.receiveMessage(trouble -> {
        counter(trouble.act()).incrementAndGet();
        latest.set(new Seen(trouble, clock.instant()));
        return Behaviors.same();
      });
    });
  }

  /** How often that has happened since the node started. */
  long failures(JournalTrouble.Act act) {
    return counter(act).get();
  }

  private AtomicLong counter(JournalTrouble.Act act) {
    return switch (act) {
      case WRITE -> failedWrites;
      case READ -> failedReads;
    };
  }

  /** What the journal could not do a moment ago, if that is so. */
  Optional<JournalTrouble> trouble() {
    Seen seen = latest.get();
    return seen != null && seen.at().isAfter(clock.instant().minus(RECENT))
        ? Optional.of(seen.trouble())
        : Optional.empty();
  }

  /** What a person may do if the journal cannot be read. */
  String repair() {
    return repair;
  }
}
