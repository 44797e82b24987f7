package io.nanoswarm.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nanoswarm.api.SessionRequest;
import io.nanoswarm.session.AgentWishes;
import io.nanoswarm.supervisor.Isolation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckedRequestTest {
  private static final String GOAL = "How are amounts rounded?";

  @Test
  void what_is_asked_for_is_what_is_done_and_what_is_not_is_as_usual() {
    var all = CheckedRequest.of(request(GOAL, 90L, "shared"), Isolation.PROCESS);
    var least = CheckedRequest.of(request(GOAL, null, null), Isolation.PROCESS);

    assertThat(all.goal().text()).isEqualTo(GOAL);
    assertThat(all.timeLimit()).isEqualTo(Duration.ofSeconds(90));
    assertThat(all.isolation()).isEqualTo(Isolation.SHARED);
    assertThat(all.wishes()).isEqualTo(new AgentWishes(Map.of("critic", 2), "shared"));
    assertThat(least.timeLimit()).isNull();
    assertThat(least.isolation()).isEqualTo(Isolation.PROCESS);
    assertThat(least.wishes()).isEqualTo(new AgentWishes(Map.of("critic", 2), null));
  }

  @ParameterizedTest
  @CsvSource({
    "'',                       60, process,   goal",
    "How are amounts rounded?,  0, process,   timeout: 0 seconds (expected: at least 1)",
    "How are amounts rounded?, 60, container, isolation: 'container'"
  })
  void a_request_that_makes_no_sense_is_refused_whether_to_open_or_to_plan(
      String goal, long seconds, String isolation, String problem, @TempDir Path folder)
      throws IOException {
    var request = request(goal, seconds, isolation);

    try (var node = new SessionsFixture(folder)) {
      var sessions = node.sessions();
      assertThatThrownBy(() -> sessions.open(request))
          .isInstanceOf(SwarmProblem.class)
          .hasMessageContaining(problem);
      assertThatThrownBy(() -> sessions.plan(request))
          .isInstanceOf(SwarmProblem.class)
          .hasMessageContaining(problem);
      assertThat(node.lines).isEmpty();
    }
  }

  private static SessionRequest request(
      String goal, @Nullable Long seconds, @Nullable String isolation) {
    return SessionRequest.of(goal, "/shop", Map.of("critic", 2), seconds, isolation);
  }
}
