package io.nanoswarm.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.session.Priority;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose turn it is: by priority, by session, and by how long a task has waited. */
class QueueOrderTest {
  private final TaskQueueFixture queue = new TaskQueueFixture();

  @Test
  void higher_priorities_go_first() {
    queue.offer("goal-1/low", Priority.LOW);
    queue.offer("goal-1/urgent", Priority.URGENT);
    queue.offer("goal-1/normal", Priority.NORMAL);
    queue.offer("goal-1/high", Priority.HIGH);

    assertThat(queue.drain(4)).containsExactly("urgent", "high", "normal", "low");
  }

  @Test
  void every_eighth_match_goes_to_the_oldest_of_a_lower_priority() {
    queue.offer("goal-1/low", Priority.LOW);
    queue.offer("goal-1/normal", Priority.NORMAL);
    for (int i = 1; i <= 20; i++) {
      queue.offer("goal-1/h" + i, Priority.HIGH);
    }

    var order = queue.drain(16);

    assertThat(order.get(7)).isEqualTo("low");
    assertThat(order.get(15)).isEqualTo("normal");
    assertThat(order).filteredOn(name -> name.startsWith("h")).hasSize(14);
  }

  @Test
  void sessions_take_turns_and_keep_their_own_order() {
    for (String name : List.of("a1", "a2", "a3", "a4")) {
      queue.offer("goal-a/" + name);
    }
    queue.offer("goal-b/b1");
    queue.offer("goal-b/b2");
    queue.offer("goal-c/c1");

    assertThat(queue.drain(7)).containsExactly("a1", "b1", "c1", "a2", "b2", "a3", "a4");
  }

  @Test
  void a_stream_of_new_sessions_holds_up_none_that_waits() {
    for (int i = 0; i < 4; i++) {
      queue.offer("goal-old/t" + i);
    }

    var served = new ArrayList<String>();
    for (int i = 0; i < 12; i++) {
      queue.offer("goal-new" + i + "/x" + i);
      served.addAll(queue.drain(1));
    }

    assertThat(served).contains("t0", "t1", "t2", "t3");
  }
}
