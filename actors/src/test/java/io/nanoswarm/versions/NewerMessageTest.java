package io.nanoswarm.versions;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.nanoswarm.serialization.CborSerializable;
import java.io.NotSerializableException;
import java.time.Duration;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.testkit.javadsl.EventFilter;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.Test;

/** An older node is sent a message of a type that it does not have. */
class NewerMessageTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  record Known(int number) implements CborSerializable {}

  /** Of tomorrow: the older node cannot load it. */
  record Unknown(String text) implements CborSerializable {}

  private static final class Older extends ClassLoader {
    Older() {
      super(NewerMessageTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.equals(Unknown.class.getName())) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }
  }

  private static final class Listener extends AbstractActor {
    private final ActorRef told;

    Listener(ActorRef told) {
      this.told = told;
    }

    @Override
    public Receive createReceive() {
      return receiveBuilder().matchAny(message -> told.tell(message, getSelf())).build();
    }
  }

  private static Config node() {
    return ConfigFactory.parseString(
            """
            pekko.actor.provider = remote
            pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
            pekko.remote.use-unsafe-remote-features-outside-cluster = on
            pekko.loggers = ["org.apache.pekko.testkit.TestEventListener"]
            pekko.loglevel = WARNING
            """)
        .withFallback(ConfigFactory.parseResources("swarm-serialization.conf"))
        .withFallback(ConfigFactory.load());
  }

  @Test
  void it_is_logged_and_dropped_and_what_follows_on_the_same_connection_arrives() {
    var newer = ActorSystem.create("newer", node());
    var older = ActorSystem.create("older", node(), new Older());
    try {
      var probe = new TestKit(older);
      older.actorOf(Props.create(Listener.class, () -> new Listener(probe.getRef())), "listener");
      Address address = ((ExtendedActorSystem) older).provider().getDefaultAddress();
      var listener = newer.actorSelection(address + "/user/listener").resolveOne(LONG);
      var far = listener.toCompletableFuture().join();

      far.tell(new Known(1), ActorRef.noSender());
      probe.expectMsg(LONG, new Known(1));
      new EventFilter(NotSerializableException.class, older)
          .matches("Failed to deserialize message .*Unknown.*")
          .occurrences(1)
          .intercept(() -> {
            far.tell(new Unknown("?"), ActorRef.noSender());
            far.tell(new Known(2), ActorRef.noSender());
            return probe.expectMsg(LONG, new Known(2));
          });

      assertThat(older.whenTerminated().isCompleted()).isFalse();
    } finally {
      TestKit.shutdownActorSystem(newer);
      TestKit.shutdownActorSystem(older);
    }
  }
}
