package io.nanoswarm.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Places values from 0 on along an axis of a plot.
 *
 * @param most the value at the end
 * @param from where 0 is
 * @param to where the most is
 */
public record Scale(double most, double from, double to) {
  private static final int TICKS = 5;

  /** An axis that ends at a round number, not below the value. */
  public static Scale upTo(double value, double from, double to) {
    double step = step(value);
    return new Scale(Math.max(1, Math.ceil(value / step - 1e-9)) * step, from, to);
  }

  private static double step(double most) {
    double rough = Math.max(1e-9, most) / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double digit = rough / power;
    return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
  }

  public double at(double value) {
    return from + (to - from) * value / most;
  }

  public List<Double> ticks() {
    var ticks = new ArrayList<Double>();
    double step = step(most);
    for (int i = 0; i * step <= most * (1 + 1e-9); i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  public static String label(double tick) {
    return tick == Math.rint(tick)
        ? String.format(Locale.ROOT, "%,.0f", tick)
        : String.format(Locale.ROOT, "%.3g", tick).replaceAll("0+$", "");
  }
}
