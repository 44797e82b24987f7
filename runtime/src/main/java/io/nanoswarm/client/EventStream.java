package io.nanoswarm.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.nanoswarm.api.ApiJson;
import io.nanoswarm.api.Progress;
import io.nanoswarm.api.SessionView;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Follows one session's events across broken connections, as long as its node is healthy. */
final class EventStream {
  private static final int MAX_BREAKS = 8;
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2_000;

  private final Requests requests;
  private final String path;
  private final Runnable health;
  private @Nullable String lastEventId;
  private int breaksInARow;

  /**
   * @param health returns if the node is well, throws {@link NodeGone} if not
   */
  EventStream(Requests requests, String path, Runnable health) {
    this.requests = requests;
    this.path = path;
    this.health = health;
  }

  SessionView follow(Consumer<Progress> listener) {
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
  private @Nullable SessionView read(Consumer<Progress> listener)
      throws IOException, InterruptedException {
    try (var lines = requests.events(path, lastEventId)) {
      var assembly = new ServerSentEvent.Assembly();
      for (var line : (Iterable<String>) lines::iterator) {
        var event = assembly.add(line);
        if (event == null) {
          continue;
        }
        var progress = ApiJson.mapper().readValue(event.data(), Progress.class);
        lastEventId = event.id() == null ? lastEventId : event.id();
        breaksInARow = 0;
        listener.accept(progress);
        if (progress instanceof Progress.Concluded(_, var session)) {
          return session;
        }
      }
      return null;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "the node's event is not understood: " + e.getOriginalMessage(), e);
    } catch (UncheckedIOException e) {
      if (Thread.interrupted()) {
        throw new Interrupted();
      }
      throw e.getCause();
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
