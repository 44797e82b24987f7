package io.nanoswarm.load;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When an agent was given a task, when its work was done, and when what it posted was stored, in
 * microseconds since 1970; what its outcome says.
 *
 * @param posted as {@code worked} if it posted nothing
 */
record Stamps(long begun, long worked, long posted) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,18}) (\\d{1,18}) (\\d{1,18})");

  static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  static Optional<Stamps> of(String summary) {
    Matcher form = FORM.matcher(summary);
    return form.matches()
        ? Optional.of(
            new Stamps(
                Long.parseLong(form.group(1)),
                Long.parseLong(form.group(2)),
                Long.parseLong(form.group(3))))
        : Optional.empty();
  }

  @Override
  public String toString() {
    return begun + " " + worked + " " + posted;
  }
}
