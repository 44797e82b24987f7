package io.nanoswarm.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nanoswarm.api.SessionSummary;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SessionPrefixTest {
  private final List<SessionSummary> sessions =
      Stream.of("abc", "abcd", "abx", "xyz")
          .map(id -> SessionSummary.of(id, "goal of " + id, "/w", "paused", Story.START, null))
          .toList();

  @Test
  void the_beginning_suffices_if_it_is_unique() {
    assertThat(SessionPrefix.resolve("x", sessions).id()).isEqualTo("xyz");
  }

  @Test
  void a_whole_id_wins_over_longer_ones() {
    assertThat(SessionPrefix.resolve("abc", sessions).id()).isEqualTo("abc");
  }

  @Test
  void an_ambiguous_beginning_lists_the_candidates() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> SessionPrefix.resolve("ab", sessions))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .satisfies(e -> assertThat(e.hint()).contains("abc  goal of abc", "abcd", "abx"));
  }

  @Test
  void an_unknown_session_has_an_exit_code_of_its_own() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> SessionPrefix.resolve("q", sessions))
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNKNOWN_SESSION));
  }

  @Test
  void nothing_typed_means_no_session() {
    assertThatExceptionOfType(UserError.class)
        .isThrownBy(() -> SessionPrefix.resolve(" ", sessions));
  }
}
