package io.nanoswarm.artifact;

import io.nanoswarm.cluster.NodeRole;
import io.nanoswarm.serialization.CborSerializable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One artifact, for nodes that do not reach the store of the control nodes: hands it out and takes
 * it in by parts that fit a message.
 *
 * <p>Guarantees: what {@link Kept} confirms is in the store, and has the hash that it goes by.
 * Parts may be sent again, and by several at once: the same content comes of it. Nothing blocks the
 * actor.
 *
 * <p>Bounds: {@link #MOST_BYTES} for each artifact. Holds the content in memory while somebody
 * reads or writes it, and for {@link #IDLE} after.
 *
 * <p>Lifecycle: started by sharding at the first message for a hash.
 */
@SuppressWarnings("ArrayRecordComponent") // messages with content are not compared
public final class Depot extends AbstractMatchingBehavior<Depot.Command> {
  private static final Logger LOG = LoggerFactory.getLogger(Depot.class);
  public static final EntityTypeKey<Command> TYPE_KEY =
      EntityTypeKey.create(Command.class, "depot");

  /** A part fits a message with room to spare. */
  public static final int PART_BYTES = 128 * 1024;

  public static final long MOST_BYTES = 256L * 1024 * 1024;
  static final Duration IDLE = Duration.ofSeconds(20);

  /** What a depot is told. */
  public sealed interface Command extends CborSerializable {}

  /** Whether the artifact is in the store. */
  public record Ask(ArtifactRef ref, ActorRef<Reply> replyTo) implements Command {}

  /** The part that begins there. */
  public record Read(ArtifactRef ref, int from, ActorRef<Reply> replyTo) implements Command {}

  /** A part of what is to be kept. */
  public record Write(ArtifactRef ref, int from, byte[] part, ActorRef<Reply> replyTo)
      implements Command {}

  private record Loaded(byte @Nullable [] content, @Nullable Failed failed) implements Command {
    static Loaded of(byte @Nullable [] content, @Nullable Throwable failure) {
      return new Loaded(content, failure == null ? null : Failed.of(failure));
    }
  }

  private record Stored(@Nullable Failed failed) implements Command {
    static Stored of(@Nullable Throwable failure) {
      return new Stored(failure == null ? null : Failed.of(failure));
    }
  }

  private record Idle() implements Command {}

  private record Stop() implements Command {}

  public sealed interface Reply extends CborSerializable {}

  /** It is in the store. */
  public record Kept() implements Reply {}

  /** It is not; what comes next is expected to begin there. */
  public record Wanted(int from) implements Reply {}

  public record Part(int from, byte[] bytes) implements Reply {}

  /**
   * Nothing was stored, or could be read.
   *
   * @param away whether the store cannot be reached for now, so that asking again may help
   */
  public record Failed(String why, boolean away) implements Reply {
    /** In the store's own words. */
    private static Failed of(Throwable failure) {
      Throwable cause = failure;
      while (cause.getCause() != null && !(cause instanceof IOException)) {
        cause = cause.getCause();
      }
      return new Failed(String.valueOf(cause.getMessage()), cause instanceof ArtifactsAway);
    }
  }

  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final ArtifactStore store;
  private final Executor blocking;
  private final List<Command> waiting = new ArrayList<>();
  private byte @Nullable [] content;
  private byte @Nullable [] incoming;
  private int received;
  private boolean busy;

  /** Starts the shard region of all depots on this node, or a way to it on one that has none. */
  public static ActorRef<ShardingEnvelope<Command>> initSharding(
      ActorSystem<?> system, ArtifactStore store, Executor blocking) {
    return ClusterSharding.get(system)
        .init(
            Entity.of(TYPE_KEY, entity -> create(entity.getShard(), store, blocking))
                .withRole(NodeRole.CONTROL.id())
                .withStopMessage(new Stop()));
  }

  /**
   * @param blocking for the store's work
   */
  static Behavior<Command> create(
      ActorRef<ClusterSharding.ShardCommand> shard, ArtifactStore store, Executor blocking) {
    return Behaviors.setup(context -> {
      context.setReceiveTimeout(IDLE, new Idle());
      return new Depot(context, shard, store, blocking);
    });
  }

  private Depot(
      ActorContext<Command> context,
      ActorRef<ClusterSharding.ShardCommand> shard,
      ArtifactStore store,
      Executor blocking) {
    super(context);
    this.shard = shard;
    this.store = store;
    this.blocking = blocking;
  }

  @Override
  public Behavior<Command> onMessage(Command message) {
    return switch (message) {
      case Ask ask -> asked(ask, ask.ref(), ask.replyTo());
      case Read read -> asked(read, read.ref(), read.replyTo());
      case Write write -> asked(write, write.ref(), write.replyTo());
      case Loaded(var loaded, var failed) -> onLoaded(loaded, failed);
      case Stored(var failed) -> onStored(failed);
      case Idle _ -> {
        if (!busy) {
          shard.tell(new ClusterSharding.Passivate<>(getContext().getSelf()));
        }
        yield this;
      }
      case Stop _ -> Behaviors.stopped();
    };
  }

  private Behavior<Command> asked(Command command, ArtifactRef ref, ActorRef<Reply> replyTo) {
    if (ref.size() > MOST_BYTES) {
      String why = "%d bytes (expected: at most %d)".formatted(ref.size(), MOST_BYTES);
      replyTo.tell(new Failed(why, false));
    } else if (content != null) {
      replyTo.tell(answer(command, content));
    } else if (busy) {
      waiting.add(command);
    } else if (command instanceof Write write) {
      onWrite(write);
    } else {
      waiting.add(command);
      busy = true;
      getContext().pipeToSelf(load(ref), Loaded::of);
    }
    return this;
  }

  private CompletableFuture<byte[]> load(ArtifactRef ref) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            byte[] found = store.get(ref);
            countAsYoung(found);
            return found;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        blocking);
  }

  /** Who asks for it may be about to refer to it. What is here is handed out though that fails. */
  private void countAsYoung(byte[] found) throws IOException {
    try {
      store.put(found);
    } catch (ArtifactsAway e) {
      LOG.warn("an artifact that was read does not count as young again: {}", e.getMessage());
    }
  }

  private static Reply answer(Command command, byte[] content) {
    if (command instanceof Read(_, int from, _)) {
      int begin = Math.clamp(from, 0, content.length);
      int end = Math.min(content.length, begin + PART_BYTES);
      return new Part(from, Arrays.copyOfRange(content, begin, end));
    }
    return new Kept();
  }

  private Behavior<Command> onLoaded(byte @Nullable [] loaded, @Nullable Failed failed) {
    busy = false;
    content = loaded;
    var asked = List.copyOf(waiting);
    waiting.clear();
    for (Command command : asked) {
      switch (command) {
        case Ask(_, var replyTo) -> replyTo.tell(loaded == null ? wanted(failed) : new Kept());
        case Read read ->
            read.replyTo()
                .tell(
                    loaded == null
                        ? Objects.requireNonNullElse(failed, new Failed("it is not there", false))
                        : answer(read, loaded));
        case Write write -> asked(write, write.ref(), write.replyTo());
        case Loaded _, Stored _, Idle _, Stop _ -> {}
      }
    }
    return this;
  }

  /** A store that is away may hold it. */
  private Reply wanted(@Nullable Failed failed) {
    return failed != null && failed.away() ? failed : new Wanted(received);
  }

  private void onWrite(Write write) {
    int size = (int) write.ref().size();
    if (incoming == null || incoming.length != size) {
      incoming = new byte[size];
      received = 0;
    }
    if (write.from() == received && write.part().length <= size - received) {
      System.arraycopy(write.part(), 0, incoming, received, write.part().length);
      received += write.part().length;
    }
    if (received < size) {
      write.replyTo().tell(new Wanted(received));
      return;
    }
    busy = true;
    waiting.add(write);
    getContext().pipeToSelf(put(incoming, write.ref()), (_, why) -> Stored.of(why));
  }

  private CompletableFuture<ArtifactRef> put(byte[] whole, ArtifactRef expected) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            if (!ArtifactRef.of(whole).equals(expected)) {
              throw new IOException("what came does not have the hash " + expected.sha256());
            }
            return store.put(whole);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        blocking);
  }

  private Behavior<Command> onStored(@Nullable Failed failed) {
    busy = false;
    content = failed == null ? incoming : null;
    if (failed == null || !failed.away()) {
      incoming = null;
      received = 0;
    }
    var asked = List.copyOf(waiting);
    waiting.clear();
    for (Command command : asked) {
      if (failed != null && command instanceof Write write) {
        write.replyTo().tell(failed);
      } else {
        onMessage(command);
      }
    }
    return this;
  }
}
