package io.nanoswarm.definition;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Stretches of time and amounts of memory as people write them. */
final class Amounts {
  private static final Pattern TIME =
      Pattern.compile("(?:(\\d{1,3})d)?(?:(\\d{1,5})h)?(?:(\\d{1,6})m)?(?:(\\d{1,7})s)?");

  private static final Pattern MEMORY = Pattern.compile("(\\d{1,6})([mg])b?");

  private Amounts() {}

  /** As {@code 90s}, {@code 10m}, {@code 1h30m}. */
  static Duration time(String text) {
    Matcher matcher = TIME.matcher(text.toLowerCase(Locale.ROOT));
    if (text.isEmpty() || !matcher.matches()) {
      throw new IllegalArgumentException("'%s' (expected: a time, as 90s or 10m)".formatted(text));
    }
    var time =
        Duration.ofDays(number(matcher.group(1)))
            .plusHours(number(matcher.group(2)))
            .plusMinutes(number(matcher.group(3)))
            .plusSeconds(number(matcher.group(4)));
    if (time.isZero()) {
      throw new IllegalArgumentException("'%s' (expected: more than nothing)".formatted(text));
    }
    return time;
  }

  /** As {@code 128m} or {@code 2g}, in megabytes. */
  static int megabytes(String text) {
    Matcher matcher = MEMORY.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'%s' (expected: megabytes or gigabytes, as 128m or 2g)".formatted(text));
    }
    int number = Integer.parseInt(matcher.group(1));
    return matcher.group(2).equals("g") ? number * 1024 : number;
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
