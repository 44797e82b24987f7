package io.nanoswarm.tracing;

import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionId;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Reads stored sessions, {@value #AT_ONCE} at once and the others after them in the order in which
 * they were wanted. What is cancelled before its turn is not read. Thread safe.
 */
final class FewReads implements Function<SessionId, CompletionStage<List<SessionEvent>>> {
  /**
   * Each read has a connection to the database and all events of its session in memory, and all
   * sessions of a node may come at once: those of another one that has ended.
   */
  static final int AT_ONCE = 4;

  private record Wanted(SessionId session, CompletableFuture<List<SessionEvent>> events) {}

  private final Function<SessionId, CompletionStage<List<SessionEvent>>> stored;
  private final Queue<Wanted> waiting = new ArrayDeque<>();
  private int reading;

  FewReads(Function<SessionId, CompletionStage<List<SessionEvent>>> stored) {
    this.stored = stored;
  }

  @Override
  public CompletionStage<List<SessionEvent>> apply(SessionId session) {
    var wanted = new Wanted(session, new CompletableFuture<>());
    synchronized (this) {
      waiting.removeIf(each -> each.events().isDone());
      waiting.add(wanted);
      if (reading == AT_ONCE) {
        return wanted.events();
      }
      reading++;
    }
    readNext();
    return wanted.events();
  }

  /** Uses the place of a read that has ended, or gives it up. */
  private void readNext() {
    Wanted next;
    synchronized (this) {
      waiting.removeIf(each -> each.events().isDone());
      next = waiting.poll();
      if (next == null) {
        reading--;
        return;
      }
    }
    var _ =
        CompletableFuture.completedFuture(next.session())
            .thenCompose(stored)
            .whenComplete((events, why) -> {
              readNext();
              if (why == null) {
                next.events().complete(events);
              } else {
                next.events().completeExceptionally(why);
              }
            });
  }
}
