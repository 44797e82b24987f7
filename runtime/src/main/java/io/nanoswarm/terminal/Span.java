package io.nanoswarm.terminal;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Stretches of time in few characters. */
public final class Span {
  private Span() {}

  /** As a clock shows it: {@code 0:42}, {@code 12:05}, {@code 1:02:33}. */
  public static String clock(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  /** In the two largest units: {@code 0.4s}, {@code 42s}, {@code 3m 05s}, {@code 2d 4h}. */
  public static String words(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1fs", Math.max(0, duration.toMillis()) / 1000.0);
    }
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return String.format(Locale.ROOT, "%dm %02ds", seconds / 60, seconds % 60);
    }
    if (seconds < 86_400) {
      return String.format(Locale.ROOT, "%dh %02dm", seconds / 3600, seconds / 60 % 60);
    }
    return String.format(Locale.ROOT, "%dd %dh", seconds / 86_400, seconds / 3600 % 24);
  }

  /** How long something took, or takes until now; empty if it has not begun. */
  public static String words(@Nullable Instant began, @Nullable Instant ended, Instant now) {
    return began == null ? "" : words(Duration.between(began, ended == null ? now : ended));
  }
}
