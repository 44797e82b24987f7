package io.nanoswarm.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.agent.AgentSpec;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SlotHistoryTest {
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
  private static final AgentSpec.Restarts THREE_A_MINUTE =
      new AgentSpec.Restarts(3, Duration.ofMinutes(1), Duration.ofMillis(1), Duration.ofMillis(1));

  @Test
  void isExhaustedByTheLimitOfDeathsWithinTheWindow() {
    var two = SlotHistory.none(THREE_A_MINUTE).died(START, "a").died(START.plusSeconds(1), "b");
    assertThat(two.exhausted()).isFalse();
    assertThat(two.died(START.plusSeconds(59), "c").exhausted()).isTrue();
  }

  @Test
  void forgetsDeathsThatHaveLeftTheWindow() {
    var history = SlotHistory.none(THREE_A_MINUTE);
    for (int death = 0; death < 100; death++) {
      history = history.died(START.plusSeconds(30L * death), "again");
      assertThat(history.exhausted()).isFalse();
      assertThat(history.deaths()).hasSizeLessThanOrEqualTo(2);
    }
  }

  @Test
  void countsRestartsOverAllWindows() {
    var history = SlotHistory.none(THREE_A_MINUTE).died(START, "a").restarted();
    assertThat(history.died(START.plusSeconds(600), "b").restarted().restarts()).isEqualTo(2);
  }
}
