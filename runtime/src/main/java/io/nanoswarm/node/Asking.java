package io.nanoswarm.node;

import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.TaskPages;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;

/**
 * Asks actors from outside, one hop at a time.
 *
 * @param timeout from the request to the moment the stage fails
 * @param journal says why, if it failed meanwhile
 */
record Asking(ActorSystem<?> system, Duration timeout, JournalHealth journal) {

  /** The stage fails with a {@link SwarmProblem} if there is no answer in time. */
  <C, R> CompletionStage<R> ask(RecipientRef<C> actor, Function<ActorRef<R>, C> request) {
    return explained(AskPattern.ask(actor, request::apply, timeout, system.scheduler()));
  }

  /** Asks the entity of a shard region. */
  <C, R> CompletionStage<R> ask(
      ActorRef<ShardingEnvelope<C>> region, String entity, Function<ActorRef<R>, C> request) {
    return explained(
        AskPattern.ask(
            region,
            (ActorRef<R> replyTo) -> new ShardingEnvelope<>(entity, request.apply(replyTo)),
            timeout,
            system.scheduler()));
  }

  /** With the tasks that did not fit into the message. */
  CompletionStage<SessionSnapshot> whole(SessionSnapshot told) {
    return explained(TaskPages.whole(told, timeout, system));
  }

  /** The session as it is after a wish was fulfilled, likewise. */
  CompletionStage<Session.WishReply> whole(Session.WishReply told) {
    return switch (told) {
      case Session.Done(var session) -> whole(session).thenApply(Session.Done::new);
      case Session.NotDone notDone -> CompletableFuture.completedFuture(notDone);
    };
  }

  private <R> CompletionStage<R> explained(CompletionStage<R> asked) {
    return asked.exceptionallyCompose(failure ->
        CompletableFuture.failedStage(
            failure instanceof TimeoutException || failure.getCause() instanceof TimeoutException
                ? noAnswer()
                : failure));
  }

  private SwarmProblem noAnswer() {
    return journal
        .trouble()
        .map(trouble ->
            new SwarmProblem(
                SwarmProblem.Kind.UNAVAILABLE,
                trouble.told(),
                switch (trouble.act()) {
                  case WRITE ->
                      "nothing of the request was confirmed; when the journal can be written again,"
                          + " repeat it";
                  case READ -> journal.repair();
                }))
        .orElseGet(() ->
            new SwarmProblem(
                SwarmProblem.Kind.UNAVAILABLE,
                "the swarm did not answer within %d s".formatted(timeout.toSeconds()),
                "the machine may be too busy: try again"));
  }
}
