package io.nanoswarm.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nanoswarm.offline.embedding.EmbeddingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model itself, with its native library. */
class MiniLmTest {
  private static final String ASKED = "How are passwords kept from being read?";

  @TempDir static Path cache;
  private static EmbeddingModel model;

  @BeforeAll
  static void load() throws IOException {
    model = EmbeddingModel.added().orElseThrow().load(cache);
  }

  @Test
  void what_means_alike_is_nearer_than_what_shares_words() {
    float[] asked = model.embed(ASKED);

    assertThat(cosine(asked, model.embed("Secrets are encrypted with a salted hash.")))
        .isGreaterThan(
            cosine(asked, model.embed("Tables kept by others are read from left to right.")));
  }

  @Test
  void a_vector_has_length_one() {
    float[] vector = model.embed(ASKED);

    assertThat(vector).hasSize(model.dimensions());
    assertThat(cosine(vector, vector)).isCloseTo(1, within(1e-5));
  }

  @Test
  void a_text_has_the_same_vector_whoever_asks_at_the_same_time() throws Exception {
    float[] alone = model.embed(ASKED);
    var asked = new ArrayList<Callable<float[]>>();
    for (int i = 0; i < 8; i++) {
      asked.add(() -> model.embed(ASKED));
    }

    try (var threads = Executors.newFixedThreadPool(4)) {
      for (var each : threads.invokeAll(asked)) {
        assertThat(each.get()).containsExactly(alone);
      }
    }
  }

  @Test
  void of_a_text_longer_than_the_model_holds_the_rest_counts_for_nothing() {
    String held = "lease ".repeat(254);

    assertThat(model.embed(held + "unheard of")).containsExactly(model.embed(held));
  }

  @Test
  void even_no_text_has_a_vector() {
    assertThat(model.embed("")).hasSize(model.dimensions());
  }

  @Test
  void what_is_unpacked_is_unpacked_once_and_nothing_else_is_left() throws IOException {
    var before = files();

    var _ = new MiniLmProvider().load(cache);

    assertThat(files()).isEqualTo(before).noneMatch(each -> each.contains("making-"));
  }

  private static List<String> files() throws IOException {
    try (var all = Files.walk(cache)) {
      return all.filter(Files::isRegularFile)
          .map(each -> each + " " + each.toFile().lastModified())
          .sorted()
          .toList();
    }
  }

  private static double cosine(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += (double) one[i] * other[i];
    }
    return sum;
  }
}
