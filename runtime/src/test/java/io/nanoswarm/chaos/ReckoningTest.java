package io.nanoswarm.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.BlackboardEvent;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.history.History;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.session.Wait;
import io.nanoswarm.session.Workspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Whatever was acknowledged and is taken out of a journal that is sound is found. */
class ReckoningTest {
  private static final SessionId SESSION = new SessionId("goal-1");
  private static final String ID = SESSION.value();
  private static final TaskId TASK = TaskId.of(SESSION, "read");
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Fence FENCE = new Fence(1, 1);
  private static final Fence LATER = new Fence(1, 2);
  private static final AgentName ANN = new AgentName("ann");

  private static final List<Acknowledged> FACTS =
      List.of(
          new Acknowledged.Opened(NOW, ID),
          new Acknowledged.Ended(NOW, ID, "read", "suspended"),
          new Acknowledged.Answered(NOW, ID, "read", "yes"),
          new Acknowledged.Posted(NOW, ID, "final/answer.md", 1),
          new Acknowledged.Settled(NOW, ID, "read", LATER),
          new Acknowledged.Ended(NOW, ID, "read", "completed"),
          new Acknowledged.Concluded(NOW, ID, "completed", "so"));

  private final List<SessionEvent> session =
      new ArrayList<>(
          List.of(
              new SessionEvent.SessionOpened(
                  NOW,
                  SESSION,
                  new Goal("go"),
                  new Workspace("/w", new ArtifactRef("0".repeat(64), 0), 0, 0),
                  null,
                  null),
              new SessionEvent.PlanRecorded(
                  NOW, new Plan(List.of(TaskSpec.of(TASK, new AgentRole("reader"), "read")), TASK)),
              new SessionEvent.EpochStarted(NOW, 1),
              new SessionEvent.TaskSuspended(
                  NOW, TASK, FENCE, ANN, "asked", new Wait.ForPerson("shall I?"), List.of()),
              new SessionEvent.TaskWoken(NOW, TASK, "yes"),
              new SessionEvent.TaskSettled(
                  NOW, TASK, LATER, ANN, NOW, new Outcome.Completed("done")),
              new SessionEvent.SessionConcluded(NOW, new Ending.Completed())));

  private final List<BlackboardEvent> board =
      new ArrayList<>(
          List.of(
              new BlackboardEvent.EntryPosted(
                  new Entry(
                      1,
                      Draft.of(new EntryPath("final/answer.md"), "so"),
                      new Author.Agent(ANN, TASK, LATER),
                      NOW,
                      false),
                  List.of())));

  @Test
  void what_is_stored_is_not_lost() {
    assertThat(lost()).isEmpty();
    assertThat(reckoning().contradictions()).isEmpty();
    assertThat(reckoning().unfinished()).isEmpty();
  }

  @Test
  void an_outcome_that_was_acknowledged_and_is_not_stored_is_found() {
    without(SessionEvent.TaskSettled.class::isInstance);

    assertThat(lost()).containsExactly(FACTS.get(4), FACTS.get(5));
  }

  @Test
  void an_outcome_of_another_attempt_than_the_acknowledged_is_found() {
    session.replaceAll(event ->
        event instanceof SessionEvent.TaskSettled settled
            ? new SessionEvent.TaskSettled(NOW, TASK, new Fence(1, 3), ANN, NOW, settled.outcome())
            : event);

    assertThat(lost()).containsExactly(FACTS.get(4));
  }

  @Test
  void an_answer_of_a_person_that_was_acknowledged_and_is_not_stored_is_found() {
    without(SessionEvent.TaskWoken.class::isInstance);

    assertThat(lost()).containsExactly(FACTS.get(2));
  }

  @Test
  void an_entry_that_was_acknowledged_and_is_not_stored_is_found_with_the_answer_it_was() {
    board.clear();

    assertThat(lost()).containsExactly(FACTS.get(3), FACTS.get(6));
  }

  @Test
  void a_session_that_was_acknowledged_and_is_not_stored_is_found_with_all_that_is_of_it() {
    var none = new Reckoning(new StoredJournal(Map.of(), 0, List.of()));

    assertThat(none.lost(FACTS)).isEqualTo(FACTS);
  }

  @Test
  void a_session_without_an_end_is_found() {
    without(SessionEvent.SessionConcluded.class::isInstance);

    assertThat(reckoning().unfinished()).containsExactly(ID);
  }

  private void without(Predicate<SessionEvent> what) {
    session.removeIf(what);
  }

  private List<Acknowledged> lost() {
    return reckoning().lost(FACTS);
  }

  private Reckoning reckoning() {
    return new Reckoning(
        new StoredJournal(
            Map.of(ID, new History(session, board)), session.size() + board.size(), List.of()));
  }
}
