package io.nanoswarm.offline.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the model of a JVM is come by. */
class EmbeddingsTest {
  @TempDir Path cache;
  private int loads;

  @Test
  void without_an_add_on_there_is_none_and_nothing_to_remark() throws Exception {
    var loaded = Embeddings.load(cache, Optional::empty);

    assertThat(loaded.embeddings()).isEmpty();
    assertThat(loaded.remark()).isEmpty();
  }

  @Test
  void it_is_loaded_once_for_all_agents_of_a_jvm() throws Exception {
    var first = load(this::scripted);

    assertThat(first.embeddings()).isPresent();
    assertThat(load(this::scripted)).isSameAs(first);
    assertThat(loads).isEqualTo(1);
  }

  @Test
  void one_that_cannot_be_loaded_is_remarked_and_tried_again() throws Exception {
    var failed =
        load(_ -> {
          throw new IOException("no space is left");
        });

    assertThat(failed.embeddings()).isEmpty();
    assertThat(failed.remark()).contains("by words alone", "no space is left");
    assertThat(load(this::scripted).embeddings()).isPresent();
  }

  @Test
  void a_fault_of_the_model_is_no_fault_of_the_search() throws Exception {
    var failed =
        load(_ -> {
          throw new IllegalStateException();
        });

    assertThat(failed.remark()).contains("by words alone", "IllegalStateException");
  }

  @Test
  void a_model_that_fails_at_a_sentence_says_so_and_ends_no_answer() throws Exception {
    var failing =
        new EmbeddingModel() {
          @Override
          public String id() {
            return "failing";
          }

          @Override
          public int dimensions() {
            return 1;
          }

          @Override
          public float[] embed(String text) {
            throw new IllegalStateException("no memory is left");
          }
        };

    var measured = load(_ -> failing).sentences("Which ship sank?", List.of("The Anna."));

    assertThat(measured.nearness()).isEmpty();
    assertThat(measured.problem()).contains("no memory is left");
  }

  @Test
  void one_that_cannot_be_loaded_measures_nothing_and_says_why() throws Exception {
    var measured =
        load(
                _ -> {
                  throw new IOException("no space is left");
                })
            .sentences("Which ship sank?", List.of("The Anna."));

    assertThat(measured.nearness()).isEmpty();
    assertThat(measured.problem()).hasValueSatisfying(why -> assertThat(why).contains("no space"));
  }

  @Test
  void each_sentence_is_read_once() throws Exception {
    var model = new ScriptedModel(List.of(List.of("ship", "vessel")));

    var measured = load(_ -> model).sentences("Which ship?", List.of("A vessel.", "A vessel."));

    assertThat(measured.nearness()).isPresent();
    assertThat(model.embedded).containsExactly("Which ship", "Which ship?", "A vessel.");
  }

  @Test
  void each_clause_of_a_question_counts_alike_however_long_it_is() throws Exception {
    var model = new ScriptedModel(List.of(List.of("ship"), List.of("pilot")));
    String question = "Which ship is a ship of ships like this ship, and who is the pilot?";

    var nearness =
        load(_ -> model)
            .sentences(question, List.of("A ship.", "A pilot."))
            .nearness()
            .orElseThrow();

    assertThat(nearness.toClauses("A ship."))
        .isCloseTo(nearness.toClauses("A pilot."), offset(0.05));
    assertThat(nearness.toWhole("A ship.")).isGreaterThan(nearness.toWhole("A pilot.") + 0.2);
  }

  @Test
  void files_are_compared_with_a_question_clause_by_clause() throws Exception {
    var model = new ScriptedModel(List.of(List.of("ship")));
    var embeddings = load(_ -> model).embeddings().orElseThrow();
    String question = "Which ship sank here, and who was the pilot?";

    var _ = embeddings.to(question);
    var _ = embeddings.beginnings(question);

    assertThat(model.embedded)
        .containsExactly(
            "Which ship sank here", "and who was the pilot",
            "Which ship sank here", "and who was the pilot");
  }

  @Test
  void one_that_was_added_counts_as_added_whatever_is_wrong_with_it() {
    assertThat(Embeddings.isAdded(Optional::empty)).isFalse();
    assertThat(Embeddings.isAdded(() -> Optional.of(this::scripted))).isTrue();
    assertThat(
            Embeddings.isAdded(() -> {
              throw new ServiceConfigurationError("no such provider");
            }))
        .isTrue();
    assertThat(loads).isZero();
  }

  @Test
  void who_is_cancelled_while_it_is_loaded_is_cancelled() {
    assertThatThrownBy(() ->
            load(_ -> {
              Thread.currentThread().interrupt();
              throw new ClosedByInterruptException();
            }))
        .isInstanceOf(InterruptedException.class);
  }

  private EmbeddingModel scripted(Path folder) {
    loads++;
    return new ScriptedModel(List.of());
  }

  private Embeddings.Loaded load(EmbeddingModel.Provider provider) throws InterruptedException {
    return Embeddings.load(cache, () -> Optional.of(provider));
  }
}
