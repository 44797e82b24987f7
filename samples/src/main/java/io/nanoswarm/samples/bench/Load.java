package io.nanoswarm.samples.bench;

import java.time.Duration;
import java.util.regex.Pattern;

/** What a task does: {@code none}, {@code wait:200ms}, or {@code cpu:40}. */
public sealed interface Load {
  /** Steps of a {@link Cpu} unit, so that amounts stay small numbers. */
  long STEPS = 1_000_000;

  /** Nothing: what remains is the cost of the swarm itself. */
  record None() implements Load {
    @Override
    public long perform() {
      return 0;
    }

    @Override
    public String toString() {
      return "none";
    }
  }

  /** Waits, as an agent does that asks a model. */
  record Wait(Duration time) implements Load {
    @Override
    public long perform() throws InterruptedException {
      Thread.sleep(time);
      return 0;
    }

    @Override
    public String toString() {
      return "wait:%dms".formatted(time.toMillis());
    }
  }

  /**
   * Computes.
   *
   * @param millions steps of a generator of pseudo-random numbers, each of which needs the one
   *     before; a fixed amount, however long it takes
   */
  record Cpu(long millions) implements Load {
    @Override
    public long perform() {
      long state = 88_172_645_463_325_252L;
      for (long left = millions * STEPS; left > 0; left--) {
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
      }
      return state;
    }

    @Override
    public String toString() {
      return "cpu:" + millions;
    }
  }

  /** Does the work on the calling thread; the result says that it was done. */
  long perform() throws InterruptedException;

  /**
   * The inverse of {@code toString}.
   *
   * @throws IllegalArgumentException if the text is no work
   */
  static Load parse(String text) {
    var form = Pattern.compile("(none)|wait:(\\d{1,6})ms|cpu:(\\d{1,6})").matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "work: '%s' (expected: none, wait:<n>ms or cpu:<millions of steps>)".formatted(text));
    }
    if (form.group(2) != null) {
      return new Wait(Duration.ofMillis(Long.parseLong(form.group(2))));
    }
    return form.group(3) == null ? new None() : new Cpu(Long.parseLong(form.group(3)));
  }
}
