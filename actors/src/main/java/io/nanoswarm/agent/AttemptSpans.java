package io.nanoswarm.agent;

import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.Assignment;
import io.nanoswarm.session.SessionTrace;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.trace.EndedSpan;
import io.nanoswarm.trace.TraceContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an agent does during one attempt, as spans. They are told together, when the attempt is
 * over, that of the agent first: of an attempt that ends with its JVM none is, and wherever the
 * JVM's end cuts them off, no span lacks the one above it. At most {@value #MOST} are kept. Thread
 * safe.
 */
final class AttemptSpans {
  static final int MOST = 500;

  private final AgentName agent;
  private final TaskId task;
  private final Assignment assignment;
  private final HostLinks links;
  private final @Nullable SessionTrace trace;
  private final Instant began;
  private final AtomicLong acts = new AtomicLong();
  private final List<EndedSpan> done = new ArrayList<>();
  private long dropped;
  private boolean told;

  AttemptSpans(AgentName agent, TaskId task, Assignment assignment, HostLinks links) {
    this.agent = agent;
    this.task = task;
    this.assignment = assignment;
    this.links = links;
    trace =
        assignment.trace() == null ? null : new SessionTrace(task.session(), assignment.trace());
    began = links.clock().instant();
  }

  /** The span of the agent's work, null if the session is not traced. */
  @Nullable TraceContext work() {
    return trace == null ? null : trace.work(task, assignment.fence());
  }

  /**
   * Does something as a span of its own.
   *
   * @param act is given its context, null if the session is not traced
   * @param error what went wrong, told by the result, null if nothing did
   */
  <T> CompletionStage<T> during(
      String name,
      Map<String, Object> attributes,
      Function<@Nullable TraceContext, CompletionStage<T>> act,
      Function<T, @Nullable String> error) {
    if (trace == null) {
      return act.apply(null);
    }
    TraceContext context = trace.act(task, assignment.fence(), acts.incrementAndGet());
    if (!wanted()) {
      return act.apply(context);
    }
    Instant from = links.clock().instant();
    return act.apply(context)
        .whenComplete((result, failure) ->
            add(
                span(
                    context,
                    trace.work(task, assignment.fence()),
                    name,
                    from,
                    attributes,
                    failure == null ? error.apply(result) : failure.toString())));
  }

  private boolean wanted() {
    return trace != null && trace.opened().sampled() && links.spans().wanted();
  }

  private EndedSpan span(
      TraceContext context,
      TraceContext parent,
      String name,
      Instant from,
      Map<String, Object> attributes,
      @Nullable String error) {
    var all = new LinkedHashMap<String, Object>();
    all.put("gen_ai.conversation.id", task.session().value());
    all.put("gen_ai.agent.name", agent.value());
    all.put("nanoswarm.task.name", task.name());
    all.put("nanoswarm.attempt.fence", assignment.fence().toString());
    all.putAll(attributes);
    return new EndedSpan(
        context, parent, name, EndedSpan.Kind.INTERNAL, from, links.clock().instant(), all, error);
  }

  private synchronized void add(EndedSpan span) {
    if (told || done.size() >= MOST) {
      dropped++;
    } else {
      done.add(span);
    }
  }

  /**
   * The attempt is over.
   *
   * @param error why, unless the agent has ended it as it should
   */
  void over(@Nullable String error) {
    if (trace == null || !wanted()) {
      return;
    }
    List<EndedSpan> all;
    var attributes = new LinkedHashMap<String, Object>();
    attributes.put("gen_ai.operation.name", "invoke_agent");
    attributes.put("nanoswarm.agent.role", assignment.spec().role().value());
    attributes.put("nanoswarm.attempt.number", assignment.number());
    synchronized (this) {
      if (told) {
        return;
      }
      told = true;
      all = List.copyOf(done);
      done.clear();
      if (dropped > 0) {
        attributes.put("nanoswarm.spans.dropped", dropped);
      }
    }
    var fence = assignment.fence();
    links
        .spans()
        .ended(
            span(
                trace.work(task, fence),
                trace.attempt(task, fence),
                "invoke_agent " + assignment.spec().role(),
                began,
                attributes,
                error));
    all.forEach(links.spans()::ended);
  }
}
