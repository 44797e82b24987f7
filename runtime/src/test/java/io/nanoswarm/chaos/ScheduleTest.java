package io.nanoswarm.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.chaos.Schedule.Strike;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Duration LEASE = Duration.ofSeconds(15);

  @Test
  void a_seed_repeats_the_faults_and_their_order() {
    assertThat(strikes(7, 60)).isEqualTo(strikes(7, 60)).isNotEqualTo(strikes(8, 60));
  }

  @Test
  void every_fault_comes_at_each_of_its_moments_before_one_comes_again() {
    int all = Schedule.all().size();

    assertThat(strikes(3, all)).containsExactlyInAnyOrderElementsOf(Schedule.all());
  }

  @Test
  void only_what_is_asked_for_comes() {
    var schedule = new Schedule(1, LEASE, "paused");
    for (int i = 0; i < 50; i++) {
      assertThat(schedule.next().fault().pause()).isTrue();
    }
  }

  @Test
  void what_is_paused_for_long_has_lost_its_lease_and_what_is_paused_for_short_has_not() {
    var schedule = new Schedule(1, LEASE, "");
    for (int i = 0; i < 200; i++) {
      assertThat(schedule.pause(Fault.PAUSE_WORKER_LONG)).isGreaterThan(LEASE);
      // A lease is renewed three times while it lasts: what is left of it is at least two thirds.
      assertThat(schedule.pause(Fault.PAUSE_NODE)).isLessThan(LEASE.multipliedBy(2).dividedBy(3));
    }
  }

  @Test
  void the_median_of_two_is_between_them() {
    assertThat(Tally.median(List.of(1L, 2L, 9L))).isEqualTo(2);
    assertThat(Tally.median(List.of(1L, 3L))).isEqualTo(2);
  }

  private static List<Strike> strikes(long seed, int count) {
    var schedule = new Schedule(seed, LEASE, "");
    return IntStream.range(0, count).mapToObj(_ -> schedule.next()).toList();
  }
}
