package io.nanoswarm.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.Terminated;
import org.apache.pekko.remote.AddressUidExtension;
import org.apache.pekko.remote.RemoteActorRefProvider;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import scala.Option;

/**
 * Why {@link LastMembership} has nodes wait: what Pekko does when a member is removed whose address
 * has a new run already. When {@link #of_a_run_spoken_to_before_that_a_death_is_not_heard_of}
 * fails, Pekko hears of it, and no node need wait any more: see
 * docs/adr/0013-no-two-runs-at-one-address.md.
 */
class TwoRunsAtOneAddressTest {
  private static final Duration WITHIN = Duration.ofSeconds(20);

  private final List<ActorSystem> systems = new ArrayList<>();
  private TestKit here;
  private Address place;
  private long firstRun;
  private ActorSystem secondRun;

  /** Does nothing but live. */
  static final class Living extends AbstractActor {
    @Override
    public Receive createReceive() {
      return receiveBuilder().build();
    }
  }

  @BeforeEach
  void twoRuns() throws Exception {
    here = new TestKit(start(0));
    var first = start(0);
    place = first.provider().getDefaultAddress();
    firstRun = AddressUidExtension.get(first).longAddressUid();
    var _ = watched(first, "first");
    TestKit.shutdownActorSystem(first);
    secondRun = start((int) place.port().get());
  }

  @AfterEach
  void end() {
    systems.forEach(TestKit::shutdownActorSystem);
  }

  @Test
  void of_a_run_spoken_to_before_that_a_death_is_not_heard_of() throws Exception {
    speakToSecondRun();

    remove(firstRun);
    secondRun.stop(watched(secondRun, "dies"));

    assertThatThrownBy(() -> awaitEnd("dies", Duration.ofSeconds(3)))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void without_that_removal_it_is() throws Exception {
    speakToSecondRun();

    secondRun.stop(watched(secondRun, "dies"));

    awaitEnd("dies", WITHIN);
  }

  /** As the cluster does when a member is removed. */
  private void remove(long run) {
    ((RemoteActorRefProvider) ((ExtendedActorSystem) here.getSystem()).provider())
        .quarantine(place, Option.apply(run), "removed");
  }

  /**
   * Until a death is heard of. While a connection is made anew, what is told over it may be lost,
   * deaths among it, also where nobody was removed.
   */
  private void speakToSecondRun() {
    var tries = new AtomicInteger();
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> {
          String name = "spoken-to-" + tries.incrementAndGet();
          secondRun.stop(watched(secondRun, name));
          awaitEnd(name, WITHIN.dividedBy(4));
        });
  }

  private void awaitEnd(String name, Duration within) {
    var end =
        here.fishForMessage(
            within,
            "the end of " + name,
            each -> each instanceof Terminated told && told.actor().path().name().equals(name));
    assertThat(end).isInstanceOf(Terminated.class);
  }

  private ActorRef watched(ActorSystem there, String name) {
    var actor = there.actorOf(Props.create(Living.class), name);
    var selection = here.getSystem().actorSelection(place + "/user/" + name);
    // What is sent while a connection is made anew may be lost: it is asked for again.
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(
            () ->
                here.watch(
                    selection
                        .resolveOne(Duration.ofSeconds(1))
                        .toCompletableFuture()
                        .get(WITHIN.toSeconds(), TimeUnit.SECONDS)),
            _ -> true);
    return actor;
  }

  /** Without heartbeats, which between members come from the cluster. */
  private ExtendedActorSystem start(int port) {
    Config config =
        ConfigFactory.parseMap(
                Map.of(
                    "pekko.actor.provider", "remote",
                    "pekko.loglevel", "OFF",
                    "pekko.stdout-loglevel", "OFF",
                    "pekko.remote.use-unsafe-remote-features-outside-cluster", true,
                    "pekko.remote.artery.transport", "tcp",
                    "pekko.remote.artery.canonical.hostname", "127.0.0.1",
                    "pekko.remote.artery.canonical.port", port,
                    "pekko.remote.watch-failure-detector.heartbeat-interval", "1h",
                    "pekko.remote.watch-failure-detector.acceptable-heartbeat-pause", "3h"))
            .withFallback(ConfigFactory.defaultReference());
    var system = (ExtendedActorSystem) ActorSystem.create("twice", config);
    systems.add(system);
    return system;
  }
}
