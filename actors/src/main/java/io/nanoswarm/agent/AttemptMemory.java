package io.nanoswarm.agent;

import io.nanoswarm.memory.AgentMemory;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.SessionId;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;

/** An agent's own memory within one session. Thread safe. */
final class AttemptMemory implements SwarmContext.Memory {
  private final String entity;
  private final HostLinks links;
  private final Runnable refuseIfOver;

  AttemptMemory(SessionId session, AgentName agent, HostLinks links, Runnable refuseIfOver) {
    this.entity = AgentMemory.entityId(session, agent);
    this.links = links;
    this.refuseIfOver = refuseIfOver;
  }

  @Override
  public CompletionStage<Optional<String>> recall(String key) {
    return this.<AgentMemory.Recalled>ask(replyTo -> new AgentMemory.Recall(key, replyTo))
        .thenApply(recalled -> Optional.ofNullable(recalled.value()));
  }

  @Override
  public CompletionStage<Void> remember(String key, String value) {
    return this.<AgentMemory.RememberReply>ask(
            replyTo -> new AgentMemory.Remember(key, value, replyTo))
        .thenApply(AttemptMemory::remembered);
  }

  @Override
  public CompletionStage<Void> forget(String key) {
    return this.<AgentMemory.Forgotten>ask(replyTo -> new AgentMemory.Forget(key, replyTo))
        .thenAccept(_ -> {});
  }

  private static Void remembered(AgentMemory.RememberReply reply) {
    return switch (reply) {
      case AgentMemory.Remembered _ -> null;
      case AgentMemory.Full(var limit) ->
          throw new IllegalStateException(
              "the memory is full (expected: at most %d values)".formatted(limit));
      case AgentMemory.TooLarge(var part, var bytes, var limit) ->
          throw new IllegalArgumentException(
              "%s: %d bytes (expected: at most %d)"
                  .formatted(part.name().toLowerCase(Locale.ROOT), bytes, limit));
    };
  }

  private <R> CompletionStage<R> ask(Function<ActorRef<R>, AgentMemory.Command> command) {
    try {
      refuseIfOver.run();
    } catch (AttemptOver over) {
      return CompletableFuture.failedFuture(over);
    }
    return AskPattern.ask(
        links.gate().memories(),
        (ActorRef<R> replyTo) ->
            new ShardingEnvelope<AgentMemory.Command>(entity, command.apply(replyTo)),
        links.settings().askTimeout(),
        links.scheduler());
  }
}
