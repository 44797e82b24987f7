package io.nanoswarm.cli;

import io.nanoswarm.client.UserError;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Stretches of time as users type them: {@code 90s}, {@code 10m}, {@code 1h30m}, {@code 2d}. */
final class TimeText {
  private static final Pattern FORM =
      Pattern.compile("(?:(\\d{1,4})d)?(?:(\\d{1,6})h)?(?:(\\d{1,7})m)?(?:(\\d{1,8})s)?");

  private static final Duration LONGEST = Duration.ofDays(30);

  private TimeText() {}

  /**
   * @param option what it was given for
   */
  static Duration parse(String option, String typed) {
    var text = typed.strip().toLowerCase(Locale.ROOT);
    if (text.matches("\\d+")) {
      throw UserError.usage(
          "%s %s has no unit".formatted(option, typed),
          "write %1$ss, %1$sm or %1$sh".formatted(text));
    }
    var matcher = FORM.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      throw UserError.usage(
          "%s '%s' is no time".formatted(option, typed), "write it as in 90s, 10m or 1h30m");
    }
    var time =
        Duration.ofDays(number(matcher.group(1)))
            .plusHours(number(matcher.group(2)))
            .plusMinutes(number(matcher.group(3)))
            .plusSeconds(number(matcher.group(4)));
    if (time.isZero() || time.compareTo(LONGEST) > 0) {
      throw UserError.usage(
          "%s %s is out of range".formatted(option, typed), "give something from 1s to 30d");
    }
    return time;
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
