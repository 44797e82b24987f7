package io.nanoswarm.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WordPiecesTest {
  private static final List<String> VOCABULARY =
      List.of(
          "[PAD]", "[UNK]", "[CLS]", "[SEP]", "time", "##out", "of", "a", "lease", ",", "=", "é");

  private static final int MOST = 64;

  private final WordPieces pieces = new WordPieces(numbered(VOCABULARY));

  @Test
  void a_word_is_cut_into_the_longest_pieces_there_are() {
    assertThat(cut("Timeout of a lease"))
        .containsExactly("[CLS]", "time", "##out", "of", "a", "lease", "[SEP]");
  }

  @Test
  void a_word_that_cannot_be_cut_is_one_unknown_piece() {
    assertThat(cut("timeouts lease")).containsExactly("[CLS]", "[UNK]", "lease", "[SEP]");
    assertThat(cut("a".repeat(101))).containsExactly("[CLS]", "[UNK]", "[SEP]");
  }

  @Test
  void punctuation_and_signs_are_words_of_their_own() {
    assertThat(cut("time=a,lease"))
        .containsExactly("[CLS]", "time", "=", "a", ",", "lease", "[SEP]");
  }

  @Test
  void accents_and_what_nobody_sees_count_for_nothing() {
    assertThat(cut("l\u00e9ase\u0000 \u200btime"))
        .containsExactly("[CLS]", "lease", "time", "[SEP]");
  }

  @Test
  void a_long_text_is_cut_off_and_has_its_end_mark() {
    assertThat(pieces.of("time ".repeat(500), 16))
        .hasSize(16)
        .endsWith(VOCABULARY.indexOf("[SEP]"));
  }

  @Test
  void a_vocabulary_without_the_marks_is_refused() {
    assertThatThrownBy(() -> new WordPieces(numbered(List.of("time"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[UNK]");
  }

  private List<String> cut(String text) {
    var cut = new ArrayList<String>();
    for (long number : pieces.of(text, MOST)) {
      cut.add(VOCABULARY.get((int) number));
    }
    return cut;
  }

  private static Map<String, Integer> numbered(List<String> pieces) {
    var numbered = new HashMap<String, Integer>();
    for (int i = 0; i < pieces.size(); i++) {
      numbered.put(pieces.get(i), i);
    }
    return numbered;
  }
}
