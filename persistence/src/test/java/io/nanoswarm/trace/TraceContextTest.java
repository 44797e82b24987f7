package io.nanoswarm.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nanoswarm.session.Fence;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionTrace;
import io.nanoswarm.session.TaskId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TraceContextTest {
  private static final TraceContext CALLER =
      new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  private static final SessionId SESSION = new SessionId("goal-1");
  private static final TaskId TASK = TaskId.of(SESSION, "read");

  @Test
  void what_a_caller_sends_is_taken_as_the_w3c_says() {
    assertThat(TraceContext.given(" " + CALLER.traceparent() + " ")).contains(CALLER);
    assertThat(TraceContext.given("cc" + CALLER.traceparent().substring(2) + "-what-comes-later"))
        .contains(CALLER);
    assertThat(
            Stream.of(
                "",
                "00-1-2-01",
                "ff" + CALLER.traceparent().substring(2),
                "00-" + "0".repeat(32) + "-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-" + "0".repeat(16) + "-01",
                CALLER.traceparent().toUpperCase(Locale.ROOT)))
        .allSatisfy(given -> assertThat(TraceContext.given(given)).isEmpty());
  }

  @Test
  void what_is_no_context_is_refused_with_what_was_expected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TraceContext("nothing"))
        .withMessageStartingWith("traceparent: 'nothing' (expected: ");
  }

  @Test
  void ids_of_spans_follow_from_the_trace_and_their_name_and_are_the_same_for_ever() {
    assertThat(CALLER.span("session/goal-1").spanId()).isEqualTo("33fc8a9d5c3d7b9a");
    assertThat(CALLER.span("session/goal-1").traceId()).isEqualTo(CALLER.traceId());
    assertThat(TraceContext.of("0".repeat(31) + "1", CALLER.spanId(), true).span("session/goal-1"))
        .extracting(TraceContext::spanId)
        .isNotEqualTo("33fc8a9d5c3d7b9a");
  }

  @Test
  void whoever_knows_what_was_stored_names_the_same_spans_and_each_differs_from_the_others() {
    var one = new SessionTrace(SESSION, CALLER);
    var another = new SessionTrace(SESSION, new TraceContext(CALLER.traceparent()));

    assertThat(spans(one)).isEqualTo(spans(another)).doesNotHaveDuplicates();
    assertThat(one.caller()).isEqualTo(CALLER);
  }

  @Test
  void a_session_that_nobody_has_called_is_the_root_of_its_trace() {
    var own = CALLER.span(SessionTrace.name(SESSION));

    assertThat(new SessionTrace(SESSION, own).caller()).isNull();
    assertThat(new SessionTrace(SESSION, own).own()).isEqualTo(own);
  }

  @Test
  void what_is_not_sampled_has_no_sampled_spans() {
    var unsampled = TraceContext.of(CALLER.traceId(), CALLER.spanId(), false);

    assertThat(CALLER.span("a").sampled()).isTrue();
    assertThat(unsampled.span("a").sampled()).isFalse();
  }

  private static List<String> spans(SessionTrace trace) {
    return Stream.of(
            trace.own(),
            trace.goneOn(1),
            trace.goneOn(2),
            trace.plan(1),
            trace.task(TASK, 0),
            trace.task(TASK, 1),
            trace.task(TASK.child("part"), 0),
            trace.attempt(TASK, new Fence(1, 1)),
            trace.attempt(TASK, new Fence(1, 2)),
            trace.work(TASK, new Fence(1, 1)),
            trace.act(TASK, new Fence(1, 1), 1),
            trace.act(TASK, new Fence(1, 1), 2))
        .map(TraceContext::spanId)
        .toList();
  }
}
