package io.nanoswarm.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.nanoswarm.channel.DurableChannel;
import io.nanoswarm.channel.DurableChannelSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.apache.pekko.stream.BufferOverflowException;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The bus on a control node, and on a worker node that runs no shards. */
@ExtendWith(LogCapturingExtension.class)
class SwarmBusTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final DurableChannelSettings DURABLE =
      new DurableChannelSettings(5, 100_000, 100, 2, Duration.ofMinutes(1));

  private static final ActorTestKit control = ActorTestKit.create("swarm", node("control"));
  private static final ActorTestKit worker = ActorTestKit.create("swarm", node("worker"));
  private static final BusSettings SETTINGS = BusSettings.create(control.system());

  private static final AtomicInteger spoken = new AtomicInteger();

  private static MessageBus here;
  private static MessageBus there;
  private static ActorRef<ShardingEnvelope<ChannelHub.Command>> hubs;
  private static ActorRef<ShardingEnvelope<DurableChannel.Command>> channels;

  @BeforeAll
  static void formCluster() throws Exception {
    var seed = Cluster.get(control.system()).selfMember().address();
    Cluster.get(control.system()).manager().tell(Join.create(seed));
    Cluster.get(worker.system()).manager().tell(Join.create(seed));
    worker
        .createTestProbe()
        .awaitAssert(
            LONG,
            () -> {
              assertThat(Cluster.get(worker.system()).selfMember().status())
                  .isEqualTo(MemberStatus.up());
              return null;
            });
    hubs = ChannelHub.initSharding(control.system(), SETTINGS);
    channels = DurableChannel.initSharding(control.system(), DURABLE);
    here = bus(control);
    there = bus(worker);
  }

  @AfterAll
  static void stop() {
    worker.shutdownTestKit();
    control.shutdownTestKit();
  }

  @Test
  void a_local_channel_is_heard_in_the_order_of_its_publisher() {
    var subscriber = control.<BusMessage>createTestProbe();
    var channel = Channel.local("local/order");
    here.subscribe(channel, 0, subscriber.ref());

    IntStream.range(0, 100).forEach(i -> join(here.publish(channel, "m" + i)));

    assertThat(texts(subscriber, 100))
        .isEqualTo(IntStream.range(0, 100).mapToObj(i -> "m" + i).toList());
  }

  @Test
  void a_local_channel_is_not_heard_in_another_jvm() {
    var subscriber = worker.<BusMessage>createTestProbe();
    var channel = Channel.local("local/only");
    there.subscribe(channel, 0, subscriber.ref());

    join(here.publish(channel, "unheard"));

    subscriber.expectNoMessage();
  }

  @Test
  void subscribing_again_replaces_the_subscription() {
    var subscriber = control.<BusMessage>createTestProbe();
    var one = Channel.local("local/one");
    var two = Channel.local("local/two");
    here.subscribe(one, 0, subscriber.ref());
    here.subscribe(one, 0, subscriber.ref());
    here.subscribe(two, 0, subscriber.ref());

    join(here.publish(one, "once"));
    join(here.publish(two, "as well"));

    assertThat(texts(subscriber, 2)).containsExactly("once", "as well");
    subscriber.expectNoMessage();
  }

  @Test
  void a_cluster_channel_is_heard_on_any_node_in_the_order_of_each_publisher() {
    var channel = Channel.cluster("cluster/order");
    var onControl = listening(control, here, channel);
    var onWorker = listening(worker, there, channel);
    var now = sayNow(here, channel);
    hearOut(onControl, now);
    hearOut(onWorker, now);

    IntStream.range(0, 50).forEach(i -> join(there.publish(channel, "w" + i)));
    var fromWorker = IntStream.range(0, 50).mapToObj(i -> "w" + i).toList();
    assertThat(texts(onControl, 50)).isEqualTo(fromWorker);
    assertThat(texts(onWorker, 50)).isEqualTo(fromWorker);

    join(here.publish(channel, "c"));
    assertThat(texts(onControl, 1)).containsExactly("c");
    assertThat(texts(onWorker, 1)).containsExactly("c");
  }

  @Test
  void a_cluster_channel_tells_nothing_from_before_the_subscription() {
    var channel = Channel.cluster("cluster/before");
    var first = listening(control, here, channel);
    join(here.publish(channel, "before"));
    assertThat(texts(first, 1)).containsExactly("before");

    var second = worker.<BusMessage>createTestProbe();
    there.subscribe(channel, 0, second.ref());

    second.expectNoMessage(Duration.ofMillis(500));
  }

  @Test
  void a_cluster_subscription_outlives_its_hub() {
    var channel = Channel.cluster("cluster/moves");
    var subscriber = listening(worker, there, channel);
    var notices = control.<ChannelHub.Notice>createTestProbe();
    hubs.tell(new ShardingEnvelope<>(channel.name(), new ChannelHub.Subscribe(notices.ref())));

    kill(notices.expectMessageClass(ChannelHub.Subscribed.class).hub());

    awaitHeard(subscriber, here, channel);
  }

  @Test
  void a_durable_message_is_stored_before_it_is_confirmed() {
    join(there.publish(Channel.durable("durable/stored"), "kept"));

    assertThat(
            PersistenceTestKit.create(control.system())
                .persistedInStorage("durable-channel|durable/stored"))
        .hasSize(1);
  }

  @Test
  void a_durable_channel_is_heard_in_order_from_the_offset_asked_for() {
    var subscriber = worker.<BusMessage>createTestProbe();
    var channel = Channel.durable("durable/order");
    List.of("1", "2", "3").forEach(text -> join(here.publish(channel, text)));

    there.subscribe(channel, 1, subscriber.ref());
    join(there.publish(channel, "4"));

    assertThat(messages(subscriber, 3))
        .containsExactly(
            new BusMessage(channel, 2, "2"),
            new BusMessage(channel, 3, "3"),
            new BusMessage(channel, 4, "4"));
    subscriber.expectNoMessage();
  }

  @Test
  void a_durable_subscriber_that_comes_too_late_begins_with_the_first_offset_left() {
    var subscriber = control.<BusMessage>createTestProbe();
    var channel = Channel.durable("durable/late");
    IntStream.rangeClosed(1, 7).forEach(i -> join(here.publish(channel, "" + i)));

    here.subscribe(channel, 0, subscriber.ref());

    assertThat(messages(subscriber, 5)).extracting(BusMessage::offset).startsWith(3L).endsWith(7L);
  }

  @Test
  void a_durable_subscription_outlives_its_channels_entity_and_misses_nothing() {
    var subscriber = worker.<BusMessage>createTestProbe();
    var channel = Channel.durable("durable/moves");
    there.subscribe(channel, 0, subscriber.ref());
    join(here.publish(channel, "1"));
    assertThat(texts(subscriber, 1)).containsExactly("1");
    var notices = control.<DurableChannel.Notice>createTestProbe();
    channels.tell(
        new ShardingEnvelope<>(channel.name(), new DurableChannel.Subscribe(1, notices.ref())));

    var entity = notices.expectMessageClass(DurableChannel.Subscribed.class).channel();
    kill(entity);
    notices.expectTerminated(entity);
    publishToASuccessor(channel, "2");
    join(here.publish(channel, "3"));

    assertThat(texts(subscriber, 2)).containsExactly("2", "3");
    subscriber.expectNoMessage();
  }

  /**
   * The shard may hear of the death later than we do, and lose what it hands to the dead:
   * publishing is one try.
   */
  private void publishToASuccessor(Channel channel, String text) {
    try {
      join(here.publish(channel, text));
    } catch (CompletionException e) {
      assertThat(e).hasCauseInstanceOf(TimeoutException.class);
      join(here.publish(channel, text));
    }
  }

  @Test
  void a_message_larger_than_the_limit_is_refused_on_every_channel() {
    var wide = "ä".repeat(MessageBus.MAX_BYTES / 2) + "!";

    for (Channel channel :
        List.of(Channel.local("wide"), Channel.cluster("wide"), Channel.durable("wide"))) {
      assertThatThrownBy(() -> join(here.publish(channel, wide)))
          .hasRootCauseInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("65537 bytes (expected: at most 65536");
    }
  }

  @Test
  void a_stream_hears_what_a_subscriber_hears() {
    var channel = Channel.durable("durable/stream");
    join(here.publish(channel, "1"));

    var heard = here.subscribe(channel, 0).take(2).runWith(Sink.seq(), control.system());
    join(here.publish(channel, "2"));

    assertThat(join(heard)).extracting(BusMessage::text).containsExactly("1", "2");
  }

  @Test
  void a_stream_whose_reader_is_slower_than_the_buffer_fails() {
    var channel = Channel.local("local/slow");
    var never = new CompletableFuture<BusMessage>();
    var done =
        here.subscribe(channel, 0).mapAsync(1, _ -> never).runWith(Sink.ignore(), control.system());

    IntStream.range(0, 2 * SwarmBus.BUFFER).forEach(i -> join(here.publish(channel, "m" + i)));

    assertThatThrownBy(() -> join(done)).hasRootCauseInstanceOf(BufferOverflowException.class);
  }

  @Test
  void every_message_survives_the_wire() {
    var to = control.<Object>createTestProbe().ref();
    var messages =
        List.of(
            new BusMessage(Channel.durable("a/b"), 1, "text"),
            new ChannelHub.Publish("text"),
            new ChannelHub.Subscribe(to.unsafeUpcast()),
            new ChannelHub.Subscribed(to.unsafeUpcast()),
            new ChannelHub.Said("text"));

    messages.forEach(each -> control.serializationTestKit().verifySerialization(each, true));
  }

  /** A probe that has heard the channel once, and all that was said until now. */
  private static TestProbe<BusMessage> listening(
      ActorTestKit kit, MessageBus bus, Channel channel) {
    var probe = kit.<BusMessage>createTestProbe();
    bus.subscribe(channel, 0, probe.ref());
    awaitHeard(probe, bus, channel);
    return probe;
  }

  private static void awaitHeard(TestProbe<BusMessage> probe, MessageBus bus, Channel channel) {
    probe.awaitAssert(
        LONG,
        () -> {
          join(bus.publish(channel, "hello?"));
          return probe.receiveMessage(Duration.ofMillis(100));
        });
    hearOut(probe, sayNow(bus, channel));
  }

  private static String sayNow(MessageBus bus, Channel channel) {
    var now = "now " + spoken.incrementAndGet();
    join(bus.publish(channel, now));
    return now;
  }

  private static void hearOut(TestProbe<BusMessage> probe, String last) {
    probe.fishForMessage(
        LONG,
        message ->
            message.text().equals(last)
                ? FishingOutcomes.complete()
                : FishingOutcomes.continueAndIgnore());
  }

  private static List<BusMessage> messages(TestProbe<BusMessage> probe, int count) {
    return new ArrayList<>(probe.receiveSeveralMessages(count, LONG));
  }

  private static List<String> texts(TestProbe<BusMessage> probe, int count) {
    return messages(probe, count).stream().map(BusMessage::text).toList();
  }

  private static void kill(ActorRef<?> ref) {
    Adapter.toClassic(ref)
        .tell(PoisonPill.getInstance(), org.apache.pekko.actor.ActorRef.noSender());
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(LONG.toSeconds(), TimeUnit.SECONDS).join();
  }

  private static MessageBus bus(ActorTestKit kit) throws Exception {
    var bus = new CompletableFuture<MessageBus>();
    kit.spawn(
        Behaviors.setup(context -> {
          bus.complete(
              SwarmBus.create(context, seenFrom(kit, hubs), seenFrom(kit, channels), SETTINGS));
          return Behaviors.empty();
        }));
    return bus.get(5, TimeUnit.SECONDS);
  }

  /** As a worker is given it: over the wire. */
  private static <T> ActorRef<T> seenFrom(ActorTestKit kit, ActorRef<T> ref) {
    var text = ActorRefResolver.get(control.system()).toSerializationFormat(ref);
    return ActorRefResolver.get(kit.system()).resolveActorRef(text);
  }

  private static Config node(String role) {
    return ConfigFactory.parseString(
            """
            pekko.actor.provider = cluster
            pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
            pekko.cluster {
              roles = [%s]
              leader-actions-interval = 100ms
              periodic-tasks-initial-delay = 50ms
              jmx.multi-mbeans-in-same-jvm = on
            }
            pekko.coordinated-shutdown.run-by-actor-system-terminate = off
            swarm.bus.renew-every = 300ms
            """
                .formatted(role))
        .withFallback(ConfigFactory.parseResources("swarm-serialization.conf"))
        .withFallback(PersistenceTestKitPlugin.config())
        .withFallback(PersistenceTestKitSnapshotPlugin.config())
        .withFallback(ConfigFactory.load());
  }
}
