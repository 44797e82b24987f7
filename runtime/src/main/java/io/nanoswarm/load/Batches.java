package io.nanoswarm.load;

import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionUpdate;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * The sessions of one point: opens them, has them watched, and cancels what is left of them. May be
 * used from any thread.
 */
final class Batches {
  private final LoadNode node;
  private final int agents;
  private final ActorRef<SessionUpdate> watcher;
  private final Set<SessionId> unfinished = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> broken = new CompletableFuture<>();

  /**
   * @param agents that every session asks for
   * @param watcher is told of all that happens in them
   */
  Batches(LoadNode node, int agents, ActorRef<SessionUpdate> watcher) {
    this.node = node;
    this.agents = agents;
    this.watcher = watcher;
  }

  int agents() {
    return agents;
  }

  LoadNode node() {
    return node;
  }

  /**
   * @param known is told the session's id before anything is heard of it
   */
  CompletionStage<SessionId> open(LoadPlanner.Batch batch, Consumer<SessionId> known) {
    return node.open(batch, agents)
        .thenApply(id -> {
          unfinished.add(id);
          known.accept(id);
          node.watch(id, watcher);
          return id;
        })
        .whenComplete((_, failure) -> {
          if (failure != null) {
            var _ = broken.completeExceptionally(failure);
          }
        });
  }

  /** All its tasks are done: it ends by itself. */
  void finished(SessionId session) {
    unfinished.remove(session);
  }

  /**
   * Lets the time pass.
   *
   * @throws IllegalStateException if a session could not be opened, now or before
   */
  void pass(Duration time) throws InterruptedException {
    await(
        new CompletableFuture<Void>()
            .completeOnTimeout(null, time.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** Waits for the stage, as long as sessions can be opened. */
  <T> T await(CompletionStage<T> stage) throws InterruptedException {
    CompletableFuture<T> awaited = stage.toCompletableFuture();
    try {
      var _ = CompletableFuture.anyOf(broken, awaited).get();
      return awaited.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a session of the load test failed", e.getCause());
    }
  }

  /** Whether the stage completed within the time. */
  boolean within(CompletionStage<?> stage, Duration time) throws InterruptedException {
    try {
      var _ = stage.toCompletableFuture().get(time.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a session of the load test failed", e.getCause());
    }
  }

  /** Cancels what has not ended, and waits for that. */
  void cancel() throws InterruptedException {
    var all =
        unfinished.stream()
            .map(session -> node.cancel(session).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    try {
      var _ = CompletableFuture.allOf(all).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a session cannot be cancelled", e.getCause());
    }
    unfinished.clear();
  }
}
