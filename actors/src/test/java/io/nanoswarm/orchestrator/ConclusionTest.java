package io.nanoswarm.orchestrator;

import static io.nanoswarm.orchestrator.Story.ANSWER;
import static io.nanoswarm.orchestrator.Story.DONE;
import static io.nanoswarm.orchestrator.Story.NOW;
import static io.nanoswarm.orchestrator.Story.READ;
import static io.nanoswarm.orchestrator.Story.cutOff;
import static io.nanoswarm.orchestrator.Story.planned;
import static io.nanoswarm.orchestrator.Story.settled;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionState;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConclusionTest {
  @Test
  void completed_only_if_every_task_was_and_the_answer_stands() {
    assertThat(conclusion(true, settled(READ, 1, DONE), settled(ANSWER, 2, DONE)))
        .isEqualTo(new Ending.Completed());
  }

  @Test
  void partial_if_nothing_was_written() {
    assertThat(conclusion(false, settled(READ, 1, DONE), settled(ANSWER, 2, DONE)))
        .isEqualTo(new Ending.Partial(List.of("nothing was written to final/")));
  }

  @Test
  void partial_if_a_task_died() {
    assertThat(
            conclusion(
                true,
                cutOff(READ, 1),
                new SessionEvent.TaskDied(NOW, READ, "lost"),
                settled(ANSWER, 2, DONE)))
        .isEqualTo(
            new Ending.Partial(List.of("Do read: gave up after 1 attempts, the last: lost")));
  }

  @Test
  void partial_if_a_task_failed_or_was_cancelled() {
    assertThat(
            conclusion(
                true,
                settled(READ, 1, new Outcome.Failed("nothing to read", false)),
                settled(ANSWER, 2, DONE)))
        .isEqualTo(new Ending.Partial(List.of("Do read: nothing to read")));
    assertThat(
            conclusion(
                true, settled(READ, 1, new Outcome.Cancelled("no")), settled(ANSWER, 2, DONE)))
        .isEqualTo(new Ending.Partial(List.of("Do read: cancelled: no")));
  }

  @Test
  void partial_if_a_task_is_still_open_or_waits() {
    assertThat(conclusion(true, settled(ANSWER, 2, DONE)))
        .isEqualTo(new Ending.Partial(List.of("Do read: not done")));
  }

  @Test
  void failed_if_the_answering_task_did_not_complete_whatever_else_did() {
    assertThat(
            conclusion(
                true,
                settled(READ, 1, DONE),
                settled(ANSWER, 2, new Outcome.Failed("no words", false))))
        .isEqualTo(new Ending.Failed("Do answer: no words"));
  }

  private static Ending conclusion(boolean answered, SessionEvent... events) {
    SessionState state = planned();
    for (SessionEvent event : events) {
      state = state.apply(event);
    }
    return Conclusion.of((SessionState.Active) state, answered);
  }
}
