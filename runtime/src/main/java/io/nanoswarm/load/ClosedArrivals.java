package io.nanoswarm.load;

import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;

/**
 * As fast as it goes: there are always tasks, and whoever is done takes the next. A session that
 * runs out of them is followed by another before it does.
 */
final class ClosedArrivals implements Arrivals {
  /** Of a session; more would only make the test longer to prepare. */
  private static final int TASKS = 1000;

  /** Left in a session when its successor is opened, for each agent and at least. */
  private static final int LEFT_EACH = 4;

  private static final int LEFT_LEAST = 100;

  private final Batches batches;
  private final LoadPlanner.Batch batch;
  private final int lanes;
  private final int threshold;
  private final Map<SessionId, AtomicInteger> left = new ConcurrentHashMap<>();
  private volatile boolean over;

  /** Sessions of many tasks, so many at a time. */
  static ClosedArrivals ofSessions(Batches batches, TaskWork work, int sessions) {
    int threshold = Math.max(LEFT_LEAST, LEFT_EACH * batches.agents());
    return new ClosedArrivals(batches, work.batch(TASKS, false), sessions, threshold);
  }

  /** A session for each task; two for each agent at a time, so that none waits for one to open. */
  static ClosedArrivals ofSmallSessions(Batches batches, TaskWork work) {
    return ofSmallSessions(batches, work, 2 * batches.agents());
  }

  /** A session for each task, so many at a time. */
  static ClosedArrivals ofSmallSessions(Batches batches, TaskWork work, int atATime) {
    return new ClosedArrivals(batches, work.batch(1, false), atATime, 0);
  }

  private ClosedArrivals(Batches batches, LoadPlanner.Batch batch, int lanes, int threshold) {
    this.batches = batches;
    this.batch = batch;
    this.lanes = lanes;
    this.threshold = Math.min(threshold, batch.tasks() - 1);
  }

  @Override
  public void prepare() throws InterruptedException {
    var opened = new ArrayList<CompletionStage<SessionId>>();
    for (int lane = 0; lane < lanes; lane++) {
      opened.add(open());
    }
    for (CompletionStage<SessionId> each : opened) {
      var _ = batches.await(each);
    }
  }

  private CompletionStage<SessionId> open() {
    return batches.open(batch, id -> left.put(id, new AtomicInteger(batch.tasks())));
  }

  @Override
  public void begin() {}

  @Override
  public void onSettled(TaskTimes times) {
    ended(times.task());
  }

  @Override
  public void onFailed(TaskId task) {
    ended(task);
  }

  private void ended(TaskId task) {
    SessionId session = task.session();
    AtomicInteger count = left.get(session);
    if (count == null) {
      return;
    }
    int now = count.decrementAndGet();
    if (now == 0) {
      left.remove(session);
      batches.finished(session);
    }
    if (now == threshold && !over) {
      var _ = open();
    }
  }

  @Override
  public void drain() {
    over = true;
  }

  /** From the attempt's begin: when such a task should have begun is not defined. */
  @Override
  public Latencies latencies(Window window, List<TaskTimes> settled) {
    Histogram latencies = Arrivals.histogram();
    settled.forEach(times -> Arrivals.record(latencies, times.stored() - times.granted()));
    return new Latencies(latencies, 0, 0, 0);
  }

  @Override
  public Map<TaskId, Long> intended() {
    return Map.of();
  }

  @Override
  public InFlight inFlight() {
    return new InFlight(batches.agents(), Math.min(batches.agents(), lanes));
  }
}
