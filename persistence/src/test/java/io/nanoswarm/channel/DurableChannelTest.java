package io.nanoswarm.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.nanoswarm.channel.DurableChannel.Command;
import io.nanoswarm.channel.DurableChannel.Delivery;
import io.nanoswarm.channel.DurableChannel.Notice;
import io.nanoswarm.channel.DurableChannel.Oldest;
import io.nanoswarm.channel.DurableChannel.Publish;
import io.nanoswarm.channel.DurableChannel.PublishReply;
import io.nanoswarm.channel.DurableChannel.Published;
import io.nanoswarm.channel.DurableChannel.Subscribe;
import io.nanoswarm.channel.DurableChannel.Subscribed;
import io.nanoswarm.channel.DurableChannel.TooLarge;
import io.nanoswarm.channel.DurableChannelEvent.MessagePublished;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LogCapturingExtension.class)
class DurableChannelTest {
  private static final DurableChannelSettings SETTINGS =
      new DurableChannelSettings(3, 100_000, 5, 2, Duration.ofMinutes(1));

  private static final ActorTestKit kit =
      ActorTestKit.create(
          ConfigFactory.parseResources("swarm-serialization.conf")
              .withFallback(EventSourcedBehaviorTestKit.config())
              .withFallback(ConfigFactory.load()));

  private final TestProbe<ClusterSharding.ShardCommand> shard = kit.createTestProbe();
  private final TestProbe<Notice> subscriber = kit.createTestProbe();
  private final EventSourcedBehaviorTestKit<Command, DurableChannelEvent, DurableChannelState>
      channel =
          EventSourcedBehaviorTestKit.create(
              kit.system(),
              DurableChannel.create("news", SETTINGS, shard.ref()),
              EventSourcedBehaviorTestKit.enabledSerializationSettings().withVerifyEquality(true));

  @BeforeEach
  void empty() {
    channel.clear();
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void what_was_published_is_stored_and_offsets_are_gapless_from_one() {
    assertThat(publish("one")).isEqualTo(new Published(1));
    assertThat(publish("two")).isEqualTo(new Published(2));

    channel.restart();
    channel.runCommand(new Subscribe(0, subscriber.ref()));

    expectSubscribed(2);
    subscriber.expectMessage(new Delivery(1, "one"));
    subscriber.expectMessage(new Delivery(2, "two"));
  }

  @Test
  void a_subscriber_hears_what_comes_after_the_offset_it_names_and_then_live() {
    publish("one");
    publish("two");

    channel.runCommand(new Subscribe(1, subscriber.ref()));
    publish("three");

    expectSubscribed(2);
    subscriber.expectMessage(new Delivery(2, "two"));
    subscriber.expectMessage(new Delivery(3, "three"));
    subscriber.expectNoMessage();
  }

  @Test
  void a_subscriber_that_comes_too_late_is_told_the_oldest_offset_kept() {
    List.of("1", "2", "3", "4", "5").forEach(this::publish);

    channel.runCommand(new Subscribe(0, subscriber.ref()));

    expectSubscribed(5);
    subscriber.expectMessage(new Oldest(3));
    subscriber.expectMessage(new Delivery(3, "3"));
    subscriber.expectMessage(new Delivery(4, "4"));
    subscriber.expectMessage(new Delivery(5, "5"));
  }

  @Test
  void messages_beyond_the_bytes_kept_are_dropped() {
    var wide = "x".repeat(60_000);
    publish(wide);
    publish(wide);

    assertThat(channel.getState().oldest()).isEqualTo(2);
    assertThat(channel.getState().bytes()).isEqualTo(60_000);
  }

  @Test
  void offsets_go_on_after_snapshots_and_a_restart() {
    for (int i = 1; i <= 12; i++) {
      publish("message " + i);
    }

    channel.restart();

    assertThat(publish("next")).isEqualTo(new Published(13));
    assertThat(channel.getState().kept()).containsExactly("message 11", "message 12", "next");
  }

  @Test
  void a_message_that_is_too_large_is_refused() {
    int limit = DurableChannel.MAX_MESSAGE_BYTES;

    assertThat(publish("x".repeat(limit + 1))).isEqualTo(new TooLarge(limit + 1, limit));
    assertThat(publish("x".repeat(limit))).isEqualTo(new Published(1));
  }

  @Test
  void subscribers_outlive_a_failed_write_and_miss_nothing() {
    var replies = kit.<PublishReply>createTestProbe();
    var entity = kit.spawn(DurableChannel.create("failing", SETTINGS, shard.ref()));
    entity.tell(new Subscribe(0, subscriber.ref()));
    expectSubscribed(0);
    PersistenceTestKit.create(kit.system()).failNextPersisted("durable-channel|failing");

    entity.tell(new Publish("lost", replies.ref()));
    entity.tell(new Publish("kept", replies.ref()));

    replies.expectMessage(new Published(1));
    subscriber.expectMessage(new Delivery(1, "kept"));
    replies.expectNoMessage();
    kit.stop(entity);
  }

  @Test
  void an_idle_channel_leaves_memory_once_nobody_is_subscribed() {
    var idle = Duration.ofMillis(200);
    var entity =
        kit.spawn(
            DurableChannel.create(
                "idle", new DurableChannelSettings(3, 100_000, 5, 2, idle), shard.ref()));
    entity.tell(new Subscribe(0, subscriber.ref()));

    shard.expectNoMessage(idle.multipliedBy(2));
    subscriber.stop();

    assertThat(shard.receiveMessage()).isInstanceOf(ClusterSharding.Passivate.class);
    kit.stop(entity);
  }

  @Test
  void the_only_event_meets_an_empty_and_a_full_channel() {
    var empty = DurableChannelState.EMPTY;
    var full = new DurableChannelState(4, List.of("a", "b", "c"), 3);

    assertThat(DurableChannelEvent.class.getPermittedSubclasses())
        .containsExactly(MessagePublished.class);
    assertThat(empty.apply(new MessagePublished(1, "a", 1)))
        .isEqualTo(new DurableChannelState(1, List.of("a"), 1));
    assertThat(full.apply(full.published("dd", 3, 100)))
        .isEqualTo(new DurableChannelState(5, List.of("b", "c", "dd"), 4));
  }

  @Test
  void an_offset_out_of_turn_means_a_corrupt_journal() {
    var state = new DurableChannelState(4, List.of("a"), 1);

    assertThatThrownBy(() -> state.apply(new MessagePublished(6, "b", 4)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> state.apply(new MessagePublished(5, "b", 3)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void every_message_survives_the_wire() {
    var to = kit.<Object>createTestProbe().ref();
    var messages =
        List.of(
            new Publish("text", to.unsafeUpcast()),
            new Published(1),
            new TooLarge(2, 1),
            new Subscribe(0, to.unsafeUpcast()),
            new Subscribed(to.unsafeUpcast(), 1),
            new Oldest(2),
            new Delivery(2, "text"));

    messages.forEach(each -> kit.serializationTestKit().verifySerialization(each, true));
  }

  private PublishReply publish(String text) {
    return channel.<PublishReply>runCommand(to -> new Publish(text, to)).reply();
  }

  private void expectSubscribed(long latest) {
    assertThat(subscriber.expectMessageClass(Subscribed.class).latest()).isEqualTo(latest);
  }
}
