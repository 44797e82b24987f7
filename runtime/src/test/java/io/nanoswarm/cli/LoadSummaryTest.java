package io.nanoswarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.load.report.Reports;
import io.nanoswarm.terminal.Console;
import io.nanoswarm.terminal.Look;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadSummaryTest {

  @Test
  void all_that_was_found_is_told() {
    assertThat(printed(new Look(false, true), 100))
        .contains("Throughput", "102 (100–104)", "━━━━")
        .contains("Where the time of a task goes", "scheduling", "journal", "together")
        .contains("EVENTS/TASK", "0.60")
        .contains("kill -9", "Best at N* = ", "With 8 agents 3 tasks were not completed.");
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 60, 80, 200})
  void nothing_is_wider_than_the_terminal(int columns) {
    assertThat(printed(new Look(false, true), columns).lines())
        .allSatisfy(line -> assertThat(line.stripTrailing().length()).isLessThanOrEqualTo(columns));
  }

  @Test
  void a_terminal_without_unicode_sees_words_for_letters() {
    assertThat(printed(new Look(false, false), 80))
        .contains("sigma", "kappa", "lambda", "####")
        .doesNotContain("?")
        .matches("[\\x00-\\x7f]*");
  }

  @Test
  void colours_are_there_if_they_are_wanted() {
    assertThat(printed(new Look(true, true), 80)).contains("\u001b[");
    assertThat(printed(new Look(false, true), 80)).doesNotContain("\u001b[");
  }

  private static String printed(Look look, int columns) {
    var bytes = new ByteArrayOutputStream();
    var stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    new LoadSummary(new Console.Port(stream, true, look, () -> columns)).print(Reports.some());
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
