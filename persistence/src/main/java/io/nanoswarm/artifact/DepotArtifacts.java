package io.nanoswarm.artifact;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
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
 * wait through the move of a control node, for {@link #TRIES} times {@link #WITHIN} at most.
 */
public final class DepotArtifacts implements ArtifactStore {
  static final Duration WITHIN = Duration.ofSeconds(15);
  static final int TRIES = 4;

  private final ArtifactCopies own;
  private final ActorRef<ShardingEnvelope<Depot.Command>> depots;
  private final ActorSystem<?> system;

  public DepotArtifacts(
      ArtifactCopies own, ActorRef<ShardingEnvelope<Depot.Command>> depots, ActorSystem<?> system) {
    this.own = own;
    this.depots = depots;
    this.system = system;
  }

  @Override
  public ArtifactRef put(byte[] content) throws IOException {
    ArtifactRef ref = own.put(content);
    Depot.Reply reply = ask(ref, replyTo -> new Depot.Ask(ref, replyTo));
    while (true) {
      switch (reply) {
        case Depot.Kept _ -> {
          return ref;
        }
        case Depot.Wanted(int from) -> {
          byte[] part =
              Arrays.copyOfRange(content, from, Math.min(content.length, from + Depot.PART_BYTES));
          reply = ask(ref, replyTo -> new Depot.Write(ref, from, part, replyTo));
        }
        case Depot.Failed(var why) -> throw failed(ref, why);
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
    int received = 0;
    do {
      int from = received;
      switch (ask(ref, replyTo -> new Depot.Read(ref, from, replyTo))) {
        case Depot.Part(_, byte[] bytes) when fits(bytes, from, content) -> {
          System.arraycopy(bytes, 0, content, from, bytes.length);
          received += bytes.length;
        }
        case Depot.Failed(var why) -> throw failed(ref, why);
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

  private Depot.Reply ask(ArtifactRef ref, Function<ActorRef<Depot.Reply>, Depot.Command> request)
      throws IOException {
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
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while an artifact was asked for", e);
      } catch (ExecutionException | TimeoutException e) {
        if (attempt == TRIES) {
          throw new IOException(
              "no control node answers for artifact %s".formatted(ref.sha256()), e);
        }
      }
    }
  }

  private static IOException failed(ArtifactRef ref, String why) {
    return new IOException(
        why.contains(ref.sha256()) ? why : "artifact %s: %s".formatted(ref.sha256(), why));
  }
}
