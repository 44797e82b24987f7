package io.nanoswarm.chaos;

import io.nanoswarm.api.SessionSummary;
import io.nanoswarm.client.Interrupted;
import io.nanoswarm.client.NodeGone;
import io.nanoswarm.client.Refused;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that keep sessions running, side by side. */
final class Seats implements AutoCloseable {
  private static final Duration END_WITHIN = Duration.ofMinutes(4);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int TRIES = 60;

  private final Connection connection;
  private final Watch watch;
  private final Load load;
  private final Check check;
  private final AtomicBoolean goesOn = new AtomicBoolean(true);
  private final AtomicInteger numbers = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();

  /** What is looked after while seats are waited for. */
  interface Check {
    void run() throws IOException, InterruptedException;
  }

  Seats(Connection connection, Watch watch, Load load, Check check) {
    this.connection = connection;
    this.watch = watch;
    this.load = load;
    this.check = check;
  }

  void start(int count) {
    for (int i = 1; i <= count; i++) {
      var seat = new Seat(connection, watch, load, numbers, goesOn::get);
      threads.add(Thread.ofVirtual().name("seat-" + i).start(seat));
    }
  }

  /** Opens no more, and waits for those that are open, whoever was told that they are. */
  void finish() throws IOException, InterruptedException {
    goesOn.set(false);
    awaitEnd(threads);
    endUnknown();
  }

  private void awaitEnd(List<Thread> seats) throws IOException, InterruptedException {
    var until = watch.now().plus(END_WITHIN);
    for (Thread seat : seats) {
      while (seat.isAlive() && watch.now().isBefore(until)) {
        check.run();
        var _ = seat.join(LOOK);
      }
    }
  }

  /** Sessions that were opened when a node died before it could say so go on, too. */
  private void endUnknown() throws IOException, InterruptedException {
    var known = new HashSet<String>();
    watch.acknowledged().forEach(fact -> known.add(fact.session()));
    var followers = new ArrayList<Thread>();
    for (SessionSummary session : sessions()) {
      if (session.endedAt() == null && !known.contains(session.id())) {
        followers.add(Thread.ofVirtual().start(() -> follow(session.id())));
      }
    }
    try {
      awaitEnd(followers);
    } finally {
      followers.forEach(Thread::interrupt);
    }
  }

  private void follow(String session) {
    try {
      new Seat(connection, watch, load, numbers, () -> false).follow(session, null);
    } catch (InterruptedException | Interrupted _) {
      Thread.currentThread().interrupt();
    }
  }

  private List<SessionSummary> sessions() throws IOException, InterruptedException {
    for (int i = 1; i < TRIES; i++) {
      var client = connection.get();
      try {
        return client.sessions();
      } catch (NodeGone | Refused _) {
        check.run();
        connection.awaitOther(client, LOOK);
      }
    }
    return connection.get().sessions();
  }

  /** Leaves sessions alone. */
  @Override
  public void close() {
    goesOn.set(false);
    threads.forEach(Thread::interrupt);
  }
}
