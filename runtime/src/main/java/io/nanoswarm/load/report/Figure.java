package io.nanoswarm.load.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as people read them: three digits that count, no more. */
public final class Figure {
  /** Stands for what was not measured, or cannot be told. */
  public static final String NONE = "–";

  private Figure() {}

  public static String of(@Nullable Double value) {
    if (value == null) {
      return NONE;
    }
    double size = Math.abs(value);
    if (size >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    if (size >= 10) {
      return String.format(Locale.ROOT, "%.1f", value);
    }
    return size == 0 ? "0" : String.format(Locale.ROOT, size >= 0.1 ? "%.2f" : "%.3f", value);
  }

  /** As {@code 4.38 ms} or {@code 1.20 s}. */
  public static String millis(@Nullable Double millis) {
    if (millis == null) {
      return NONE;
    }
    return millis >= 1000 ? of(millis / 1000) + " s" : of(millis) + " ms";
  }

  /** The median, and what it lies between if it was measured more than once. */
  public static String of(@Nullable Spread spread) {
    if (spread == null) {
      return NONE;
    }
    return spread.values().size() == 1
        ? of(spread.median())
        : "%s (%s–%s)".formatted(of(spread.median()), of(spread.min()), of(spread.max()));
  }

  /** The median alone. */
  public static String median(@Nullable Spread spread) {
    return spread == null ? NONE : of(spread.median());
  }
}
