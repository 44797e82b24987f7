package io.nanoswarm.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.nanoswarm.api.ApiJson;
import io.nanoswarm.api.Progress;
import io.nanoswarm.api.SessionView;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Follows one session's events across broken connections, as long as its node is healthy, and says
 * when it gives no sign of life.
 */
final class EventStream {
  private static final int MAX_BREAKS = 8;
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  private final Requests requests;
  private final String path;
  private final Runnable health;
  private final Duration patience;
  private @Nullable String lastEventId;
  private int breaksInARow;
  private int awaited = 1;

  /**
   * @param health returns if the node is well, throws {@link NodeGone} if not
   * @param patience from one sign of life to the moment that the listener is told of the silence
   */
  EventStream(Requests requests, String path, Runnable health, Duration patience) {
    this.requests = requests;
    this.path = path;
    this.health = health;
    this.patience = patience;
  }

  /**
   * @param question whose end is awaited, by its number
   */
  SessionView follow(int question, SessionListener listener) {
    awaited = question;
    while (true) {
      try {
        var ended = read(listener);
        if (ended != null) {
          return ended;
        }
        onBreak(null);
      } catch (InterruptedIOException | InterruptedException e) {
        throw new Interrupted();
      } catch (IOException e) {
        onBreak(e);
      }
    }
  }

  /** The session as it ended, or null if the stream ended before the session. */
  private @Nullable SessionView read(SessionListener listener)
      throws IOException, InterruptedException {
    try (var lines = new AwaitedLines(() -> requests.events(path, lastEventId))) {
      var assembly = new ServerSentEvent.Assembly();
      while (true) {
        switch (next(lines, listener)) {
          case AwaitedLines.Line(var text) -> {
            var event = assembly.add(text);
            var ended = event == null ? null : tell(event, listener);
            if (ended != null) {
              return ended;
            }
          }
          case AwaitedLines.End(var cause) -> {
            failAs(cause);
            return null;
          }
        }
      }
    }
  }

  /** Waits for as long as it takes: a node that is frozen keeps its connections. */
  private AwaitedLines.Item next(AwaitedLines lines, SessionListener listener)
      throws InterruptedException {
    var item = lines.next(patience);
    if (item != null) {
      return item;
    }
    listener.silent(patience);
    while (item == null) {
      item = lines.next(patience);
    }
    if (item instanceof AwaitedLines.Line) {
      listener.answersAgain();
    }
    return item;
  }

  private @Nullable SessionView tell(ServerSentEvent event, SessionListener listener) {
    try {
      var progress = ApiJson.mapper().readValue(event.data(), Progress.class);
      lastEventId = event.id() == null ? lastEventId : event.id();
      breaksInARow = 0;
      if (progress instanceof Progress.Concluded(_, var session) && session.question() < awaited) {
        return null;
      }
      listener.hear(progress);
      return progress instanceof Progress.Concluded(_, var session) ? session : null;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "the node's event is not understood: " + e.getOriginalMessage(), e);
    }
  }

  /** Returns if the stream just ended. */
  private static void failAs(@Nullable Exception cause) throws IOException {
    switch (cause) {
      case null -> {}
      case UncheckedIOException unchecked -> throw unchecked.getCause();
      case IOException io -> throw io;
      case RuntimeException runtime -> throw runtime;
      case Exception other -> throw new IOException(other);
    }
  }

  /** Waits before the next connection, or gives up on the node. */
  private void onBreak(@Nullable IOException cause) {
    if (++breaksInARow > MAX_BREAKS) {
      throw new NodeGone(requests.endpoint(), cause);
    }
    health.run();
    var pause = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << breaksInARow);
    try {
      TimeUnit.MILLISECONDS.sleep(pause);
    } catch (InterruptedException e) {
      throw new Interrupted();
    }
  }
}
