package io.nanoswarm.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DepotTest {
  private static final ActorTestKit kit =
      ActorTestKit.create(
          ManualTime.config()
              .withFallback(ConfigFactory.parseResources("swarm-serialization.conf"))
              .withFallback(ConfigFactory.load()));

  private static final byte[] CONTENT = content(2 * Depot.PART_BYTES + 17);
  private static final ArtifactRef REF = ArtifactRef.of(CONTENT);

  @TempDir private Path folder;
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
  private final TestProbe<ClusterSharding.ShardCommand> shard = kit.createTestProbe();
  private final TestProbe<Depot.Reply> replies = kit.createTestProbe();
  private FileArtifactStore store;
  private ActorRef<Depot.Command> depot;

  static byte[] content(int bytes) {
    var content = new byte[bytes];
    new Random(1).nextBytes(content);
    return content;
  }

  @BeforeEach
  void open() {
    store = new FileArtifactStore(folder);
    depot = spawn(store);
  }

  @AfterEach
  void close() {
    kit.stop(depot);
    blocking.close();
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void content_of_several_parts_goes_in_and_comes_out_unchanged() throws IOException {
    assertThat(ask()).isEqualTo(new Depot.Wanted(0));
    assertThat(write(CONTENT, 0)).isEqualTo(new Depot.Wanted(Depot.PART_BYTES));
    assertThat(write(CONTENT, Depot.PART_BYTES)).isEqualTo(new Depot.Wanted(2 * Depot.PART_BYTES));
    assertThat(write(CONTENT, 2 * Depot.PART_BYTES)).isEqualTo(new Depot.Kept());

    assertThat(store.get(REF)).isEqualTo(CONTENT);
    for (int from = 0; from < CONTENT.length; from += Depot.PART_BYTES) {
      assertThat(read(from)).isEqualTo(part(CONTENT, from));
    }
    assertThat(ask()).isEqualTo(new Depot.Kept());
  }

  @Test
  void what_is_here_is_handed_out_though_it_cannot_be_kept_again_now() throws IOException {
    store.put(CONTENT);
    kit.stop(depot);
    depot =
        spawn(
            new Away() {
              @Override
              public byte[] get(ArtifactRef ref) throws IOException {
                return store.get(ref);
              }
            });

    assertThat(read(0)).isEqualTo(part(CONTENT, 0));
  }

  /** A store that cannot be reached. */
  private static class Away implements ArtifactStore {
    @Override
    public ArtifactRef put(byte[] content) throws IOException {
      throw new ArtifactsAway("the database is away", new IOException("no route"));
    }

    @Override
    public byte[] get(ArtifactRef ref) throws IOException {
      throw new ArtifactsAway("the database is away", new IOException("no route"));
    }
  }

  @Test
  void of_a_store_that_is_away_nothing_is_said_but_that() {
    kit.stop(depot);
    depot = spawn(new Away());
    var away = new Depot.Failed("the database is away", true);
    byte[] small = "small".getBytes(UTF_8);

    assertThat(ask()).isEqualTo(away);
    depot.tell(new Depot.Read(REF, 0, replies.getRef()));
    replies.expectMessage(away);
    depot.tell(new Depot.Write(ArtifactRef.of(small), 0, small, replies.getRef()));
    replies.expectMessage(away);
  }

  @Test
  void what_is_in_the_store_is_handed_out_by_a_depot_that_never_saw_it() throws IOException {
    store.put(CONTENT);

    assertThat(read(Depot.PART_BYTES)).isEqualTo(part(CONTENT, Depot.PART_BYTES));
  }

  @Test
  void parts_sent_again_ahead_or_by_several_at_once_make_the_same_content() throws IOException {
    assertThat(write(CONTENT, Depot.PART_BYTES)).isEqualTo(new Depot.Wanted(0));
    assertThat(write(CONTENT, 0)).isEqualTo(new Depot.Wanted(Depot.PART_BYTES));
    assertThat(write(CONTENT, 0)).isEqualTo(new Depot.Wanted(Depot.PART_BYTES));
    assertThat(write(CONTENT, Depot.PART_BYTES)).isEqualTo(new Depot.Wanted(2 * Depot.PART_BYTES));
    assertThat(write(CONTENT, Depot.PART_BYTES)).isEqualTo(new Depot.Wanted(2 * Depot.PART_BYTES));

    depot.tell(lastWrite());
    depot.tell(lastWrite());
    depot.tell(new Depot.Ask(REF, replies.getRef()));

    assertThat(replies.receiveSeveralMessages(3)).containsOnly(new Depot.Kept());
    assertThat(store.get(REF)).isEqualTo(CONTENT);
  }

  private Depot.Write lastWrite() {
    int from = 2 * Depot.PART_BYTES;
    return new Depot.Write(REF, from, part(CONTENT, from), replies.getRef());
  }

  @Test
  void content_of_another_hash_is_refused_and_the_right_one_is_taken_after_it() {
    byte[] right = "right".getBytes(UTF_8);
    var ref = ArtifactRef.of(right);

    depot.tell(new Depot.Write(ref, 0, "wrong".getBytes(UTF_8), replies.getRef()));
    assertThat(replies.receiveMessage())
        .isEqualTo(new Depot.Failed("what came does not have the hash " + ref.sha256(), false));
    assertThat(store.has(ref)).isFalse();
    assertThat(store.has(ArtifactRef.of("wrong".getBytes(UTF_8)))).isFalse();

    depot.tell(new Depot.Write(ref, 0, right, replies.getRef()));
    replies.expectMessage(new Depot.Kept());
  }

  @Test
  void a_part_that_is_larger_than_the_whole_is_not_taken() {
    var ref = ArtifactRef.of("right".getBytes(UTF_8));

    depot.tell(new Depot.Write(ref, 0, "too long".getBytes(UTF_8), replies.getRef()));

    replies.expectMessage(new Depot.Wanted(0));
  }

  @Test
  void what_is_too_large_is_refused_whatever_is_asked() {
    var large = new ArtifactRef(REF.sha256(), Depot.MOST_BYTES + 1);
    var refused =
        new Depot.Failed(
            "%d bytes (expected: at most %d)".formatted(Depot.MOST_BYTES + 1, Depot.MOST_BYTES),
            false);

    depot.tell(new Depot.Ask(large, replies.getRef()));
    depot.tell(new Depot.Read(large, 0, replies.getRef()));
    depot.tell(new Depot.Write(large, 0, new byte[1], replies.getRef()));

    assertThat(replies.receiveSeveralMessages(3)).containsOnly(refused);
  }

  @Test
  void what_is_not_there_is_said_to_readers_and_wanted_of_writers() {
    depot.tell(new Depot.Read(REF, 0, replies.getRef()));
    replies.expectMessage(
        new Depot.Failed("artifact %s is not kept here".formatted(REF.sha256()), false));

    assertThat(ask()).isEqualTo(new Depot.Wanted(0));
  }

  @Test
  void nothing_comes_from_beyond_the_end() throws IOException {
    store.put(CONTENT);

    assertThat(read(CONTENT.length)).isEmpty();
    assertThat(read(Integer.MAX_VALUE)).isEmpty();
  }

  @Test
  void writers_are_told_why_the_store_did_not_take_it_and_may_try_again() throws IOException {
    var full = new FullAtFirst(store);
    depot = spawn(full);
    byte[] small = "small".getBytes(UTF_8);
    var ref = ArtifactRef.of(small);

    depot.tell(new Depot.Write(ref, 0, small, replies.getRef()));
    replies.expectMessage(new Depot.Failed("no space left", false));

    depot.tell(new Depot.Write(ref, 0, small, replies.getRef()));
    replies.expectMessage(new Depot.Kept());
    assertThat(store.get(ref)).isEqualTo(small);
  }

  @Test
  void content_leaves_memory_when_nobody_asks_for_it() {
    assertThat(ask()).isEqualTo(new Depot.Wanted(0));

    ManualTime.get(kit.system()).timePasses(Depot.IDLE);

    assertThat(shard.receiveMessage(Duration.ofSeconds(10)))
        .isInstanceOf(ClusterSharding.Passivate.class);
  }

  @Test
  void parts_survive_the_way_between_nodes() {
    var part = new Depot.Part(7, CONTENT);
    var write = new Depot.Write(REF, 7, CONTENT, replies.getRef());
    var wire = kit.serializationTestKit();

    assertThat(wire.verifySerialization(part, false).bytes()).isEqualTo(CONTENT);
    assertThat(wire.verifySerialization(write, false).part()).isEqualTo(CONTENT);
    wire.verifySerialization(new Depot.Ask(REF, replies.getRef()), true);
    wire.verifySerialization(new Depot.Read(REF, 7, replies.getRef()), true);
    wire.verifySerialization(new Depot.Kept(), true);
    wire.verifySerialization(new Depot.Wanted(7), true);
    wire.verifySerialization(new Depot.Failed("why", true), true);
  }

  private ActorRef<Depot.Command> spawn(ArtifactStore kept) {
    return kit.spawn(Depot.create(shard.getRef(), kept, blocking));
  }

  private Depot.Reply ask() {
    depot.tell(new Depot.Ask(REF, replies.getRef()));
    return replies.receiveMessage();
  }

  private Depot.Reply write(byte[] content, int from) {
    depot.tell(new Depot.Write(REF, from, part(content, from), replies.getRef()));
    return replies.receiveMessage();
  }

  private byte[] read(int from) {
    depot.tell(new Depot.Read(REF, from, replies.getRef()));
    return replies.expectMessageClass(Depot.Part.class).bytes();
  }

  private static byte[] part(byte[] content, int from) {
    return Arrays.copyOfRange(content, from, Math.min(content.length, from + Depot.PART_BYTES));
  }

  /** Takes nothing the first time. */
  private static final class FullAtFirst implements ArtifactStore {
    private final ArtifactStore then;
    private boolean full = true;

    FullAtFirst(ArtifactStore then) {
      this.then = then;
    }

    @Override
    public synchronized ArtifactRef put(byte[] content) throws IOException {
      if (full) {
        full = false;
        throw new IOException("no space left", new IllegalStateException("code 28"));
      }
      return then.put(content);
    }

    @Override
    public byte[] get(ArtifactRef ref) throws IOException {
      return then.get(ref);
    }
  }
}
