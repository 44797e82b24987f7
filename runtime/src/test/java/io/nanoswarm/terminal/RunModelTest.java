package io.nanoswarm.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.api.Progress;
import io.nanoswarm.client.Story;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunModelTest {

  static RunModel after(Progress... events) {
    return List.of(events).stream().reduce(RunModel.EMPTY, RunModel::apply, (_, last) -> last);
  }

  @Test
  void an_agent_that_begins_a_task_works_and_one_that_ends_it_is_idle() {
    var working =
        after(
            Story.opening(),
            Story.planned(),
            Story.up("critic-1", "critic", 1, 0),
            Story.began("check", "critic-1"));

    assertThat(working.agents().get("critic-1").state()).isEqualTo("working");
    assertThat(working.tasks().get("check").state()).isEqualTo("running");

    var idle = working.apply(Story.ended("check", "critic-1", "completed", "fine"));

    assertThat(idle.agents().get("critic-1").state()).isEqualTo("idle");
    assertThat(idle.agents().get("critic-1").task()).isNull();
  }

  @Test
  void a_death_leaves_no_pid_and_the_restart_brings_another() {
    var dead =
        after(Story.opening(), Story.up("critic-1", "critic", 1, 0), Story.down("critic-1", 1));

    assertThat(dead.agents().get("critic-1").state()).isEqualTo("restarting");
    assertThat(dead.agents().get("critic-1").pid()).isNull();

    var back = dead.apply(Story.up("critic-1", "critic", 2, 1));

    assertThat(back.agents().get("critic-1").pid()).isEqualTo(2);
    assertThat(back.agents().get("critic-1").restarts()).isEqualTo(1);
  }

  @Test
  void a_cut_off_attempt_makes_its_task_ready_again() {
    var model =
        after(
            Story.opening(),
            Story.planned(),
            Story.began("check", "critic-1"),
            Story.cut("check", "critic-1"));

    assertThat(model.tasks().get("check").state()).isEqualTo("ready");
  }

  @Test
  void the_stage_follows_the_earliest_task_that_is_left() {
    var model = after(Story.opening());
    assertThat(model.stage()).contains(Stage.PLANNING);

    model = model.apply(Story.planned());
    assertThat(model.stage()).contains(Stage.SEARCHING);

    for (var task : List.of("find-schema", "find-queries", "find-pools")) {
      model = model.apply(Story.ended(task, "researcher-1", "completed", ""));
    }
    assertThat(model.stage()).contains(Stage.CHECKING);

    model = model.apply(Story.ended("check", "critic-1", "dead", "no"));
    assertThat(model.stage()).contains(Stage.ANSWERING);

    model = model.apply(Story.concluded("partial"));
    assertThat(model.stage()).contains(Stage.DONE);
  }

  @Test
  void a_new_snapshot_replaces_what_was_known() {
    var model = after(Story.opening(), Story.planned(), Story.opening());

    assertThat(model.tasks()).isEmpty();
  }

  @Test
  void agents_and_tasks_nobody_told_of_before_are_taken_in() {
    var model = after(Story.began("late.child", "helper-1"), Story.doing("other-1", "humming"));

    assertThat(model.tasks()).containsKey("late.child");
    assertThat(model.agents()).containsKeys("helper-1", "other-1");
  }

  @Test
  void a_swarm_of_ones_own_has_no_stages() {
    var model = after(Story.opening(), Story.planned("count", "word-counter"));

    assertThat(model.stage()).isEmpty();
  }

  @Test
  void an_agent_that_is_replaced_while_it_works_is_shown_beside_the_new_one_until_it_is_done() {
    var replaced =
        after(
            Story.opening(),
            Story.planned(),
            Story.up("critic-1", "critic", 1, 0),
            Story.began("check", "critic-1"),
            Story.up("critic-1", "critic", 2, 0),
            Story.doing("critic-1", "still at it"));

    assertThat(replaced.agents().get("critic-1").state()).isEqualTo("idle");
    assertThat(replaced.agents().get("critic-1").pid()).isEqualTo(2);
    assertThat(replaced.agentList())
        .filteredOn(RunModel.Agent::draining)
        .singleElement()
        .isEqualTo(
            new RunModel.Agent("critic-1", "critic", "draining", 1L, 0, "check", "still at it"));

    var done = replaced.apply(Story.ended("check", "critic-1", "completed", "fine"));

    assertThat(done.agentList()).noneMatch(RunModel.Agent::draining);
    assertThat(done.agents().get("critic-1").pid()).isEqualTo(2);
  }
}
