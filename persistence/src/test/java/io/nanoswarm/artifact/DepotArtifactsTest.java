package io.nanoswarm.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DepotArtifactsTest {
  private static final ActorTestKit kit =
      ActorTestKit.create(
          ConfigFactory.parseResources("swarm-serialization.conf")
              .withFallback(ConfigFactory.load()));

  private static final byte[] CONTENT = DepotTest.content(3 * Depot.PART_BYTES + 17);
  private static final ArtifactRef REF = ArtifactRef.of(CONTENT);

  @TempDir private Path folder;
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
  private final TestProbe<ClusterSharding.ShardCommand> shard = kit.createTestProbe();
  private FileArtifactStore control;
  private final AtomicInteger away = new AtomicInteger();
  private ActorRef<ShardingEnvelope<Depot.Command>> depots;

  @BeforeEach
  void open() {
    control = new FileArtifactStore(folder.resolve("control"));
    depots = kit.spawn(region());
  }

  @AfterEach
  void close() {
    kit.stop(depots);
    blocking.close();
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  /** As sharding does: one depot for each hash. */
  private Behavior<ShardingEnvelope<Depot.Command>> region() {
    return Behaviors.setup(context -> {
      Map<String, ActorRef<Depot.Command>> started = new HashMap<>();
      return Behaviors.receiveMessage(envelope -> {
        started
            .computeIfAbsent(
                envelope.entityId(),
                id -> context.spawn(Depot.create(shard.getRef(), awayAtFirst(), blocking), id))
            .tell(envelope.message());
        return Behaviors.same();
      });
    });
  }

  /** The control nodes' store, which cannot be reached as often as {@link #away} says. */
  private ArtifactStore awayAtFirst() {
    return new ArtifactStore() {
      @Override
      public ArtifactRef put(byte[] content) throws IOException {
        reach();
        return control.put(content);
      }

      @Override
      public byte[] get(ArtifactRef ref) throws IOException {
        reach();
        return control.get(ref);
      }

      private void reach() throws IOException {
        if (away.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
          throw new ArtifactsAway("the database is away", new IOException("no route"));
        }
      }
    };
  }

  @Test
  void what_one_node_puts_is_with_the_control_nodes_and_another_gets_it() throws IOException {
    assertThat(node("one").put(CONTENT)).isEqualTo(REF);

    assertThat(control.get(REF)).isEqualTo(CONTENT);
    assertThat(node("two").get(REF)).isEqualTo(CONTENT);
  }

  @Test
  void nothing_is_something() throws IOException {
    var ref = node("one").put(new byte[0]);

    assertThat(node("two").get(ref)).isEmpty();
  }

  @Test
  void nodes_that_put_the_same_at_once_all_succeed() throws Exception {
    List<Callable<ArtifactRef>> puts =
        List.of(
            () -> node("one").put(CONTENT),
            () -> node("two").put(CONTENT),
            () -> node("three").put(CONTENT));

    for (var put : blocking.invokeAll(puts)) {
      assertThat(put.get()).isEqualTo(REF);
    }

    assertThat(control.get(REF)).isEqualTo(CONTENT);
  }

  @Test
  void what_was_got_once_is_not_asked_for_again() throws IOException {
    control.put(CONTENT);
    node("one").get(REF);
    TestProbe<ShardingEnvelope<Depot.Command>> asked = kit.createTestProbe();

    assertThat(node("one", asked.getRef()).get(REF)).isEqualTo(CONTENT);

    asked.expectNoMessage();
  }

  @Test
  void a_store_that_is_away_is_waited_for_by_who_gets() throws IOException {
    control.put(CONTENT);
    away.set(3);

    assertThat(node("one").get(REF)).isEqualTo(CONTENT);
    assertThat(away).hasValue(0);
  }

  @Test
  void a_store_that_is_away_is_waited_for_by_who_puts() throws IOException {
    away.set(3);

    assertThat(node("one").put(CONTENT)).isEqualTo(REF);
    assertThat(control.get(REF)).isEqualTo(CONTENT);
  }

  @Test
  void a_store_that_goes_away_while_parts_come_is_waited_for() throws IOException {
    var seen = new AtomicBoolean();
    ActorRef<ShardingEnvelope<Depot.Command>> real = depots;
    ActorRef<ShardingEnvelope<Depot.Command>> goingAway =
        kit.spawn(
            Behaviors.receiveMessage(envelope -> {
              if (envelope.message() instanceof Depot.Write && !seen.getAndSet(true)) {
                away.set(2);
              }
              real.tell(envelope);
              return Behaviors.same();
            }));

    assertThat(node("one", goingAway).put(CONTENT)).isEqualTo(REF);
    assertThat(control.get(REF)).isEqualTo(CONTENT);
    assertThat(away).hasValue(0);
  }

  @Test
  void a_store_that_stays_away_is_said_to_be_away() {
    away.set(Integer.MAX_VALUE);
    var clock = new AtomicReference<>(Instant.EPOCH);
    // As when it takes long until the database is said to be away.
    InstantSource slow = () -> clock.getAndUpdate(now -> now.plusSeconds(9));
    var node =
        new DepotArtifacts(copies("one"), depots, kit.system(), slow, DepotArtifacts.PATIENCE);

    assertThatThrownBy(() -> node.get(REF))
        .isInstanceOf(ArtifactsAway.class)
        .hasMessage("artifact %s: the database is away", REF.sha256());
    assertThat(Integer.MAX_VALUE - away.get()).isEqualTo(5);
    assertThatThrownBy(() -> node.put(CONTENT))
        .isInstanceOf(ArtifactsAway.class)
        .hasMessage("artifact %s: the database is away", REF.sha256());
  }

  @Test
  void what_nobody_has_is_named() {
    assertThatThrownBy(() -> node("one").get(REF))
        .isInstanceOf(IOException.class)
        .hasMessage("artifact %s is not kept here", REF.sha256());
  }

  @Test
  void content_that_is_damaged_with_the_control_nodes_is_not_handed_out() throws IOException {
    control.put(CONTENT);
    Files.write(
        folder
            .resolve("control")
            .resolve(REF.sha256().substring(0, 2))
            .resolve(REF.sha256().substring(2)),
        "other".getBytes(UTF_8));

    assertThatThrownBy(() -> node("one").get(REF))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(REF.sha256())
        .hasMessageContaining("do not match");
  }

  @Test
  void content_that_was_damaged_on_the_way_is_not_taken() {
    ActorRef<ShardingEnvelope<Depot.Command>> damaging =
        kit.spawn(
            Behaviors.receiveMessage(envelope -> {
              if (envelope.message() instanceof Depot.Read(_, int from, var replyTo)) {
                int length = Math.min(Depot.PART_BYTES, CONTENT.length - from);
                replyTo.tell(new Depot.Part(from, new byte[length]));
              }
              return Behaviors.same();
            }));

    assertThatThrownBy(() -> node("one", damaging).get(REF))
        .isInstanceOf(IOException.class)
        .hasMessage("artifact %s: what came has another hash", REF.sha256());
  }

  @Test
  void what_is_larger_than_a_depot_holds_is_not_asked_for() {
    assertThatThrownBy(() -> node("one").get(new ArtifactRef(REF.sha256(), Depot.MOST_BYTES + 1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(REF.sha256())
        .hasMessageContaining("larger than the control nodes hand out");
  }

  private DepotArtifacts node(String name) {
    return node(name, depots);
  }

  private DepotArtifacts node(String name, ActorRef<ShardingEnvelope<Depot.Command>> region) {
    return new DepotArtifacts(
        copies(name), region, kit.system(), InstantSource.system(), Duration.ofSeconds(5));
  }

  private ArtifactCopies copies(String name) {
    return new ArtifactCopies(folder.resolve(name), Long.MAX_VALUE, InstantSource.system());
  }
}
