package io.nanoswarm.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nanoswarm.load.Arrivals.Window;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ArrivalScheduleTest {
  private static final double RATE = 500;
  private static final Duration TIME = Duration.ofMillis(400);
  private final InstantSource clock = InstantSource.system();

  @Test
  void moments_are_told_at_even_distances_and_none_before_it_has_come() {
    List<Long> told = Collections.synchronizedList(new ArrayList<>());
    List<Long> at = Collections.synchronizedList(new ArrayList<>());
    new ArrivalSchedule(RATE, clock)
        .begin(
            TIME,
            intended -> {
              at.add(Stamps.micros(clock.instant()));
              told.add(intended);
            });

    await().until(() -> told.size() == 200);
    for (int i = 0; i < told.size(); i++) {
      assertThat(told.get(i) - told.getFirst()).isEqualTo(2000L * i);
      assertThat(at.get(i)).isGreaterThanOrEqualTo(told.get(i));
    }
  }

  /** The measurement that a load test must not get wrong: coordinated omission. */
  @Test
  void a_stall_shows_in_the_percentiles() throws InterruptedException {
    Histogram fromIntended = Arrivals.histogram();
    Histogram fromStart = Arrivals.histogram();
    var stalled = new CountDownLatch(1);
    List<Long> told = Collections.synchronizedList(new ArrayList<>());
    var schedule = new ArrivalSchedule(RATE, clock);
    schedule.begin(
        TIME,
        intended -> {
          long start = Stamps.micros(clock.instant());
          if (told.size() == 20) {
            uninterruptibly(stalled);
          }
          long done = Stamps.micros(clock.instant());
          Arrivals.record(fromIntended, done - intended);
          Arrivals.record(fromStart, done - start);
          told.add(intended);
        });
    // Long enough for a hundred moments to pass while one of them is served.
    await().until(() -> told.size() == 20);
    long begun = Stamps.micros(clock.instant());
    await().until(() -> Stamps.micros(clock.instant()) - begun > 200_000);
    stalled.countDown();
    await().until(() -> told.size() == 200);

    double stall = 200_000;
    assertThat(fromIntended.getValueAtPercentile(75)).isGreaterThan((long) (stall / 10));
    assertThat(fromIntended.getValueAtPercentile(99)).isGreaterThan((long) (stall * 0.9));
    // Counted from the actual start, one of two hundred would have been slow.
    assertThat(fromStart.getValueAtPercentile(99))
        .isLessThan(fromIntended.getValueAtPercentile(99));
    assertThat(schedule.late()).isGreaterThan((long) (stall * 0.9));
  }

  @Test
  void a_schedule_that_ends_tells_no_more() {
    List<Long> told = Collections.synchronizedList(new ArrayList<>());
    var schedule = new ArrivalSchedule(1000, clock);
    schedule.begin(
        Duration.ofHours(1),
        intended -> {
          told.add(intended);
          if (told.size() == 10) {
            schedule.end();
          }
        });

    await().during(Duration.ofMillis(100)).until(() -> told.size() <= 10);
    assertThat(Objects.requireNonNull(told)).hasSize(10);
  }

  @Test
  void a_window_ends_before_its_end() {
    var window = new Window(1_000_000, 3_000_000);

    assertThat(window.has(1_000_000)).isTrue();
    assertThat(window.has(3_000_000)).isFalse();
    assertThat(window.seconds()).isEqualTo(2.0);
  }

  private static void uninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
