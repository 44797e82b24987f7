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
  void the_mean_points_between_them_and_has_length_1() {
    float[] mean = Vectors.mean(List.of(EAST, NORTH));

    assertThat(Vectors.cosine(mean, mean)).isEqualTo(1, offset(1e-6));
    assertThat(Vectors.cosine(mean, EAST)).isEqualTo(Vectors.cosine(mean, NORTH), offset(1e-6));
  }

  @Test
  void of_vectors_that_cancel_each_other_the_first_stands_for_all() {
    assertThat(Vectors.mean(List.of(EAST, WEST))).isEqualTo(EAST);
  }
}
