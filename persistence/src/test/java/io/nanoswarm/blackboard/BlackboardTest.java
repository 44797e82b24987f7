package io.nanoswarm.blackboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.nanoswarm.blackboard.Blackboard.AttemptSuperseded;
import io.nanoswarm.blackboard.Blackboard.Command;
import io.nanoswarm.blackboard.Blackboard.Conflict;
import io.nanoswarm.blackboard.Blackboard.EndAttempt;
import io.nanoswarm.blackboard.Blackboard.Entries;
import io.nanoswarm.blackboard.Blackboard.EntryChanged;
import io.nanoswarm.blackboard.Blackboard.Full;
import io.nanoswarm.blackboard.Blackboard.Measure;
import io.nanoswarm.blackboard.Blackboard.Notice;
import io.nanoswarm.blackboard.Blackboard.Post;
import io.nanoswarm.blackboard.Blackboard.PostReply;
import io.nanoswarm.blackboard.Blackboard.Posted;
import io.nanoswarm.blackboard.Blackboard.Read;
import io.nanoswarm.blackboard.Blackboard.Subscribe;
import io.nanoswarm.blackboard.Blackboard.Subscribed;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.testkit.ProcessingSuccess;
import org.apache.pekko.persistence.testkit.WriteEvents;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LogCapturingExtension.class)
class BlackboardTest {
  private static final SessionId SESSION = new SessionId("goal-1");
  private static final String PERSISTENCE_ID = "blackboard|goal-1";
  private static final TaskId TASK = TaskId.of(SESSION, "read");
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final Author FIRST = author(1);
  private static final Author SECOND = author(2);
  private static final EntryPath A = EntryPath.in(Section.FINDINGS, "a");
  private static final EntryPath B = EntryPath.in(Section.FINDINGS, "b");
  private static final BlackboardSettings SETTINGS =
      new BlackboardSettings(3, 2 * Draft.MAX_BYTES + 100, 100, 2, Duration.ofMinutes(1));

  private static final ActorTestKit kit =
      ActorTestKit.create(
          ConfigFactory.parseResources("swarm-serialization.conf")
              .withFallback(EventSourcedBehaviorTestKit.config())
              .withFallback(ConfigFactory.load()));

  private volatile ActorRef<Command> ref;
  private final TestProbe<ClusterSharding.ShardCommand> shard = kit.createTestProbe();
  private final EventSourcedBehaviorTestKit<Command, BlackboardEvent, BlackboardState> blackboard =
      EventSourcedBehaviorTestKit.create(
          kit.system(),
          Behaviors.setup(context -> {
            ref = context.getSelf();
            return Blackboard.create(SESSION, SETTINGS, InstantSource.fixed(NOW), shard.ref());
          }),
          EventSourcedBehaviorTestKit.enabledSerializationSettings().withVerifyEquality(true));

