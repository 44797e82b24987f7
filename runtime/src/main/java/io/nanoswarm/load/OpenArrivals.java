package io.nanoswarm.load;

import io.nanoswarm.session.Fence;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * By a schedule, whatever becomes of those before: how long a task takes is counted from when it
 * should have arrived, so that a swarm that stalls cannot hide it.
 *
 * <p>A task arrives either as a session of its own, or in sessions that stand already: there every
 * task has asked whether it has arrived, and its arrival is the answer. Both are stored before
 * anybody works on the task.
 */
final class OpenArrivals implements Arrivals {
  /** How long what has arrived is waited for after the last arrival. */
  private static final Duration DRAIN = Duration.ofSeconds(15);

  private final Batches batches;
  private final TaskWork work;
  private final double rate;
  private final int sessions;
  private final Duration time;
  private final InstantSource clock;
  private final ArrivalSchedule schedule;
  private final Map<String, Long> pending = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Held> held = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Done> done = new ConcurrentLinkedQueue<>();
  private final AtomicLong stillHeld = new AtomicLong();
  private final CompletableFuture<Void> allHeld = new CompletableFuture<>();
  private final ConcurrentLinkedQueue<Long> told = new ConcurrentLinkedQueue<>();
  private final Set<Long> outstanding = ConcurrentHashMap.newKeySet();
  private final CompletableFuture<Void> allDone = new CompletableFuture<>();
  private volatile boolean over;

  private record Held(TaskId task, Fence asked) {}

  /**
   * @param stored {@code Long.MAX_VALUE} if it was never done
   */
  private record Done(TaskId task, long intended, long stored) {}

  /**
   * @param sessions that hold the tasks; {@link LoadRequest#EACH} for one of its own for each
   * @param time that tasks arrive for at most; {@link #drain} ends it
   */
  OpenArrivals(
      Batches batches,
      TaskWork work,
      double rate,
      int sessions,
      Duration time,
      InstantSource clock) {
    this.batches = batches;
    this.work = work;
    this.rate = rate;
    this.sessions = sessions;
    this.time = time;
    this.clock = clock;
    schedule = new ArrivalSchedule(rate, clock);
  }

  private boolean each() {
    return sessions == LoadRequest.EACH;
  }

  @Override
  public void prepare() throws InterruptedException {
    if (each()) {
      return;
    }
    int tasks = Math.ceilDiv((int) ArrivalSchedule.count(rate, time), sessions);
    stillHeld.set((long) tasks * sessions);
    var opened = new ArrayList<CompletionStage<SessionId>>();
    for (int i = 0; i < sessions; i++) {
      opened.add(batches.open(work.batch(tasks, true), _ -> {}));
    }
    for (CompletionStage<SessionId> session : opened) {
      var _ = batches.await(session);
    }
    var _ = batches.await(allHeld);
  }

  @Override
  public void onHeld(TaskId task, Fence asked) {
    held.add(new Held(task, asked));
    if (stillHeld.decrementAndGet() == 0) {
      var _ = allHeld.complete(null);
    }
  }

  @Override
  public void begin() {
    schedule.begin(time, this::arrive);
  }

  private void arrive(long intended) {
    told.add(intended);
    outstanding.add(intended);
    if (each()) {
      var _ = batches.open(work.batch(1, false), session -> pending.put(session.value(), intended));
      return;
    }
    Held next = Objects.requireNonNull(held.poll(), "a task is held for each arrival");
    pending.put(next.task().value(), intended);
    LoadNode node = batches.node();
    node.tell(
        next.task().session(),
        new Session.Answer(next.task(), next.asked(), "arrived", node.nobody()));
  }

  @Override
  public void onSettled(TaskTimes times) {
    end(times.task(), times.stored());
  }

  @Override
  public void onFailed(TaskId task) {
    end(task, Long.MAX_VALUE);
  }

  private void end(TaskId task, long stored) {
    String key = each() ? task.session().value() : task.value();
    Long intended = pending.remove(key);
    if (each()) {
      batches.finished(task.session());
    }
    if (intended != null) {
      done.add(new Done(task, intended, stored));
      outstanding.remove(intended);
      completeIfDone();
    }
  }

  private void completeIfDone() {
    if (over && outstanding.isEmpty()) {
      var _ = allDone.complete(null);
    }
  }

  @Override
  public void drain() throws InterruptedException {
    schedule.end();
    over = true;
    completeIfDone();
    var _ = batches.within(allDone, DRAIN);
  }

  /** What was not done counts as taking at least until now. */
  @Override
  public Latencies latencies(Window window, List<TaskTimes> settled) {
    Histogram latencies = Arrivals.histogram();
    long count = 0;
    for (Done each : done) {
      if (window.has(each.intended()) && each.stored() != Long.MAX_VALUE) {
        count++;
        Arrivals.record(latencies, each.stored() - each.intended());
      }
    }
    long now = Stamps.micros(clock.instant());
    for (long intended : outstanding) {
      if (window.has(intended)) {
        Arrivals.record(latencies, now - intended);
      }
    }
    long intended = told.stream().filter(window::has).count();
    return new Latencies(latencies, intended, count, schedule.late());
  }

  @Override
  public Map<TaskId, Long> intended() {
    return done.stream().collect(Collectors.toMap(Done::task, Done::intended));
  }

  @Override
  public InFlight inFlight() {
    int agents = batches.agents();
    return new InFlight(agents, each() ? agents : Math.min(agents, sessions));
  }
}
