package io.nanoswarm.artifact;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;

/**
 * The artifacts of a swarm, as a node sees them that does not reach the control nodes' store: a
 * folder of its own, filled from their {@link Depot}s.
 *
 * <p>Guarantees: what {@link #put} has returned for is in the control nodes' store. Both methods
 * wait through the move of a control node, for {@link #TRIES} times {@link #WITHIN} at most for
 * each of its parts; and while the control nodes say that they cannot reach their store, for {@link
 * #PATIENCE} from the call, after which that is {@link ArtifactsAway}.
 */
public final class DepotArtifacts implements ArtifactStore {
  static final Duration WITHIN = Duration.ofSeconds(15);
  static final int TRIES = 4;

  /**
   * Less than a worker has to load an agent, unless it was set otherwise, so that its machine is
   * told why it does not.
   */
  static final Duration PATIENCE = Duration.ofSeconds(40);

  private static final int PAUSES = 40;

  private final ArtifactCopies own;
  private final ActorRef<ShardingEnvelope<Depot.Command>> depots;
  private final ActorSystem<?> system;
  private final InstantSource clock;
  private final Duration patience;

  public DepotArtifacts(
      ArtifactCopies own,
      ActorRef<ShardingEnvelope<Depot.Command>> depots,
      ActorSystem<?> system,
      InstantSource clock) {
    this(own, depots, system, clock, PATIENCE);
  }

  /**
   * @param patience with control nodes that cannot reach their store
   */
  DepotArtifacts(
      ArtifactCopies own,
      ActorRef<ShardingEnvelope<Depot.Command>> depots,
      ActorSystem<?> system,
      InstantSource clock,
      Duration patience) {
    this.own = own;
    this.depots = depots;
    this.system = system;
    this.clock = clock;
    this.patience = patience;
  }

  @Override
  public ArtifactRef put(byte[] content) throws IOException {
    ArtifactRef ref = own.put(content);
    var errand = new Errand(ref);
    Depot.Reply reply = errand.ask(replyTo -> new Depot.Ask(ref, replyTo));
    while (true) {
      switch (reply) {
        case Depot.Kept _ -> {
          return ref;
        }
        case Depot.Wanted(int from) -> {
          byte[] part =
              Arrays.copyOfRange(content, from, Math.min(content.length, from + Depot.PART_BYTES));
          reply = errand.ask(replyTo -> new Depot.Write(ref, from, part, replyTo));
        }
        case Depot.Failed(var why, _) -> throw failed(ref, why);
        case Depot.Part _ -> throw failed(ref, "a part came that nobody asked for");
      }
    }
  }

  @Override
  public byte[] get(ArtifactRef ref) throws IOException {
    Optional<byte[]> copy = own.find(ref);
    if (copy.isPresent()) {
      return copy.get();
    }
    if (ref.size() > Depot.MOST_BYTES) {
      throw failed(ref, "it is larger than the control nodes hand out");
    }
    var content = new byte[(int) ref.size()];
    var errand = new Errand(ref);
    int received = 0;
    do {
      int from = received;
      switch (errand.ask(replyTo -> new Depot.Read(ref, from, replyTo))) {
        case Depot.Part(_, byte[] bytes) when fits(bytes, from, content) -> {
          System.arraycopy(bytes, 0, content, from, bytes.length);
          received += bytes.length;
        }
        case Depot.Failed(var why, _) -> throw failed(ref, why);
        case Depot.Part _, Depot.Kept _, Depot.Wanted _ -> throw failed(ref, "it came in disorder");
      }
    } while (received < content.length);
    if (!ArtifactRef.of(content).equals(ref)) {
      throw failed(ref, "what came has another hash");
    }
    own.put(content);
    return content;
  }

  private static boolean fits(byte[] bytes, int from, byte[] content) {
    return bytes.length <= content.length - from && (bytes.length > 0 || content.length == 0);
  }

  /** One artifact on its way, and until when the control nodes may say that they cannot. */
  private final class Errand {
    private final ArtifactRef ref;
    private final Instant latest = clock.instant().plus(patience);

    Errand(ArtifactRef ref) {
      this.ref = ref;
    }

    /** The answer, which is not that the store is away. */
    Depot.Reply ask(Function<ActorRef<Depot.Reply>, Depot.Command> request) throws IOException {
      try {
        while (true) {
          Depot.Reply reply = askThroughMoves(ref, request);
          if (!(reply instanceof Depot.Failed(var why, boolean away)) || !away) {
            return reply;
          }
          if (!clock.instant().isBefore(latest)) {
            throw new ArtifactsAway(named(ref, why), null);
          }
          pause();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while an artifact was asked for", e);
      }
    }

    /** Nothing tells that the control nodes reach their store again. */
    private void pause() throws InterruptedException {
      boolean _ = new CountDownLatch(1).await(patience.toMillis() / PAUSES, TimeUnit.MILLISECONDS);
    }
  }

  private Depot.Reply askThroughMoves(
      ArtifactRef ref, Function<ActorRef<Depot.Reply>, Depot.Command> request)
      throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return AskPattern.ask(
                depots,
                (ActorRef<Depot.Reply> replyTo) ->
                    new ShardingEnvelope<>(ref.sha256(), request.apply(replyTo)),
                WITHIN,
                system.scheduler())
            .toCompletableFuture()
            .get(2 * WITHIN.toSeconds(), TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        if (attempt == TRIES) {
          throw new IOException(
              "no control node answers for artifact %s".formatted(ref.sha256()), e);
        }
      }
    }
  }

  private static IOException failed(ArtifactRef ref, String why) {
    return new IOException(named(ref, why));
  }

  private static String named(ArtifactRef ref, String why) {
    return why.contains(ref.sha256()) ? why : "artifact %s: %s".formatted(ref.sha256(), why);
  }
}
