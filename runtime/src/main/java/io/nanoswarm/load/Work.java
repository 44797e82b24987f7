package io.nanoswarm.load;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a task of a load test does: {@code none}, {@code wait:200ms} or {@code cpu:5ms}. */
public sealed interface Work {
  /** The longest that one task may take, so that a test ends. */
  Duration LONGEST = Duration.ofMinutes(1);

  /** Nothing: what remains is what the swarm itself costs. */
  record None() implements Work {
    @Override
    public String toString() {
      return "none";
    }
  }

  /** Waits without a thread, as an agent does that asks a model. */
  record Wait(Duration time) implements Work {
    @Override
    public String toString() {
      return "wait:" + millis(time);
    }
  }

  /**
   * Computes: always the same number of steps, however long they take.
   *
   * @param time that the steps take on a core that does nothing else
   */
  record Cpu(Duration time) implements Work {
    @Override
    public String toString() {
      return "cpu:" + millis(time);
    }
  }

  /**
   * The inverse of {@code toString}; seconds are understood as well.
   *
   * @throws IllegalArgumentException if the text is no work
   */
  static Work parse(String text) {
    if (text.equals("none")) {
      return new None();
    }
    Matcher form = Pattern.compile("(wait|cpu):(\\d{1,6})(ms|s)").matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "work: '%s' (expected: none, wait:<time> or cpu:<time>, as in wait:200ms)"
              .formatted(text));
    }
    long amount = Long.parseLong(form.group(2));
    Duration time =
        form.group(3).equals("s") ? Duration.ofSeconds(amount) : Duration.ofMillis(amount);
    if (time.isZero() || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "work: '%s' (expected: 1ms to %ds)".formatted(text, LONGEST.toSeconds()));
    }
    return form.group(1).equals("wait") ? new Wait(time) : new Cpu(time);
  }

  private static String millis(Duration time) {
    return time.toMillis() + "ms";
  }
}
