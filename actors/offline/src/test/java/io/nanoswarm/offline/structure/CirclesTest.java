package io.nanoswarm.offline.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CirclesTest {
  @Test
  void nodes_that_reach_each_other_are_together_after_what_they_reach() {
    // 0 and 1 reach each other and 2; 3 reaches all; 4 reaches itself alone.
    List<int[]> graph =
        List.of(new int[] {1}, new int[] {0, 2}, new int[0], new int[] {0}, new int[] {4});

    assertThat(Circles.of(graph))
        .containsExactly(List.of(2), List.of(0, 1), List.of(3), List.of(4));
  }

  @Test
  void a_chain_of_any_length_needs_no_deep_stack() {
    int length = 200_000;
    var chain = new ArrayList<int[]>();
    for (int i = 0; i < length; i++) {
      chain.add(new int[] {(i + 1) % length});
    }

    assertThat(Circles.of(chain)).hasSize(1);
    assertThat(Circles.of(chain).getFirst()).hasSize(length);
  }
}
