package io.nanoswarm.session;

import io.nanoswarm.trace.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one session. Who knows what is stored with its opening knows them all: their ids
 * follow from the trace and from what they are about, so that they are the same in every JVM, and
 * after every restart.
 *
 * @param opened what is stored: the caller's span, or the session's own if nobody has called
 */
public record SessionTrace(SessionId session, TraceContext opened) {

  /** The name of a session's own span within its trace. */
  public static String name(SessionId session) {
    return "session/" + session;
  }

  /** From the session's opening to its first ending. */
  public TraceContext own() {
    return opened.span(name(session));
  }

  /** Null if the session is the root of its trace. */
  public @Nullable TraceContext caller() {
    return opened.spanId().equals(own().spanId()) ? null : opened;
  }

  /** The session once it has gone on after an ending, from there to the next. */
  public TraceContext goneOn(int episode) {
    return opened.span(name(session) + "/episode/" + episode);
  }

  public TraceContext plan(int question) {
    return opened.span(name(session) + "/plan/" + question);
  }

  /**
   * @param era counts the times that tasks were begun anew
   */
  public TraceContext task(TaskId task, int era) {
    return opened.span("task/%s/%d".formatted(task, era));
  }

  public TraceContext attempt(TaskId task, Fence fence) {
    return opened.span("attempt/%s/%s".formatted(task, fence));
  }

  /** What the agent does during an attempt. */
  public TraceContext work(TaskId task, Fence fence) {
    return opened.span("work/%s/%s".formatted(task, fence));
  }

  /**
   * Something that the agent has done during an attempt.
   *
   * @param number counts them, from 1
   */
  public TraceContext act(TaskId task, Fence fence, long number) {
    return opened.span("act/%s/%s/%d".formatted(task, fence, number));
  }
}
