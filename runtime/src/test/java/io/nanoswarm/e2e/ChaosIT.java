package io.nanoswarm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of real processes, by {@code swarm chaos}; for minutes of it, start that. */
class ChaosIT {
  /** With leases that end sooner, so that a minute has room for pauses that outlive them. */
  private static final List<String> SHORT_LEASE = List.of("-Dswarm.session.lease=5s");

  @TempDir static Path folder;

  @Test
  void whatever_befalls_processes_nothing_acknowledged_is_lost_and_all_sessions_end()
      throws Exception {
    try (var chaos =
        SwarmProcess.start(
            folder.resolve("chaos"),
            SHORT_LEASE,
            "chaos",
            "--minutes",
            "1",
            "--seed",
            "4",
            "--json")) {
      var result = chaos.await("result");

      assertThat(chaos.exitCode()).as(chaos.report()).isZero();
      assertThat(result.path("lost")).isEmpty();
      assertThat(result.path("problems")).isEmpty();
      assertThat(result.path("left")).isEmpty();
      assertThat(result.path("sessions").path("completed").asInt()).isPositive();
      assertThat(chaos.all("fault")).hasSizeGreaterThan(2);
    }
  }
}
