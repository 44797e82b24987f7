package io.nanoswarm.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.api.Progress;
import io.nanoswarm.client.Story;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When a cluster counts as having gone on. */
class ClusterHitTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

  private final ClusterHit hit =
      new ClusterHit(ClusterFault.PART_CONTROL, "machine-1", AT, Set.of("a", "b"));

  @Test
  void it_goes_on_when_every_session_that_was_open_has_ended_a_task_and_the_slowest_one_counts() {
    assertThat(hit.goesOnWith(ended("a", 7))).isFalse();
    assertThat(hit.wentOnAfter()).isNull();
    assertThat(hit.waiting()).containsExactly("b");

    assertThat(hit.goesOnWith(ended("b", 3))).isTrue();
    assertThat(hit.wentOnAfter()).isEqualTo(7000);
  }

  @Test
  void what_ended_before_the_fault_and_is_heard_of_after_it_shows_nothing() {
    assertThat(hit.goesOnWith(ended("a", -1))).isFalse();
    assertThat(hit.goesOnWith(ended("b", 2))).isFalse();
    assertThat(hit.waiting()).containsExactly("a");
  }

  @Test
  void sessions_that_were_opened_later_do_not_matter() {
    assertThat(hit.goesOnWith(ended("c", 1))).isFalse();
    assertThat(hit.waiting()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void a_session_whose_end_was_heard_before_the_fault_is_not_open() {
    var watch = new Watch(() -> AT);
    for (String id : List.of("7f3a-session", "later")) {
      watch.acknowledge(new Acknowledged.Opened(AT, id));
    }

    watch.hear(
        "7f3a-session",
        new Progress.Concluded(AT, Story.session("completed", Story.tasks("completed"))));

    assertThat(watch.open()).as("though its answer is still on its way").containsExactly("later");
  }

  @Test
  void a_session_that_stands_still_is_not_waited_for_after_the_next_fault() {
    var watch = new Watch(() -> AT);
    watch.acknowledge(new Acknowledged.Opened(AT, "a"));
    watch.acknowledge(new Acknowledged.Opened(AT, "b"));

    watch.giveUp("a");

    assertThat(watch.open()).containsExactly("b");
  }

  private static Watch.Seen ended(String session, int seconds) {
    return new Watch.Seen(
        session,
        new Progress.TaskEnded(AT.plusSeconds(seconds), "step", "worker-1", "completed", ""));
  }
}
