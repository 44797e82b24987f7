package io.nanoswarm.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkTest {

  @ParameterizedTest
  @ValueSource(strings = {"none", "wait:200ms", "cpu:5ms"})
  void work_is_told_as_it_is_written(String text) {
    assertThat(Work.parse(text)).hasToString(text);
  }

  @Test
  void seconds_are_understood() {
    assertThat(Work.parse("wait:2s")).isEqualTo(new Work.Wait(Duration.ofSeconds(2)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nothing", "wait", "wait:200", "wait:0ms", "cpu:61s", "wait:-1ms"})
  void anything_else_is_no_work(String text) {
    assertThatThrownBy(() -> Work.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "' (expected: ");
  }

  @Test
  void twice_the_time_is_about_twice_the_steps() {
    long short1 = Steps.in(Duration.ofMillis(5), InstantSource.system());
    long long1 = Steps.in(Duration.ofMillis(50), InstantSource.system());

    // Of two measurements on a machine that does other things, no more than the order is sure.
    assertThat(long1).isGreaterThan(short1);
  }
}
