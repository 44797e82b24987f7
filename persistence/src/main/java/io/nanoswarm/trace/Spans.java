package io.nanoswarm.trace;

import org.jspecify.annotations.Nullable;

/**
 * Where spans go that have ended.
 *
 * <p>Guarantees: never blocks, never throws, holds a bounded number; what is too much is dropped.
 * Not promised: that anything arrives. Thread safe.
 */
@FunctionalInterface
public interface Spans {

  /** Nobody wants them. */
  Spans NONE =
      new Spans() {
        @Override
        public boolean wanted() {
          return false;
        }

        @Override
        public @Nullable TraceContext begin(@Nullable TraceContext parent, String name) {
          return null;
        }

        @Override
        public void ended(EndedSpan span) {}
      };

  /** A span has ended; one that is not sampled is dropped. */
  void ended(EndedSpan span);

  /** Whether it is worth while to make any. */
  default boolean wanted() {
    return true;
  }

  /**
   * The context of something that begins a trace, or goes on with its caller's; whether it is
   * sampled is decided here, once for the whole trace. Where no trace begins, as in workers, the
   * caller's.
   *
   * @param parent of the caller, null if there is none
   * @param name of the span within its trace: see {@link TraceContext#span}
   * @return null if there are to be no spans at all
   */
  default @Nullable TraceContext begin(@Nullable TraceContext parent, String name) {
    return parent;
  }
}
