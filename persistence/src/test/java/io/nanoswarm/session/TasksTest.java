package io.nanoswarm.session;

import static io.nanoswarm.session.Sample.ANSWER;
import static io.nanoswarm.session.Sample.READ;
import static io.nanoswarm.session.Sample.fence;
import static io.nanoswarm.session.Sample.planned;
import static io.nanoswarm.session.Sample.spec;
import static io.nanoswarm.session.Sample.task;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TasksTest {
  private static final TaskId OTHER = task("other");
  private final Tasks tasks =
      Tasks.of(Map.of())
          .plusPlanned(
              List.of(spec(READ), spec(OTHER), spec(ANSWER).withAfter(List.of(READ, OTHER))));

  @Test
  void they_stand_in_the_order_in_which_they_came_to_be() {
    var more = tasks.plusPlanned(List.of(spec(READ.child("b")), spec(READ.child("a")), spec(READ)));

    assertThat(more.keySet())
        .containsExactly(READ, OTHER, ANSWER, READ.child("b"), READ.child("a"));
    assertThat(more.childrenOf(READ)).containsExactly(READ.child("b"), READ.child("a"));
    assertThat(tasks).hasSize(3);
  }

  @Test
  void a_task_awaits_those_before_it_until_the_last_has_ended() {
    assertThat(tasks.awaitsNone(READ)).isTrue();
    assertThat(tasks.awaitsNone(ANSWER)).isFalse();

    var one = tasks.with(settled(READ));
    var both = one.with(settled(OTHER));

    assertThat(one.awaitsNone(ANSWER)).isFalse();
    assertThat(both.awaitsNone(ANSWER)).isTrue();
    assertThat(both.followersOf(READ)).containsExactly(ANSWER);
    assertThat(both.allEnded()).isFalse();
    assertThat(both.with(settled(ANSWER)).allEnded()).isTrue();
  }

  @Test
  void a_suspended_task_awaits_the_children_it_names_that_have_not_ended() {
    TaskId first = READ.child("first");
    TaskId second = READ.child("second");
    var suspended =
        tasks
            .plusPlanned(List.of(spec(first), spec(second)))
            .with(settled(first))
            .with(waiting(READ, first, second));

    assertThat(suspended.awaitsNone(READ)).isFalse();
    assertThat(suspended.with(settled(second)).awaitsNone(READ)).isTrue();
  }

  @Test
  void what_is_read_back_from_a_snapshot_waits_as_before() {
    TaskId child = READ.child("part");
    var before =
        tasks.plusPlanned(List.of(spec(child))).with(waiting(READ, child)).with(settled(OTHER));

    var after = Tasks.of(new LinkedHashMap<>(before));

    assertThat(after).isEqualTo(before);
    assertThat(after.awaitsNone(READ)).isFalse();
    assertThat(after.awaitsNone(ANSWER)).isFalse();
    var over = after.with(settled(child)).with(settled(READ));
    assertThat(over.awaitsNone(READ)).isTrue();
    assertThat(over.awaitsNone(ANSWER)).isTrue();
  }

  @Test
  void only_an_attempt_without_any_before_it_has_settled_its_task_at_once() {
    var session = planned(spec(READ));
    var released =
        Sample.active(
            session,
            new SessionEvent.AttemptEnded(
                Sample.NOW, READ, fence(1), Sample.AGENT, "given back", false));

    assertThat(settledBy(session, fence(1)).settledAtOnce()).isTrue();
    assertThat(settledBy(released, fence(2)).settledAtOnce()).isFalse();
    assertThat(settledBy(session, new Fence(2, 1)).settledAtOnce()).isFalse();
    assertThat(session.task(READ).orElseThrow().settledAtOnce()).isFalse();
  }

  private static TaskRecord settledBy(SessionState.Active session, Fence fence) {
    return Sample.active(
            session,
            new SessionEvent.TaskSettled(
                Sample.NOW, READ, fence, Sample.AGENT, Sample.NOW, new Outcome.Completed("done")))
        .task(READ)
        .orElseThrow();
  }

  private static TaskRecord settled(TaskId id) {
    return TaskRecord.planned(spec(id))
        .settled(
            new TaskRecord.Settled(
                new Outcome.Completed("done"),
                fence(1),
                Sample.AGENT,
                Instant.EPOCH,
                Instant.EPOCH.plus(Duration.ofSeconds(1))));
  }

  private static TaskRecord waiting(TaskId id, TaskId... children) {
    return TaskRecord.planned(spec(id))
        .suspended(
            new TaskRecord.Suspended("c", new Wait.ForChildren(List.of(children))), fence(1));
  }
}
