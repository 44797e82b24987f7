package io.nanoswarm.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final RandomGenerator ANY = new Random(7);
  private static final Duration MIN = Duration.ofMillis(100);
  private static final Duration MAX = Duration.ofSeconds(10);

  @Test
  void doublesUpToItsMaximum() {
    var backoff = new Backoff(MIN, MAX, 0);
    assertThat(backoff.after(1, ANY)).isEqualTo(Duration.ofMillis(100));
    assertThat(backoff.after(2, ANY)).isEqualTo(Duration.ofMillis(200));
    assertThat(backoff.after(5, ANY)).isEqualTo(Duration.ofMillis(1600));
    assertThat(backoff.after(8, ANY)).isEqualTo(MAX);
    assertThat(backoff.after(Integer.MAX_VALUE, ANY)).isEqualTo(MAX);
  }

  @Test
  void chanceTakesAwayNoMoreThanTheJitter() {
    var backoff = new Backoff(MIN, MAX, 0.2);
    for (int i = 0; i < 1000; i++) {
      assertThat(backoff.after(1, ANY)).isBetween(Duration.ofMillis(80), MIN);
    }
  }

  @Test
  void refusesAMaximumBelowTheMinimum() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(MAX, MIN, 0));
  }
}
