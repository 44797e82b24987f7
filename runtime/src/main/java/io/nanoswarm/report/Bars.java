package io.nanoswarm.report;

import io.nanoswarm.drawing.Scale;
import io.nanoswarm.drawing.Svg;
import java.util.List;
import java.util.Locale;

/** Amounts beside each other, the largest first. Pure. */
final class Bars {
  private static final int WIDTH = 760;
  private static final int NAMES = 250;
  private static final int ROW = 24;
  private static final int LETTERS = 33;

  /** One amount. */
  record Bar(String name, long amount) {}

  private Bars() {}

  static String of(String title, List<Bar> bars) {
    long most = bars.stream().mapToLong(Bar::amount).max().orElse(1);
    var scale = new Scale(Math.max(1, most), NAMES, WIDTH - 70.0);
    var svg = new Svg(WIDTH, bars.size() * ROW + 6, title);
    svg.described("The table below has the same figures.");
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      double y = 3 + (double) i * ROW;
      String amount = String.format(Locale.ROOT, "%,d", bar.amount());
      svg.text(NAMES - 10.0, y + 16, "end", shortened(bar.name()));
      svg.rectangle(
          "class=\"bar\" rx=\"3\"",
          NAMES,
          y + 3,
          Math.max(2, scale.at((double) bar.amount()) - NAMES),
          ROW - 7.0,
          bar.name() + ": " + amount);
      svg.text(scale.at((double) bar.amount()) + 8, y + 16, "start", amount);
    }
    return svg.toString();
  }

  /** Of a path, its end tells more. */
  private static String shortened(String name) {
    return name.length() <= LETTERS ? name : "\u2026" + name.substring(name.length() - LETTERS + 1);
  }
}
