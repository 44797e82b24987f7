package io.nanoswarm.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.api.OverviewView.QueueView;
import io.nanoswarm.api.OverviewView.TaskCount;
import io.nanoswarm.api.SessionSummary;
import io.nanoswarm.api.SessionView.TaskView;
import io.nanoswarm.client.Story;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OverviewPartsTest {
  private static final Instant ASKED = Story.START;

  private static TaskView task(
      String id, String role, String state, @Nullable Instant endedAt, String... after) {
    return new TaskView(id, role, "do " + id, state, null, 0, null, null, endedAt, List.of(after));
  }

  @Test
  void a_session_that_nobody_drives_is_told_without_its_tasks() {
    var line = SessionSummary.of("7f3a", "Why?", "/home/ada/shop", "paused", ASKED, null);

    var row = OverviewParts.row(line, null);

    assertThat(row.tasks()).isNull();
    assertThat(row.status()).isEqualTo("paused");
  }

  @Test
  void tasks_of_a_session_are_counted_by_what_became_of_them() {
    var session =
        Story.session(
            "running",
            List.of(
                task("a", "researcher", "completed", ASKED.plusSeconds(5)),
                task("b", "researcher", "dead", ASKED.plusSeconds(6)),
                task("c", "researcher", "running", null),
                task("d", "critic", "waiting", null, "c")));
    var line = SessionSummary.of(Story.ID, Story.GOAL, "/home/ada/shop", "running", ASKED, null);

    assertThat(OverviewParts.row(line, session).tasks()).isEqualTo(new TaskCount(2, 1, 1, 4));
  }

  @Test
  void a_task_waits_since_the_last_one_before_it_ended_and_else_since_the_question() {
    var session =
        Story.session(
            "running",
            List.of(
                task("a", "researcher", "completed", ASKED.plusSeconds(20)),
                task("b", "researcher", "failed", ASKED.plusSeconds(30)),
                task("c", "critic", "ready", null, "a", "b"),
                task("d", "coordinator", "waiting", null, "c"),
                task("e", "researcher", "ready", null)));

    var queues =
        OverviewParts.queues(
            List.of(session),
            List.of(
                Story.agent("researcher-1", "researcher", "idle", 1L),
                Story.agent("researcher-2", "researcher", "restarting", null),
                Story.agent("analyst-1", "analyst", "working", 2L)));

    assertThat(queues)
        .containsExactly(
            new QueueView("analyst", 0, null, 0, 0, 1),
            new QueueView("coordinator", 0, null, 0, 1, 0),
            new QueueView("critic", 1, ASKED.plusSeconds(30), 0, 0, 0),
            new QueueView("researcher", 1, ASKED, 0, 0, 1));
  }
}