  @BeforeEach
  void empty() {
    blackboard.clear();
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void what_was_posted_is_stored() {
    var reply = post(draft(A, "one"), FIRST);

    blackboard.restart();

    assertThat(reply).isEqualTo(new Posted(new Entry(1, draft(A, "one"), FIRST, NOW, false)));
    assertThat(read(true)).containsExactly(((Posted) reply).entry());
  }

  @Test
  void posting_the_same_twice_is_posting_it_once() {
    var first = post(draft(A, "one"), FIRST);

    var again = blackboard.<PostReply>runCommand(to -> post(draft(A, "one"), FIRST, 0, to));

    assertThat(again.hasNoEvents()).isTrue();
    assertThat(again.reply()).isEqualTo(first);
  }

  @Test
  void an_older_attempt_posts_nothing_more_once_a_newer_one_has_posted() {
    post(draft(A, "new"), SECOND);

    assertThat(post(draft(B, "old"), FIRST))
        .isEqualTo(new AttemptSuperseded(TASK, new Fence(1, 1), new Fence(1, 2)));
  }

  @Test
  void the_first_post_of_a_newer_attempt_marks_what_older_ones_left() {
    post(draft(A, "old a"), FIRST);
    post(draft(B, "old b"), FIRST);

    post(draft(A, "new a"), SECOND);

    assertThat(read(true)).extracting(Entry::unfinished).containsExactly(false, true);
    assertThat(read(true)).extracting(Entry::revision).containsExactly(4L, 3L);
    assertThat(read(false)).extracting(Entry::path).containsExactly(A);
  }

  @Test
  void an_ended_attempt_posts_nothing_more_and_its_entries_are_marked() {
    post(draft(A, "one"), FIRST);

    end(FIRST, false);

    assertThat(read(true)).allMatch(Entry::unfinished);
    assertThat(post(draft(B, "two"), FIRST)).isInstanceOf(AttemptSuperseded.class);
    assertThat(post(draft(B, "two"), SECOND)).isInstanceOf(Posted.class);
  }

  @Test
  void a_settled_task_is_closed_to_its_attempt_and_all_before_it() {
    end(SECOND, true);

    assertThat(post(draft(A, "late"), FIRST)).isInstanceOf(AttemptSuperseded.class);
    assertThat(post(draft(A, "late"), SECOND)).isInstanceOf(AttemptSuperseded.class);
  }

  @Test
  void a_settled_task_that_is_tried_again_replaces_what_it_had_posted() {
    post(draft(A, "old a"), FIRST);
    post(draft(B, "old b"), FIRST);
    end(FIRST, true);

    post(draft(A, "new a"), SECOND);

    assertThat(read(false)).extracting(entry -> entry.draft().content()).containsExactly("new a");
    end(SECOND, true);
    assertThat(post(draft(B, "late"), SECOND)).isInstanceOf(AttemptSuperseded.class);
  }

  @Test
  void the_end_of_an_earlier_attempt_that_is_told_late_marks_nothing_of_a_later_one() {
    end(FIRST, true);
    post(draft(A, "new"), SECOND);

    end(FIRST, true);

    assertThat(read(false)).extracting(entry -> entry.draft().content()).containsExactly("new");
  }

  @Test
  void what_comes_during_a_write_is_stored_by_one_write_and_answered_each() {
    var paths = List.of(A, B, EntryPath.in(Section.FINDINGS, "c"));
    var replies = kit.<PostReply>createTestProbe();
    var subscriber = kit.<Notice>createTestProbe();
    blackboard.runCommand(new Subscribe(0, subscriber.ref()));
    assertThat(subscriber.receiveMessage()).isInstanceOf(Subscribed.class);
    var allTold = new CountDownLatch(1);
    var writes = new AtomicInteger();
    blackboard
        .persistenceTestKit()
        .withPolicy((_, operation) -> {
          if (operation instanceof WriteEvents) {
            writes.incrementAndGet();
            await(allTold);
          }
          return ProcessingSuccess.getInstance();
        });

    for (int i = 0; i < 30; i++) {
      ref.tell(post(draft(paths.get(i % 3), "text " + i), FIRST, i < 3 ? 0 : i - 2, replies.ref()));
    }
    ref.tell(post(draft(A, "lost update"), FIRST, 1, replies.ref()));
    allTold.countDown();

    for (int i = 0; i < 30; i++) {
      assertThat(replies.receiveMessage())
          .extracting(reply -> ((Posted) reply).entry().revision())
          .isEqualTo(i + 1L);
    }
    assertThat(replies.receiveMessage()).isEqualTo(new Conflict(A, 1, 28));
    assertThat(writes).hasValue(2);
    for (int i = 0; i < 30; i++) {
      assertThat(((EntryChanged) subscriber.receiveMessage()).entry().draft().content())
          .isEqualTo("text " + i);
    }
    blackboard.persistenceTestKit().resetPolicy();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void the_end_of_the_only_attempt_is_not_stored_and_closes_the_task_all_the_same() {
    post(draft(A, "kept"), FIRST);
    var fence = ((Author.Agent) FIRST).fence();

    var ended = blackboard.<Done>runCommand(to -> new EndAttempt(TASK, fence, true, true, to));

    assertThat(ended.hasNoEvents()).isTrue();
    assertThat(post(draft(B, "late"), FIRST)).isInstanceOf(AttemptSuperseded.class);
    assertThat(read(false)).extracting(Entry::path).containsExactly(A);
  }

  @Test
  void the_end_of_an_attempt_after_which_another_posted_is_stored_whatever_is_said_of_it() {
    post(draft(A, "of another"), FIRST);
    var fence = ((Author.Agent) SECOND).fence();

    var ended = blackboard.<Done>runCommand(to -> new EndAttempt(TASK, fence, true, true, to));

    assertThat(ended.event()).isInstanceOf(BlackboardEvent.AttemptSettled.class);
    assertThat(read(false)).isEmpty();
  }

  @Test
  void settling_marks_entries_of_other_attempts_only() {
    post(draft(A, "kept"), SECOND);

    end(SECOND, true);

    assertThat(read(false)).extracting(Entry::path).containsExactly(A);
  }

  @Test
  void settling_an_attempt_that_never_posted_marks_what_another_left() {
    post(draft(A, "left over"), FIRST);

    end(SECOND, true);

    assertThat(read(false)).isEmpty();
  }

  @Test
  void ending_an_attempt_twice_stores_nothing() {
    end(SECOND, false);

    assertThat(ended(SECOND, false).hasNoEvents()).isTrue();
    assertThat(ended(FIRST, false).hasNoEvents()).isTrue();
    end(SECOND, true);
    assertThat(ended(SECOND, true).hasNoEvents()).isTrue();
    assertThat(ended(FIRST, false).hasNoEvents()).isTrue();
  }

  @Test
  void the_end_of_an_old_attempt_does_not_touch_a_newer_one() {
    post(draft(A, "new"), SECOND);

    assertThat(ended(FIRST, false).hasNoEvents()).isTrue();

    assertThat(read(false)).hasSize(1);
  }

  @Test
  void an_expected_revision_refuses_lost_updates() {
    post(draft(A, "one"), FIRST);

    assertThat(post(draft(A, "two"), FIRST, 0)).isEqualTo(new Conflict(A, 0, 1));
    assertThat(post(draft(A, "two"), FIRST, 1)).isInstanceOf(Posted.class);
    assertThat(post(draft(B, "two"), FIRST, 7)).isEqualTo(new Conflict(B, 7, 0));
  }

  @Test
  void a_full_blackboard_refuses_further_paths() {
    post(draft(A, "1"), FIRST);
    post(draft(B, "2"), FIRST);
    post(draft(EntryPath.in(Section.FINDINGS, "c"), "3"), FIRST);

    assertThat(post(draft(EntryPath.in(Section.FINDINGS, "d"), "4"), FIRST))
        .isEqualTo(new Full(Measure.ENTRIES, 3));
    assertThat(post(draft(A, "5"), FIRST)).isInstanceOf(Posted.class);
  }

  @Test
  void a_full_blackboard_refuses_further_bytes() {
    post(draft(A, "a".repeat(Draft.MAX_BYTES)), FIRST);
    post(draft(B, "b".repeat(Draft.MAX_BYTES)), FIRST);

    assertThat(post(draft(EntryPath.in(Section.FINAL, "c"), "c".repeat(101)), FIRST))
        .isEqualTo(new Full(Measure.BYTES, SETTINGS.maxBytes()));
  }

  @Test
  void what_is_too_large_for_one_message_is_read_in_pages() {
    var wide = "x".repeat(Draft.MAX_BYTES - 10);
    post(draft(A, wide), FIRST);
    post(draft(B, wide), FIRST);
    post(draft(EntryPath.in(Section.FINAL, "c"), "y".repeat(21)), FIRST);

    var first = page(null);
    var second = page(first.next());

    assertThat(first.entries())
        .extracting(Entry::path)
        .containsExactly(EntryPath.in(Section.FINAL, "c"), A);
    assertThat(second.entries()).extracting(Entry::path).containsExactly(B);
    assertThat(second.next()).isNull();
  }

  @Test
  void a_subscriber_hears_what_stands_and_then_every_change_gapless() {
    var subscriber = kit.<Notice>createTestProbe();
    post(draft(A, "one"), FIRST);
    post(draft(A, "two"), FIRST);

    tell(new Subscribe(0, subscriber.ref()));
    post(draft(B, "three"), FIRST);
    end(FIRST, false);

    var subscribed = (Subscribed) subscriber.receiveMessage();
    assertThat(subscribed.revision()).isEqualTo(2);
    assertThat(changes(subscriber, 4))
        .extracting(change -> change.previous() + " to " + change.entry().revision())
        .containsExactly("0 to 2", "2 to 3", "3 to 4", "4 to 5");
  }

  @Test
  void a_subscriber_hears_nothing_up_to_the_revision_it_names() {
    var subscriber = kit.<Notice>createTestProbe();
    post(draft(A, "one"), FIRST);
    post(draft(B, "two"), FIRST);

    tell(new Subscribe(1, subscriber.ref()));

    subscriber.expectMessageClass(Subscribed.class);
    assertThat(changes(subscriber, 1).getFirst().entry().revision()).isEqualTo(2);
    subscriber.expectNoMessage();
  }

  @Test
  void subscribing_again_replaces_the_subscription() {
    var subscriber = kit.<Notice>createTestProbe();
    tell(new Subscribe(0, subscriber.ref()));
    tell(new Subscribe(0, subscriber.ref()));

    post(draft(A, "one"), FIRST);

    subscriber.expectMessageClass(Subscribed.class);
    subscriber.expectMessageClass(Subscribed.class);
    subscriber.expectMessageClass(EntryChanged.class);
    subscriber.expectNoMessage();
  }

  @Test
  void subscribers_outlive_a_failed_write_and_miss_nothing() {
    var subscriber = kit.<Notice>createTestProbe();
    var replies = kit.<PostReply>createTestProbe();
    var entity = spawn(SETTINGS);
    entity.tell(new Subscribe(0, subscriber.ref()));
    subscriber.expectMessageClass(Subscribed.class);
    PersistenceTestKit.create(kit.system()).failNextPersisted(PERSISTENCE_ID);

    entity.tell(post(draft(A, "lost"), FIRST, 0, replies.ref()));
    entity.tell(post(draft(B, "kept"), FIRST, 0, replies.ref()));

    assertThat(replies.receiveMessage()).isInstanceOf(Posted.class);
    assertThat(changes(subscriber, 1).getFirst().entry().path()).isEqualTo(B);
    replies.expectNoMessage();
    kit.stop(entity);
  }

  @Test
  void an_idle_blackboard_leaves_memory_once_nobody_is_subscribed() {
    var subscriber = kit.<Notice>createTestProbe();
    var idle = Duration.ofMillis(200);
    var entity = spawn(new BlackboardSettings(3, 2 * Draft.MAX_BYTES, 100, 2, idle));
    entity.tell(new Subscribe(0, subscriber.ref()));

    shard.expectNoMessage(idle.multipliedBy(2));
    subscriber.stop();

    assertThat(shard.receiveMessage()).isInstanceOf(ClusterSharding.Passivate.class);
    kit.stop(entity);
  }

  @Test
  void every_message_survives_the_wire() {
    var entry = new Entry(1, draft(A, "one"), FIRST, NOW, false);
    var to = kit.<Object>createTestProbe().ref();
    var entity = spawn(SETTINGS);
    var messages =
        List.of(
            post(draft(A, "one"), new Author.Swarm(), 0, to.unsafeUpcast()),
            new Posted(entry),
            new AttemptSuperseded(TASK, new Fence(1, 1), new Fence(1, 2)),
            new Conflict(A, 1, 2),
            new Full(Measure.BYTES, 1),
            new Read(Set.of(Section.FINAL), true, A, to.unsafeUpcast()),
            new Entries(List.of(entry), 1, null),
            new Subscribe(0, to.unsafeUpcast()),
            new Subscribed(entity, 1),
            new EntryChanged(entry, 0),
            new EndAttempt(TASK, new Fence(1, 1), true, false, to.unsafeUpcast()),
            Done.getInstance());

    messages.forEach(each -> kit.serializationTestKit().verifySerialization(each, true));
    kit.stop(entity);
  }

  private ActorRef<Command> spawn(BlackboardSettings settings) {
    return kit.spawn(Blackboard.create(SESSION, settings, InstantSource.fixed(NOW), shard.ref()));
  }

  private void tell(Command command) {
    blackboard.runCommand(command);
  }

  private PostReply post(Draft draft, Author author) {
    return blackboard
        .<PostReply>runCommand(to -> new Post(draft, author, new Expectation.Anything(), to))
        .reply();
  }

  private PostReply post(Draft draft, Author author, long expected) {
    return blackboard.<PostReply>runCommand(to -> post(draft, author, expected, to)).reply();
  }

  private static Post post(Draft draft, Author author, long expected, ActorRef<PostReply> to) {
    return new Post(draft, author, new Expectation.Revision(expected), to);
  }

  private void end(Author author, boolean settled) {
    assertThat(ended(author, settled).reply()).isEqualTo(Done.getInstance());
  }

  private EventSourcedBehaviorTestKit.CommandResultWithReply<
          Command, BlackboardEvent, BlackboardState, Done>
      ended(Author author, boolean settled) {
    return blackboard.runCommand(
        to -> new EndAttempt(TASK, ((Author.Agent) author).fence(), settled, false, to));
  }

  private List<Entry> read(boolean includeUnfinished) {
    return blackboard
        .<Entries>runCommand(
            to -> new Read(EnumSet.allOf(Section.class), includeUnfinished, null, to))
        .reply()
        .entries();
  }

  private Entries page(EntryPath after) {
    return blackboard
        .<Entries>runCommand(
            to -> new Read(Set.of(Section.FINDINGS, Section.FINAL), true, after, to))
        .reply();
  }

  private static List<EntryChanged> changes(TestProbe<Notice> subscriber, int count) {
    var changes = new ArrayList<EntryChanged>();
    for (int i = 0; i < count; i++) {
      changes.add(subscriber.expectMessageClass(EntryChanged.class));
    }
    return changes;
  }

  private static Author author(long counter) {
    return new Author.Agent(new AgentName("reader-1"), TASK, new Fence(1, counter));
  }

  private static Draft draft(EntryPath path, String content) {
    return Draft.of(path, content);
  }
}
