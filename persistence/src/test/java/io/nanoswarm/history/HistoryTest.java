package io.nanoswarm.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.BlackboardEvent;
import io.nanoswarm.blackboard.BlackboardEvent.EntryPosted;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionEvent.AttemptEnded;
import io.nanoswarm.session.SessionEvent.EpochStarted;
import io.nanoswarm.session.SessionEvent.PlanRecorded;
import io.nanoswarm.session.SessionEvent.SessionConcluded;
import io.nanoswarm.session.SessionEvent.SessionOpened;
import io.nanoswarm.session.SessionEvent.SessionPaused;
import io.nanoswarm.session.SessionEvent.SessionUnpaused;
import io.nanoswarm.session.SessionEvent.TaskSettled;
import io.nanoswarm.session.SessionEvent.TaskSuspended;
import io.nanoswarm.session.SessionEvent.TaskWoken;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.session.Wait;
import io.nanoswarm.session.Workspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each classic mistake, put into a history that is sound without it, is found. */
class HistoryTest {
  private static final SessionId SESSION = new SessionId("goal-1");
  private static final TaskId READ = TaskId.of(SESSION, "read");
  private static final TaskId WRITE = TaskId.of(SESSION, "write");
  private static final AgentName ANN = new AgentName("ann");
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Outcome DONE = new Outcome.Completed("done");
  private static final Workspace WORKSPACE =
      new Workspace("/w", new ArtifactRef("0".repeat(64), 0), 0, 0);
  private static final Plan PLAN =
      new Plan(
          List.of(
              TaskSpec.of(READ, new AgentRole("reader"), "read"),
              TaskSpec.of(WRITE, new AgentRole("writer"), "write").withAfter(List.of(READ))),
          WRITE);

  private final List<SessionEvent> session =
      new ArrayList<>(
          List.of(
              new SessionOpened(NOW, SESSION, new Goal("go"), WORKSPACE, null, null),
              new PlanRecorded(NOW, PLAN),
              new EpochStarted(NOW, 1),
              new AttemptEnded(NOW, READ, new Fence(1, 1), ANN, "died", true),
              new EpochStarted(NOW, 2),
              settled(READ, new Fence(2, 1), DONE),
              settled(WRITE, new Fence(2, 2), DONE),
              new SessionConcluded(NOW, new Ending.Completed())));

  private final List<BlackboardEvent> board =
      new ArrayList<>(
          List.of(
              posted(1, "findings/read", READ, new Fence(1, 1)),
              new BlackboardEvent.AttemptEnded(
                  READ, new Fence(1, 1), List.of(new EntryPath("findings/read.md"))),
              posted(3, "findings/read", READ, new Fence(2, 1)),
              new BlackboardEvent.AttemptSettled(READ, new Fence(2, 1), List.of()),
              posted(4, "final/answer", WRITE, new Fence(2, 2))));

  @Test
  void a_sound_history_has_no_contradictions() {
    assertThat(contradictions()).isEmpty();
  }

  @Test
  void a_task_that_is_settled_twice_is_found() {
    session.add(6, settled(READ, new Fence(2, 3), DONE));

    assertThat(contradictions()).anyMatch(each -> each.contains("has had its outcome already"));
  }

  @Test
  void an_attempt_of_an_epoch_that_has_not_begun_is_found() {
    session.set(5, settled(READ, new Fence(3, 1), DONE));

    assertThat(contradictions()).anyMatch(each -> each.contains("of epoch 3 in epoch 2"));
  }

  @Test
  void an_attempt_may_go_on_when_its_session_has_moved_and_others_have_begun_anew() {
    session.set(5, settled(READ, new Fence(1, 2), DONE));

    assertThat(contradictions()).noneMatch(each -> each.contains("of epoch"));
  }

  @Test
  void an_attempt_that_is_heard_after_a_later_one_is_found() {
    session.add(6, new AttemptEnded(NOW, WRITE, new Fence(2, 5), ANN, "lost", true));

    assertThat(contradictions()).anyMatch(each -> each.contains("is heard after one under 2.5"));
  }

  @Test
  void an_epoch_that_is_left_out_is_found() {
    session.set(4, new EpochStarted(NOW, 3));

    assertThat(contradictions()).contains("epoch 3 follows epoch 1");
  }

  @Test
  void a_task_that_is_begun_before_what_it_comes_after_has_ended_is_found() {
    session.add(3, settled(WRITE, new Fence(1, 1), DONE));

    assertThat(contradictions()).contains("goal-1/write was begun before goal-1/read had ended");
  }

  @Test
  void a_session_that_is_called_completed_and_is_not_is_found() {
    session.set(6, settled(WRITE, new Fence(2, 2), new Outcome.Failed("no", false)));

    assertThat(contradictions())
        .contains("the session is called completed, and goal-1/write was not");
  }

  @Test
  void a_task_without_an_outcome_under_an_answer_is_found() {
    session.remove(5);
    session.set(session.size() - 1, new SessionConcluded(NOW, new Ending.Partial(List.of("x"))));

    assertThat(contradictions())
        .contains("the session has an answer, and goal-1/read had no outcome");
  }

