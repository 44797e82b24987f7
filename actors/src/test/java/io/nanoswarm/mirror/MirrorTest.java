package io.nanoswarm.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.Blackboard;
import io.nanoswarm.blackboard.Blackboard.EntryChanged;
import io.nanoswarm.blackboard.Blackboard.Notice;
import io.nanoswarm.blackboard.Blackboard.Subscribe;
import io.nanoswarm.blackboard.Blackboard.Subscribed;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.mirror.Mirror.AwaitReply;
import io.nanoswarm.mirror.Mirror.AwaitRevision;
import io.nanoswarm.mirror.Mirror.Behind;
import io.nanoswarm.mirror.Mirror.Mirrored;
import io.nanoswarm.session.SessionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A mirror whose blackboard is played by the test. */
@ExtendWith(LogCapturingExtension.class)
class MirrorTest {
  private static final SessionId SESSION = new SessionId("goal-1");
  private static final EntryPath A = EntryPath.in(Section.FINDINGS, "a");
  private static final EntryPath B = EntryPath.in(Section.FINDINGS, "deep/er/b");
  private static final MirrorSettings SETTINGS =
      new MirrorSettings(Duration.ofMinutes(1), Duration.ofMillis(50), Duration.ofMillis(200));
  private static final ActorTestKit kit =
      ActorTestKit.create(
          ConfigFactory.parseResources("swarm-serialization.conf")
              .withFallback(ConfigFactory.load()));

  @TempDir private Path folder;

  private final TestProbe<ShardingEnvelope<Blackboard.Command>> blackboards = kit.createTestProbe();
  private final TestProbe<Blackboard.Command> blackboard = kit.createTestProbe();
  private final TestProbe<AwaitReply> waiter = kit.createTestProbe();
  private ActorRef<Mirror.Command> mirror;

