package io.nanoswarm.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Assignment;
import io.nanoswarm.session.Earlier;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionTrace;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.session.Workspace;
import io.nanoswarm.trace.EndedSpan;
import io.nanoswarm.trace.TraceContext;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttemptSpansTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final TraceContext OPENED =
      new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  private static final TaskId TASK = TaskId.of(new SessionId("goal-1"), "read");
  private static final Fence FENCE = new Fence(1, 4);
  private static final SessionTrace TRACE = new SessionTrace(TASK.session(), OPENED);

  private final List<EndedSpan> told = new ArrayList<>();
  private Instant now = NOW;

  @Test
  void what_an_agent_has_done_is_told_below_its_attempt_when_that_is_over() {
    var spans = spans(OPENED);
    var result = new CompletableFuture<String>();

    var done = spans.during("execute_tool grep", Map.of("a", "b"), _ -> result, _ -> "broke");
    now = NOW.plusSeconds(3);
    result.complete("x");
    assertThat(told).isEmpty();
    now = NOW.plusSeconds(5);
    spans.over(null);
    spans.over("twice");

    assertThat(done.toCompletableFuture()).isCompletedWithValue("x");
    assertThat(told).hasSize(2);
    assertThat(told.getLast())
        .satisfies(call -> {
          assertThat(call.context()).isEqualTo(TRACE.act(TASK, FENCE, 1));
          assertThat(call.parent()).isEqualTo(TRACE.work(TASK, FENCE));
          assertThat(call.start()).isEqualTo(NOW);
          assertThat(call.end()).isEqualTo(NOW.plusSeconds(3));
          assertThat(call.error()).isEqualTo("broke");
          assertThat(call.attributes()).containsEntry("a", "b");
        });
    assertThat(told.getFirst())
        .as("before what it did: nothing is told without the one above it")
        .satisfies(work -> {
          assertThat(work.name()).isEqualTo("invoke_agent reader");
          assertThat(work.context()).isEqualTo(TRACE.work(TASK, FENCE));
          assertThat(work.parent()).isEqualTo(TRACE.attempt(TASK, FENCE));
          assertThat(work.end()).isEqualTo(NOW.plusSeconds(5));
          assertThat(work.error()).isNull();
        });
  }

  @Test
  void an_agent_that_does_very_much_is_told_to_have_done_more() {
    var spans = spans(OPENED);

    for (int i = 0; i < AttemptSpans.MOST + 3; i++) {
      spans.during("post", Map.of(), _ -> CompletableFuture.completedFuture(""), _ -> null);
    }
    spans.over(null);

    assertThat(told).hasSize(AttemptSpans.MOST + 1);
    assertThat(told.getFirst().attributes()).containsEntry("nanoswarm.spans.dropped", 3L);
  }

  @Test
  void of_a_session_that_is_not_traced_or_not_sampled_nothing_is_told() {
    for (TraceContext opened :
        new TraceContext[] {null, TraceContext.of(OPENED.traceId(), OPENED.spanId(), false)}) {
      var spans = spans(opened);

      assertThat(
              spans
                  .during("post", Map.of(), CompletableFuture::completedFuture, _ -> null)
                  .toCompletableFuture()
                  .join())
          .satisfies(context -> assertThat(context == null).isEqualTo(opened == null));
      spans.over(null);

      assertThat(told).isEmpty();
    }
  }

  private AttemptSpans spans(@Nullable TraceContext opened) {
    var assignment =
        new Assignment(
            TaskSpec.of(TASK, new AgentRole("reader"), "Read"),
            new Goal("why?"),
            Earlier.NONE,
            new Workspace("/shop", new ArtifactRef("0123456789abcdef".repeat(4), 1), 1, 1),
            FENCE,
            1,
            Duration.ofSeconds(15),
            NOW.plusSeconds(600),
            List.of(),
            null,
            null,
            null,
            opened);
    var links = new HostLinks(null, null, null, Path.of("."), null, null, () -> now, told::add);
    return new AttemptSpans(new AgentName("reader-1"), TASK, assignment, links);
  }
}
