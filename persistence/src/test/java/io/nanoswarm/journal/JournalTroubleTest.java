package io.nanoswarm.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.nanoswarm.session.SessionEvent;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.persistence.typed.RecoveryFailed;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class JournalTroubleTest {
  private static final ActorTestKit KIT =
      ActorTestKit.create(
          ConfigFactory.parseResources("swarm-serialization.conf")
              .withFallback(ConfigFactory.load()));

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private static String told(Throwable failure) {
    TestProbe<JournalTrouble> probe = KIT.createTestProbe();
    KIT.system()
        .eventStream()
        .tell(new EventStream.Subscribe<>(JournalTrouble.class, probe.getRef()));
    JournalTrouble.publish(KIT.system(), new RecoveryFailed(failure));
    return probe.receiveMessage().told();
  }

  @Test
  void an_event_of_a_newer_version_is_told_as_such() {
    var unknown =
        SerializationExtension.get(KIT.system())
            .deserialize("{\"event\":\"task-cloned\"}".getBytes(), 7001, "")
            .failed()
            .get();

    assertThat(told(new IllegalStateException("replay of " + SessionEvent.class, unknown)))
        .isEqualTo(
            "the journal cannot be read: it holds 'task-cloned', which this version does not know:"
                + " run the version that has stored it");
  }

  @Test
  void what_happened_first_is_told_of_everything_else() {
    assertThat(told(new IllegalStateException("later", new IllegalStateException("first"))))
        .isEqualTo("the journal cannot be read: first");
  }
}
