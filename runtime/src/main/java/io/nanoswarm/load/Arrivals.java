package io.nanoswarm.load;

import io.nanoswarm.load.TaskLog.Listener;
import io.nanoswarm.session.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** How tasks come while a point is measured. */
interface Arrivals extends Listener {
  /** Longer than it takes to begin and to end what counts: till then tasks arrive. */
  Duration SLACK = Duration.ofSeconds(5);

  /** Three digits, up to an hour. */
  static Histogram histogram() {
    return new Histogram(Duration.ofHours(1).toMillis() * 1000, 3);
  }

  /**
   * Records what may be longer than the histogram takes, or, by a moved clock, less than nothing.
   */
  static void record(Histogram histogram, long micros) {
    histogram.recordValue(Math.clamp(micros, 0, histogram.getHighestTrackableValue()));
  }

  /**
   * A stretch of time, in microseconds since 1970.
   *
   * @param to exclusive
   */
  record Window(long from, long to) {
    boolean has(long micros) {
      return from <= micros && micros < to;
    }

    double seconds() {
      return (to - from) / 1e6;
    }
  }

  /**
   * @param latencies in microseconds
   * @param intended tasks that should have arrived, 0 without a schedule
   * @param done of these
   * @param lateMicros how far the schedule was behind at worst
   */
  record Latencies(Histogram latencies, long intended, long done, long lateMicros) {}

  /** Stores what must stand before tasks can arrive; returns when it does. */
  void prepare() throws InterruptedException;

  /** Has tasks arrive from now on. */
  void begin();

  /** Has no more tasks arrive, and waits, within a bound, for those that have by a schedule. */
  void drain() throws InterruptedException;

  /** Of the tasks of the window. */
  Latencies latencies(Window window, List<TaskTimes> settled);

  /** When tasks that are done should have arrived, empty without a schedule. */
  Map<TaskId, Long> intended();

  /** Tasks that are in flight at a time, and the sessions that they belong to. */
  InFlight inFlight();

  /**
   * @param tasks at most one for each agent
   * @param sessions of these at a time
   */
  record InFlight(int tasks, int sessions) {}
}
