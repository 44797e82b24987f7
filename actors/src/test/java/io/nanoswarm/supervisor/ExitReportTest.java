package io.nanoswarm.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitReportTest {

  @ParameterizedTest
  @CsvSource({
    "0, ended by itself (exit code 0)",
    "1, ended with exit code 1",
    "3, out of memory",
    "75, lost its control node",
    "134, crashed (signal 6)",
    "137, killed (signal 9)",
    "139, crashed in native code (signal 11)",
    "143, terminated (signal 15)"
  })
  void saysInWordsHowAWorkerEnded(int code, String words) {
    assertThat(new ExitReport(code).describe()).isEqualTo(words);
  }
}
