package io.nanoswarm.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.trace.EndedSpan;
import io.nanoswarm.trace.Spans;
import io.nanoswarm.trace.TraceContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LateTracingTest {
  private static final TraceContext PARENT =
      new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

  private final CountDownLatch startable = new CountDownLatch(1);
  private final List<String> sent = new CopyOnWriteArrayList<>();

  @Test
  void spans_go_on_in_the_order_in_which_they_ended_and_closing_has_them_go_on_first() {
    var late = new LateTracing(this::started);

    late.ended(span("agent"));
    late.ended(span("first act"));
    late.ended(span("second act"));
    assertThat(sent).isEmpty();
    startable.countDown();
    late.close();

    assertThat(sent).containsExactly("agent", "first act", "second act", "closed");
  }

  @Test
  void what_ends_once_it_is_started_goes_on_behind_what_waited() {
    try (var late = new LateTracing(this::started)) {
      late.ended(span("0"));
      startable.countDown();
      IntStream.range(1, 1000).forEach(i -> late.ended(span(Integer.toString(i))));
    }

    assertThat(sent)
        .startsWith(IntStream.range(0, 1000).mapToObj(Integer::toString).toArray(String[]::new));
  }

  @Test
  void while_it_starts_what_is_beyond_the_most_that_waits_is_dropped() {
    try (var late = new LateTracing(this::started)) {
      IntStream.range(0, LateTracing.MOST_WAITING + 1)
          .forEach(i -> late.ended(span(Integer.toString(i))));
      startable.countDown();
    }

    assertThat(sent).hasSize(LateTracing.MOST_WAITING + 1).endsWith("2047", "closed");
  }

  @Test
  void what_cannot_be_started_has_all_dropped_and_closes() throws Exception {
    var uncaught = new CompletableFuture<Throwable>();
    var late =
        new LateTracing(() -> {
          Thread.currentThread().setUncaughtExceptionHandler((_, e) -> uncaught.complete(e));
          throw new IllegalStateException("nothing to export with");
        });

    late.ended(span("one"));
    assertThat(uncaught.get(60, TimeUnit.SECONDS)).hasMessage("nothing to export with");
    late.ended(span("another"));
    late.close();

    assertThat(sent).isEmpty();
  }

  @Test
  void where_no_span_has_ended_nothing_is_started_and_nothing_waited_for() {
    new LateTracing(this::started).close();

    assertThat(sent).isEmpty();
  }

  private Tracing started() {
    try {
      startable.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return new Tracing() {
      @Override
      public Spans spans() {
        return span -> sent.add(span.name());
      }

      @Override
      public void close() {
        sent.add("closed");
      }
    };
  }

  private static EndedSpan span(String name) {
    return new EndedSpan(
        PARENT.span(name),
        PARENT,
        name,
        EndedSpan.Kind.INTERNAL,
        Instant.EPOCH,
        Instant.EPOCH,
        Map.of(),
        null);
  }
}
