package io.nanoswarm.chaos;

import io.nanoswarm.api.Progress;
import io.nanoswarm.api.SessionView;
import io.nanoswarm.client.EndpointClient;
import io.nanoswarm.client.Interrupted;
import io.nanoswarm.client.NodeGone;
import io.nanoswarm.client.Refused;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A client that opens one session after the other and follows each to its end, over the deaths of
 * any number of nodes: it resumes what it has opened as soon as another node serves.
 */
final class Seat implements Runnable {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;

  /** In a row, a second after each other: a node that has just started may not be ready. */
  private static final int MAX_REFUSALS = 60;

  private final Connection connection;
  private final Watch watch;
  private final Load load;
  private final AtomicInteger numbers;
  private final BooleanSupplier goesOn;

  /**
   * @param numbers the last number that was given to a session, over all seats
   * @param goesOn whether another session shall be opened
   */
  Seat(
      Connection connection,
      Watch watch,
      Load load,
      AtomicInteger numbers,
      BooleanSupplier goesOn) {
    this.connection = connection;
    this.watch = watch;
    this.load = load;
    this.numbers = numbers;
    this.goesOn = goesOn;
  }

  @Override
  public void run() {
    int refusals = 0;
    try {
      while (goesOn.getAsBoolean()) {
        var client = connection.get();
        int number = numbers.incrementAndGet();
        try {
          var before = watch.now();
          String id = client.open(load.request(number));
          watch.acknowledge(new Acknowledged.Opened(before, id));
          refusals = 0;
          follow(id, number);
        } catch (NodeGone _) {
          // Whether it was opened nobody was told; if so, it is found at the end.
          connection.awaitOther(client, PATIENCE);
        } catch (Refused refusal) {
          if (refusal.status() < UNAVAILABLE || ++refusals > MAX_REFUSALS) {
            watch.problem("no session is opened: %s".formatted(refusal.getMessage()));
            return;
          }
          connection.awaitOther(client, PATIENCE);
        }
      }
    } catch (InterruptedException | Interrupted _) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * @param number null of a session that was opened, and nobody was told
   */
  void follow(String id, @Nullable Integer number) throws InterruptedException {
    EndpointClient last = number == null ? null : connection.get();
    while (true) {
      var client = connection.get();
      try {
        if (client != last) {
          client.resume(id);
          last = client;
        }
        var ended = client.follow(id, event -> hear(id, event, client));
        conclude(number, ended, client);
        return;
      } catch (NodeGone _) {
        connection.awaitOther(client, PATIENCE);
      } catch (Refused refusal) {
        if (refusal.status() == NOT_FOUND) {
          // One that was acknowledged is missing from the journal, then.
          return;
        }
        connection.awaitOther(client, PATIENCE);
      }
    }
  }

  private void hear(String id, Progress event, EndpointClient client) {
    watch.hear(id, event);
    boolean asks =
        event instanceof Progress.Asked
            || (event instanceof Progress.Snapshot(_, var session, _)
                && !session.questions().isEmpty());
    if (asks) {
      client.session(id).questions().forEach(question -> answer(id, question, client));
    }
  }

  private void answer(String id, SessionView.QuestionView question, EndpointClient client) {
    var text = "yes, " + id;
    var before = watch.now();
    client.answer(id, question, text);
    watch.acknowledge(new Acknowledged.Answered(before, id, question.task(), text));
  }

  private void conclude(@Nullable Integer number, SessionView ended, EndpointClient client) {
    var answer = client.answer(ended.id()).orElse(null);
    var at = ended.endedAt() == null ? watch.now() : ended.endedAt();
    watch.acknowledge(new Acknowledged.Concluded(at, ended.id(), ended.status(), answer));
    if (load.completes() && !ended.status().equals("completed")) {
      watch.problem(
          "session %s was %s: %s %s"
              .formatted(ended.id(), ended.status(), ended.reason(), ended.missing()));
    }
    var expected = number == null ? null : load.answer(number);
    if (expected != null && (answer == null || !answer.strip().equals(expected))) {
      watch.problem(
          "session %s has another answer than it should: %s".formatted(ended.id(), answer));
    }
  }
}
