package io.nanoswarm.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.session.Plan;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContextEntryTest {
  @Test
  void a_plan_is_told_task_by_task() {
    var text = ContextEntry.of((SessionState.Active) Story.planned()).content();

    assertThat(text)
        .contains("| `read` | researcher | – | Do read |")
        .contains("| `answer` | researcher | `read` | Do answer |")
        .doesNotContain("more");
  }

  @Test
  void of_a_plan_that_does_not_fit_into_an_entry_the_rest_is_counted() {
    var tasks =
        IntStream.range(0, Plan.MAX_TASKS - 1)
            .mapToObj(i -> TaskId.of(Story.SESSION, "task-" + i))
            .map(id -> TaskSpec.of(id, Story.ROLE, "Lire la tâche " + id.name()))
            .toList();
    var answer =
        TaskSpec.of(Story.ANSWER, Story.ROLE, "Answer")
            .withAfter(tasks.stream().map(TaskSpec::id).toList());
    var all = new ArrayList<>(tasks);
    all.addFirst(answer);

    var session =
        Story.opened(null)
            .apply(new SessionEvent.PlanRecorded(Story.NOW, new Plan(all, Story.ANSWER)));
    var text = ContextEntry.of((SessionState.Active) session).content();

    assertThat(text)
        .contains("| `answer` | researcher | 9999 others | Answer |")
        .contains("| `task-0` |")
        .containsPattern("and [0-9]{4} tasks more");
  }
}