  @AfterEach
  void stopMirror() {
    mirror.tell(new Mirror.Stop());
    blackboards.expectTerminated(mirror);
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void the_folders_of_all_sections_are_there_from_the_beginning() {
    start();

    assertThat(List.of("findings", "designs", "critiques", "final"))
        .allSatisfy(section -> assertThat(files().resolve(section)).isDirectory());
  }

  @Test
  void every_entry_gets_to_its_file() {
    var ear = start();

    ear.tell(new Subscribed(blackboard.ref(), 2));
    ear.tell(new EntryChanged(entry(1, A, "one"), 0));
    ear.tell(new EntryChanged(entry(2, B, "two"), 1));

    awaitMirrored(2);
    assertThat(files().resolve("findings/a.md")).content().endsWith("one\n");
    assertThat(files().resolve("findings/deep/er/b.md")).content().endsWith("two\n");
    assertThat(files().resolve(".revision")).content().isEqualTo("2\n");
  }

  @Test
  void the_latest_revision_of_an_entry_stays() {
    var ear = start();

    for (int revision = 1; revision <= 50; revision++) {
      ear.tell(new EntryChanged(entry(revision, A, "text " + revision), revision - 1));
    }

    awaitMirrored(50);
    assertThat(files().resolve("findings/a.md")).content().endsWith("text 50\n");
  }

  @Test
  void nothing_but_whole_files_is_left() throws IOException {
    var ear = start();
    ear.tell(new EntryChanged(entry(1, A, "one"), 0));

    awaitMirrored(1);

    try (var found = Files.list(files().resolve("findings"))) {
      assertThat(found).containsExactly(files().resolve("findings/a.md"));
    }
  }

  @Test
  void a_later_mirror_takes_up_where_an_earlier_one_was() throws IOException {
    var ear = start();
    ear.tell(new EntryChanged(entry(7, A, "one"), 0));
    awaitMirrored(7);
    mirror.tell(new Mirror.Stop());
    blackboards.expectTerminated(mirror);
    Files.delete(files().resolve("findings/a.md"));

    mirror = kit.spawn(Mirror.create(folder, SESSION, blackboards.ref(), SETTINGS));

    assertThat(subscription().afterRevision()).isEqualTo(7);
    awaitMirrored(7);
    assertThat(files().resolve("findings/a.md")).doesNotExist();
  }

  @Test
  void nothing_is_written_after_it_has_stopped() throws IOException {
    for (int round = 1; round <= 20; round++) {
      var ear = start();
      ear.tell(new Subscribed(blackboard.ref(), 20));
      for (int revision = 1; revision <= 20; revision++) {
        var path = EntryPath.in(Section.FINDINGS, "f" + revision);
        ear.tell(new EntryChanged(entry(revision, path, "x".repeat(60_000)), revision - 1));
      }
      mirror.tell(new AwaitRevision(1, waiter.ref()));
      waiter.expectMessageClass(Mirrored.class);

      mirror.tell(new Mirror.Stop());
      blackboards.expectTerminated(mirror);

      delete(files());
    }
  }

  @Test
  void a_revision_file_that_cannot_be_understood_begins_anew() throws IOException {
    Files.createDirectories(files());
    Files.writeString(files().resolve(".revision"), "half a num");

    mirror = kit.spawn(Mirror.create(folder, SESSION, blackboards.ref(), SETTINGS));

    assertThat(subscription().afterRevision()).isZero();
  }

  @Test
  void a_gap_makes_it_subscribe_again_from_what_it_heard() {
    var ear = start();
    ear.tell(new Subscribed(blackboard.ref(), 1));
    ear.tell(new EntryChanged(entry(1, A, "one"), 0));

    ear.tell(new EntryChanged(entry(3, B, "three"), 2));

    assertThat(subscription().afterRevision()).isEqualTo(1);
  }

  @Test
  void what_is_heard_twice_is_written_once() {
    var ear = start();
    ear.tell(new EntryChanged(entry(1, A, "one"), 0));
    ear.tell(new EntryChanged(entry(2, A, "two"), 1));

    ear.tell(new EntryChanged(entry(1, A, "one"), 0));

    awaitMirrored(2);
    assertThat(files().resolve("findings/a.md")).content().endsWith("two\n");
  }

  @Test
  void it_subscribes_again_when_the_blackboard_moves() {
    var ear = start();
    ear.tell(new Subscribed(blackboard.ref(), 1));
    ear.tell(new EntryChanged(entry(1, A, "one"), 0));
    awaitMirrored(1);

    blackboard.stop();

    assertThat(subscription().afterRevision()).isEqualTo(1);
  }

  @Test
  void who_awaits_a_revision_not_heard_of_makes_it_ask() {
    start();

    mirror.tell(new AwaitRevision(5, waiter.ref()));

    assertThat(subscription().afterRevision()).isZero();
    waiter.expectNoMessage();
  }

  @Test
  void a_blackboard_that_lost_revisions_is_mirrored_anew() {
    var ear = start();
    ear.tell(new EntryChanged(entry(9, A, "of another life"), 0));
    awaitMirrored(9);

    LoggingTestKit.warn("mirrored anew")
        .expect(
            kit.system(),
            () -> {
              ear.tell(new Subscribed(blackboard.ref(), 2));
              return null;
            });

    assertThat(subscription().afterRevision()).isZero();
    ear.tell(new EntryChanged(entry(2, A, "of this life"), 0));
    awaitMirrored(2);
    assertThat(files().resolve("findings/a.md")).content().endsWith("of this life\n");
  }

  @Test
  void a_write_that_fails_is_told() throws IOException {
    var minute = Duration.ofMinutes(1);
    var ear = start(new MirrorSettings(minute, minute, minute));
    Files.createDirectories(files().resolve("findings/a.md/in the way"));

    LoggingTestKit.warn("not written")
        .expect(
            kit.system(),
            () -> {
              mirror.tell(new AwaitRevision(1, waiter.ref()));
              ear.tell(new EntryChanged(entry(1, A, "one"), 0));
              return null;
            });

    var behind = waiter.expectMessageClass(Behind.class);
    assertThat(behind.revision()).isZero();
    assertThat(behind.why()).contains("findings/a.md").doesNotContain("CompletionException");
  }

  @Test
  void a_write_that_fails_is_tried_again_until_it_succeeds() throws IOException {
    var ear = start();
    var obstacle = Files.createDirectories(files().resolve("findings/a.md/in the way"));
    mirror.tell(new AwaitRevision(1, waiter.ref()));
    ear.tell(new EntryChanged(entry(1, A, "one"), 0));
    waiter.expectMessageClass(Behind.class);

    Files.delete(obstacle);
    Files.delete(obstacle.getParent());

    waiter.awaitAssert(() -> {
      awaitMirrored(1);
      return null;
    });
    assertThat(files().resolve("findings/a.md")).content().endsWith("one\n");
  }

  @Test
  void every_message_survives_the_wire() {
    start();
    var messages =
        List.of(
            new AwaitRevision(1, waiter.ref()),
            new Mirror.Stop(),
            new Mirrored(1),
            new Behind(1, "disk full"));

    messages.forEach(each -> kit.serializationTestKit().verifySerialization(each, true));
  }

  @Test
  void retries_back_off_up_to_a_limit() {
    mirror = kit.spawn(Mirror.create(folder, SESSION, blackboards.ref(), SETTINGS));

    assertThat(List.of(SETTINGS.backoff(1), SETTINGS.backoff(2), SETTINGS.backoff(100)))
        .containsExactly(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(200));
  }

  /** Returns where the mirror hears from its blackboard. */
  private ActorRef<Notice> start() {
    return start(SETTINGS);
  }

  private ActorRef<Notice> start(MirrorSettings settings) {
    mirror = kit.spawn(Mirror.create(folder, SESSION, blackboards.ref(), settings));
    return subscription().subscriber();
  }

  private Subscribe subscription() {
    var envelope = blackboards.receiveMessage();
    assertThat(envelope.entityId()).isEqualTo(SESSION.value());
    return (Subscribe) envelope.message();
  }

  private void awaitMirrored(long revision) {
    mirror.tell(new AwaitRevision(revision, waiter.ref()));
    assertThat(waiter.receiveMessage()).isEqualTo(new Mirrored(revision));
  }

  private Path files() {
    return folder.resolve(SESSION.value());
  }

  /** Fails if anybody writes there meanwhile. */
  private static void delete(Path folder) throws IOException {
    try (var inside = Files.walk(folder)) {
      for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private static Entry entry(long revision, EntryPath path, String content) {
    return new Entry(revision, Draft.of(path, content), new Author.Swarm(), Instant.EPOCH, false);
  }
}
