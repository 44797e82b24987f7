package io.nanoswarm.tracing;

import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.trace.TraceContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is known of a task for its span. Owned by one {@link SessionSpans}. */
final class TracedTask {
  private final TaskSpec spec;
  private final TraceContext context;
  private final TraceContext parent;
  private final Instant from;
  private final int retries;
  private AgentRole role;
  private @Nullable Instant readyAt;
  private int attempts;
  private int handoffs;
  private boolean over;
  private boolean given;

  /**
   * @param from when it was planned, delegated, or begun anew
   * @param retries how often it was begun anew
   */
  TracedTask(TaskSpec spec, TraceContext context, TraceContext parent, Instant from, int retries) {
    this.spec = spec;
    this.context = context;
    this.parent = parent;
    this.from = from;
    this.retries = retries;
    role = spec.role();
  }

  TaskSpec spec() {
    return spec;
  }

  TraceContext context() {
    return context;
  }

  TraceContext parent() {
    return parent;
  }

  Instant from() {
    return from;
  }

  /** Who is to do it now. */
  AgentRole role() {
    return role;
  }

  /** Since when it waits for an agent, null while it waits for something else. */
  @Nullable Instant readyAt() {
    return readyAt;
  }

  void ready(@Nullable Instant at) {
    readyAt = at;
  }

  /** The number of the attempt that is told of next, from 1. */
  int nextAttempt() {
    attempts++;
    return attempts;
  }

  int attempts() {
    return attempts;
  }

  int retries() {
    return retries;
  }

  int handoffs() {
    return handoffs;
  }

  void handOff(AgentRole to) {
    handoffs++;
    role = to;
  }

  void over() {
    over = true;
  }

  boolean isOver() {
    return over;
  }

  /** It had not ended when its session did: its span is given already. */
  void given() {
    given = true;
  }

  boolean isGiven() {
    return given;
  }
}
