package io.nanoswarm.node;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;

/**
 * Asks actors from outside, one hop at a time.
 *
 * @param timeout from the request to the moment the stage fails with a {@link
 *     java.util.concurrent.TimeoutException}
 */
record Asking(ActorSystem<?> system, Duration timeout) {

  <C, R> CompletionStage<R> ask(RecipientRef<C> actor, Function<ActorRef<R>, C> request) {
    return AskPattern.ask(actor, request::apply, timeout, system.scheduler());
  }

  /** Asks the entity of a shard region. */
  <C, R> CompletionStage<R> ask(
      ActorRef<ShardingEnvelope<C>> region, String entity, Function<ActorRef<R>, C> request) {
    return AskPattern.ask(
        region,
        (ActorRef<R> replyTo) -> new ShardingEnvelope<>(entity, request.apply(replyTo)),
        timeout,
        system.scheduler());
  }
}
