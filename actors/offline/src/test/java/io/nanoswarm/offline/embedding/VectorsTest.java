package io.nanoswarm.offline.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.List;
import org.junit.jupiter.api.Test;

class VectorsTest {
  private static final float[] EAST = {1, 0};
  private static final float[] NORTH = {0, 1};
  private static final float[] WEST = {-1, 0};

  @Test
  void they_point_together_between_them_with_length_1() {
    float[] together = Vectors.together(List.of(EAST, NORTH));

    assertThat(Vectors.cosine(together, together)).isEqualTo(1, offset(1e-6));
    assertThat(Vectors.cosine(together, EAST))
        .isEqualTo(Vectors.cosine(together, NORTH), offset(1e-6));
  }

  @Test
  void of_vectors_that_cancel_each_other_the_first_stands_for_all() {
    assertThat(Vectors.together(List.of(EAST, WEST))).isEqualTo(EAST);
  }
}
