package io.nanoswarm.load.report;

import io.nanoswarm.drawing.Scale;
import io.nanoswarm.drawing.Svg;
import io.nanoswarm.load.report.LoadReport.Point;
import io.nanoswarm.load.report.Scaling.Best;
import io.nanoswarm.load.report.Scaling.Curve;
import java.util.List;
import java.util.Locale;

/** The drawings of a report. Pure. */
final class Plots {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 340;
  private static final int LEFT = 64;
  private static final int RIGHT = 96;
  private static final int TOP = 34;
  private static final int BOTTOM = 46;
  private static final int STEPS = 160;
  private static final double ROOM = 1.05;

  private static final int ROW = 34;
  private static final int BAR = 22;

  /** Percentiles on the axis; each is as far from the last as it has more nines. */
  private static final List<Double> PERCENTS = List.of(0.0, 50.0, 90.0, 99.0, 99.9, 99.99);

  private Plots() {}

  /** Tasks a second against agents: what was measured, and the curve of the law. */
  static String throughput(List<Point> points, Scaling scaling) {
    var svg = new Svg(WIDTH, HEIGHT, "Throughput against the number of agents");
    int agents = points.getLast().agents();
    double most = points.stream().mapToDouble(point -> point.throughput().max()).max().orElse(1);
    Curve curve = scaling.curve();
    if (curve != null) {
      for (int i = 1; i <= STEPS; i++) {
        most = Math.max(most, curve.at(1 + (agents - 1.0) * i / STEPS));
      }
    }
    Scale x = new Scale(agents * ROOM, LEFT, WIDTH - RIGHT);
    Scale y = Scale.upTo(most, HEIGHT - BOTTOM, TOP);
    Best best = scaling.best();
    if (best != null) {
      double low = x.at(Math.max(0, best.range().low()));
      double high = x.at(Math.min(x.most(), best.range().high()));
      svg.rectangle(
          "class=\"best\"",
          low,
          TOP,
          Math.max(2, high - low),
          HEIGHT - BOTTOM - TOP,
          "best number of agents, nine of ten: %s to %s"
              .formatted(Figure.of(best.range().low()), Figure.of(best.range().high())));
      svg.text(x.at(best.agents()), TOP - 5, "middle", "N* = " + Figure.of(best.agents()));
    }
    frame(svg, y, "tasks a second");
    for (Point point : points) {
      svg.text(x.at(point.agents()), HEIGHT - BOTTOM + 18, "middle", "" + point.agents());
    }
    svg.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "middle", "agents");
    if (curve != null) {
      var path = new StringBuilder();
      for (int i = 0; i <= STEPS; i++) {
        double n = 1 + (x.most() - 1) * i / STEPS;
        path.append(Svg.point(x.at(n), y.at(curve.at(n))));
      }
      svg.path("class=\"curve\"", path);
      svg.text(WIDTH - RIGHT + 6, y.at(curve.at(x.most())) + 4, "start", "fitted law");
    }
    for (Point point : points) {
      Spread spread = point.throughput();
      double at = x.at(point.agents());
      svg.line("class=\"whisker\"", at, y.at(spread.min()), at, y.at(spread.max()));
      spread.values().forEach(value -> svg.dot("class=\"each\"", at, y.at(value), 2.5, ""));
      svg.dot(
          "class=\"median\"",
          at,
          y.at(spread.median()),
          4.5,
          "%d agents: %s tasks a second".formatted(point.agents(), Figure.of(spread)));
    }
    return svg.toString();
  }

  /** How long how many of the tasks took, a line for each number of agents. */
  static String latency(List<Point> points) {
    var svg = new Svg(WIDTH, HEIGHT, "Distribution of latency");
    double most = 0;
    double deepest = nines(PERCENTS.get(2));
    for (Point point : points) {
      Latency latency = point.latency();
      if (latency != null) {
        most = Math.max(most, latency.max());
        deepest = Math.max(deepest, Math.log10((double) latency.tasks()));
      }
    }
    Scale x = new Scale(deepest * ROOM, LEFT, WIDTH - RIGHT);
    Scale y = Scale.upTo(most, HEIGHT - BOTTOM, TOP);
    frame(svg, y, "ms");
    for (double percent : PERCENTS) {
      if (nines(percent) <= x.most()) {
        double at = x.at(nines(percent));
        svg.line("class=\"grid\"", at, TOP, at, HEIGHT - BOTTOM);
        svg.text(at, HEIGHT - BOTTOM + 18, "middle", Scale.label(percent) + " %");
      }
    }
    svg.text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "middle", "of the tasks took no longer");
    for (int i = 0; i < points.size(); i++) {
      Latency latency = points.get(i).latency();
      if (latency != null) {
        String style = "class=\"series\" style=\"stroke:%s\"".formatted(color(i, points.size()));
        svg.path(style, line(latency, x, y));
      }
    }
    for (int i = 0; i < points.size(); i++) {
      double at = TOP + 10 + 18.0 * i;
      svg.line(
          "class=\"series\" style=\"stroke:%s\"".formatted(color(i, points.size())),
          WIDTH - RIGHT + 8,
          at - 4,
          WIDTH - RIGHT + 24,
          at - 4);
      int agents = points.get(i).agents();
      svg.text(WIDTH - RIGHT + 30, at, "start", agents == 1 ? "1 agent" : agents + " agents");
    }
    return svg.toString();
  }

  private static CharSequence line(Latency latency, Scale x, Scale y) {
    var path = new StringBuilder();
    double last = Math.log10((double) Math.max(1, latency.tasks()));
    for (Latency.Percentile at : latency.curve()) {
      double place = at.percent() >= 100 ? last : Math.min(last, nines(at.percent()));
      path.append(Svg.point(x.at(place), y.at(at.millis())));
    }
    return path;
  }

  private static double nines(double percent) {
    return -Math.log10(1 - percent / 100);
  }

  /** Where the time of a task goes, a bar for each number of agents. */
  static String parts(List<Point> points) {
    int height = TOP + ROW * points.size() + BOTTOM;
    var svg = new Svg(WIDTH, height, "Where the time of a task goes");
    double most =
        points.stream()
            .mapToDouble(point -> point.parts().values().stream().mapToDouble(Spread::median).sum())
            .max()
            .orElse(1);
    Scale x = Scale.upTo(most, LEFT + 16, WIDTH - RIGHT + 40);
    for (double tick : x.ticks()) {
      svg.line("class=\"grid\"", x.at(tick), TOP - 8, x.at(tick), height - BOTTOM);
      svg.text(x.at(tick), height - BOTTOM + 16, "middle", Scale.label(tick));
    }
    svg.text((LEFT + WIDTH - RIGHT) / 2.0, height - 8, "middle", "ms of a task, in the mean");
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      double y = TOP + (double) ROW * i;
      int agents = point.agents();
      svg.text(LEFT + 8, y + BAR - 6, "end", agents == 1 ? "1 agent" : agents + " agents");
      double from = 0;
      for (Part part : Part.values()) {
        Spread spread = point.parts().get(part);
        if (spread != null && spread.median() > 0) {
          svg.rectangle(
              "class=\"part %s\"".formatted(part.word()),
              x.at(from),
              y,
              x.at(from + spread.median()) - x.at(from),
              BAR,
              "%s: %s ms".formatted(part.title(), Figure.of(spread)));
          from += spread.median();
        }
      }
    }
    return svg.toString();
  }

  private static void frame(Svg svg, Scale y, String unit) {
    for (double tick : y.ticks()) {
      svg.line("class=\"grid\"", LEFT, y.at(tick), WIDTH - RIGHT, y.at(tick));
      svg.text(LEFT - 8, y.at(tick) + 4, "end", Scale.label(tick));
    }
    svg.text(LEFT - 8, TOP - 18, "start", unit);
  }

  /** From blue to red with the number of agents, bright enough for both backgrounds. */
  private static String color(int index, int count) {
    double hue = count == 1 ? 210 : 210 + 130.0 * index / (count - 1);
    return String.format(Locale.ROOT, "hsl(%.0f 70%% 52%%)", hue);
  }
}