  @Test
  void a_suspended_task_that_is_settled_before_it_is_woken_is_found() {
    session.add(5, suspended(new Fence(2, 1)));
    session.set(6, settled(READ, new Fence(2, 2), DONE));
    session.set(7, settled(WRITE, new Fence(2, 3), DONE));

    assertThat(contradictions()).anyMatch(each -> each.contains("goal-1/read waits for"));
  }

  @Test
  void a_task_that_is_woken_before_its_time_is_found() {
    session.add(5, suspended(new Fence(2, 1)));
    session.add(6, new TaskWoken(NOW, READ, null));

    assertThat(contradictions()).anyMatch(each -> each.contains("was woken before"));
  }

  @Test
  void what_is_stored_after_the_end_is_found() {
    session.add(new EpochStarted(NOW, 3));

    assertThat(contradictions()).anyMatch(each -> each.contains("after the session has ended"));
  }

  @Test
  void an_attempt_that_began_while_the_session_was_paused_is_found() {
    var settled = (TaskSettled) session.get(session.size() - 2);
    session.add(session.size() - 2, new SessionPaused(NOW));
    session.set(session.size() - 2, beganAfter(settled, 5));
    session.set(session.size() - 1, concludedAfter(5));
    assertThat(contradictions())
        .containsExactly(
            "%s was begun at %s, when the session was paused"
                .formatted(settled.task(), NOW.plusSeconds(5)));

    session.add(session.size() - 2, new SessionUnpaused(NOW.plusSeconds(5)));
    assertThat(contradictions()).isEmpty();
    session.set(session.size() - 2, beganAfter(settled, 3));
    assertThat(contradictions()).isNotEmpty();
  }

  @Test
  void a_session_that_is_paused_twice_or_goes_on_twice_is_found() {
    session.add(2, new SessionPaused(NOW));
    session.add(3, new SessionUnpaused(NOW));
    assertThat(contradictions()).isEmpty();

    session.add(4, new SessionUnpaused(NOW));
    assertThat(contradictions()).anyMatch(each -> each.contains("was not paused"));
    session.set(3, new SessionPaused(NOW));
    assertThat(contradictions()).anyMatch(each -> each.contains("paused twice"));
  }

  private static TaskSettled beganAfter(TaskSettled settled, long seconds) {
    Instant began = NOW.plusSeconds(seconds);
    return new TaskSettled(
        NOW.plusSeconds(5),
        settled.task(),
        settled.fence(),
        settled.agent(),
        began,
        settled.outcome());
  }

  private static SessionConcluded concludedAfter(long seconds) {
    return new SessionConcluded(NOW.plusSeconds(seconds), new Ending.Completed());
  }

  @Test
  void a_revision_that_is_left_out_is_found() {
    board.set(4, posted(6, "final/answer", WRITE, new Fence(2, 2)));

    assertThat(contradictions()).contains("final/answer.md has revision 6, and it is change 4");
  }

  @Test
  void an_entry_of_an_attempt_that_is_over_is_found() {
    board.add(2, posted(3, "findings/late", READ, new Fence(1, 1)));
    board.set(3, posted(4, "findings/read", READ, new Fence(2, 1)));
    board.set(5, posted(5, "final/answer", WRITE, new Fence(2, 2)));

    assertThat(contradictions()).contains("findings/late.md was posted under 1.1, after 1.1");
  }

  @Test
  void partial_work_that_stands_as_if_it_were_finished_is_found() {
    board.set(2, posted(3, "findings/else", READ, new Fence(2, 1)));
    board.set(1, new BlackboardEvent.AttemptEnded(READ, new Fence(1, 1), List.of()));
    board.set(2, posted(2, "findings/else", READ, new Fence(2, 1)));
    board.set(4, posted(3, "final/answer", WRITE, new Fence(2, 2)));

    assertThat(contradictions())
        .contains("findings/read.md stands, of attempt 1.1, and goal-1/read was settled by 2.1");
  }

  @Test
  void a_completed_session_without_an_answer_is_found() {
    board.removeLast();

    assertThat(contradictions())
        .contains("the session is called completed, and nothing stands in final/");
  }

  private List<String> contradictions() {
    return new History(session, board).contradictions();
  }

  private static TaskSettled settled(TaskId task, Fence fence, Outcome outcome) {
    return new TaskSettled(NOW, task, fence, ANN, NOW, outcome);
  }

  private static TaskSuspended suspended(Fence fence) {
    var later = new Wait.ForTime(NOW.plusSeconds(1));
    return new TaskSuspended(NOW, READ, fence, ANN, "asleep", later, List.of());
  }

  private static EntryPosted posted(long revision, String path, TaskId task, Fence fence) {
    var draft = new Draft(new EntryPath(path + ".md"), "text", List.of(), Map.of());
    return new EntryPosted(
        new Entry(revision, draft, new Author.Agent(ANN, task, fence), NOW, false), List.of());
  }
}
