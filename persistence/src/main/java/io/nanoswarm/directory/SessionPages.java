package io.nanoswarm.directory;

import io.nanoswarm.directory.SessionDirectory.GetSessions;
import io.nanoswarm.directory.SessionDirectory.Sessions;
import io.nanoswarm.session.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * Reads all sessions of the directory, page by page: thousands are larger than a message between
 * nodes may be.
 *
 * <p>Guarantees: every session that is listed from the first page to the last is told once, as it
 * was when its page was. If the last one of a page is deleted before the next page is asked for,
 * reading begins anew.
 *
 * <p>Belongs to one reading.
 */
public final class SessionPages {
  /** Deletions come by hundreds, and pages within milliseconds. */
  private static final int MOST_BEGINNINGS = 20;

  private final Function<
          Function<ActorRef<Sessions>, SessionDirectory.Command>, CompletionStage<Sessions>>
      ask;
  private final List<SessionLine> lines = new ArrayList<>();
  private int beginnings = 1;

  /**
   * @param ask asks the directory
   */
  public SessionPages(
      Function<Function<ActorRef<Sessions>, SessionDirectory.Command>, CompletionStage<Sessions>>
          ask) {
    this.ask = ask;
  }

  /** All of them, in the order in which they were listed. */
  public CompletionStage<List<SessionLine>> all() {
    return after(null);
  }

  private CompletionStage<List<SessionLine>> after(@Nullable SessionId last) {
    return ask.apply(replyTo -> new GetSessions(last, true, replyTo)).thenCompose(this::take);
  }

  private CompletionStage<List<SessionLine>> take(Sessions page) {
    if (page.anew()) {
      lines.clear();
      beginnings++;
    }
    lines.addAll(page.lines());
    if (!page.more()) {
      return CompletableFuture.completedFuture(List.copyOf(lines));
    }
    if (beginnings > MOST_BEGINNINGS) {
      return CompletableFuture.failedFuture(
          new IllegalStateException(
              "sessions were deleted faster than they could be listed, %d times; try again"
                  .formatted(beginnings)));
    }
    return after(page.lines().getLast().session());
  }
}
