package io.nanoswarm.cli;

import io.nanoswarm.load.report.Figure;
import io.nanoswarm.load.report.Latency;
import io.nanoswarm.load.report.LoadReport;
import io.nanoswarm.load.report.LoadReport.JournalShare;
import io.nanoswarm.load.report.LoadReport.Point;
import io.nanoswarm.load.report.LoadReport.Resources;
import io.nanoswarm.load.report.Part;
import io.nanoswarm.load.report.ReportWords;
import io.nanoswarm.load.report.Spread;
import io.nanoswarm.terminal.Console;
import io.nanoswarm.terminal.Glyph;
import io.nanoswarm.terminal.Line;
import io.nanoswarm.terminal.Look;
import io.nanoswarm.terminal.Table;
import io.nanoswarm.terminal.Tone;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A load report as tables, each narrow enough for a small window. */
final class LoadSummary {
  /** What the project asks of itself: tasks a second, as a share of what the journal does alone. */
  private static final double AIM = 0.5;

  private static final int BAR = 40;
  private static final int NARROW = 70;
  private static final int COLUMN = 9;
  private static final int PART_COLUMN = 24;

  private final Console.Port out;
  private final Look look;

  LoadSummary(Console.Port out) {
    this.out = out;
    look = out.look();
  }

  void print(LoadReport report) {
    out.print(look.line().text(Tone.STRONG, spelled(ReportWords.asked(report.asked()))));
    out.print(look.line().text(Tone.DIM, ReportWords.machine(report.machine())));
    throughput(report.points());
    latency(report);
    parts(report);
    journal(report.points());
    resources(report.points());
    if (report.recovery() != null) {
      heading("Recovery");
      out.print(look.line().text(spelled(ReportWords.recovery(report.recovery()))));
    }
    heading("More agents");
    report.scaling().words().forEach(this::bullet);
    report
        .remarks()
        .forEach(remark ->
            out.print(
                look.line().glyph(Tone.WARN, Glyph.WARNING).space(1).text(Tone.WARN, remark)));
  }

  private void heading(String text) {
    out.print(look.line());
    out.print(look.line().text(Tone.TITLE, text));
  }

  private void note(String text) {
    out.print(look.line().text(Tone.DIM, text));
  }

  private void bullet(String text) {
    out.print(look.line().glyph(Tone.ACCENT, Glyph.BULLET).space(1).text(spelled(text)));
  }

  private void throughput(List<Point> points) {
    heading("Throughput");
    double most = points.stream().mapToDouble(point -> point.throughput().max()).max().orElse(1);
    var table = new Table(look, "AGENTS", "TASKS/S", "");
    int bar = out.width() < NARROW ? BAR / 3 : BAR;
    for (Point point : points) {
      int full = (int) Math.round(bar * point.throughput().median() / most);
      table.row(
          agents(point),
          number(Figure.of(point.throughput())),
          look.line().text(Tone.ACCENT, look.glyph(Glyph.BAR_FULL).repeat(Math.max(0, full))));
    }
    out.print(table.render(out.width()));
  }

  private void latency(LoadReport report) {
    heading(report.asked().open() ? "Latency" : "Time of a task");
    note(ReportWords.latency(report.asked()));
    var table = new Table(look, "AGENTS", "P50", "P99", "P99.9", "MAX", "TASKS");
    for (Point point : report.points()) {
      Latency latency = point.latency();
      table.row(
          agents(point),
          number(Figure.millis(latency == null ? null : (Double) latency.p50())),
          number(Figure.millis(latency == null ? null : latency.p99())),
          number(Figure.millis(latency == null ? null : latency.p999())),
          number(Figure.millis(latency == null ? null : (Double) latency.max())),
          number(latency == null ? Figure.NONE : Long.toString(latency.tasks())));
    }
    out.print(table.render(out.width()));
  }

  /** Parts as rows, since there are always the same; of many points those that fit. */
  private void parts(LoadReport report) {
    heading("Where the time of a task goes, ms");
    int room = Math.max(2, (out.width() - PART_COLUMN) / COLUMN);
    List<Point> shown = shown(report.points(), room);
    var header = new ArrayList<String>();
    header.add("AGENTS");
    shown.forEach(point -> header.add(Integer.toString(point.agents())));
    var table = new Table(look, header.toArray(String[]::new));
    for (Part part : Part.values()) {
      if (shown.stream().anyMatch(point -> matters(point, part))) {
        table.row(row(part.title(), shown.stream().map(point -> median(point, part)).toList()));
      }
    }
    table.row(
        row(
            "together",
            shown.stream()
                .map(point -> point.parts().values().stream().mapToDouble(Spread::median).sum())
                .toList()));
    out.print(table.render(out.width()));
  }

  private static boolean matters(Point point, Part part) {
    Spread spread = point.parts().get(part);
    boolean posts = part != Part.POSTING || (spread != null && spread.median() > 0.1);
    return spread != null && posts;
  }

  private static double median(Point point, Part part) {
    Spread spread = point.parts().get(part);
    return spread == null ? 0 : spread.median();
  }

  private static List<Point> shown(List<Point> points, int room) {
    if (points.size() <= room) {
      return points;
    }
    var shown = new ArrayList<>(points.subList(0, room - 1));
    shown.add(points.getLast());
    return Collections.unmodifiableList(shown);
  }

  private Line[] row(String title, List<Double> values) {
    var cells = new ArrayList<Line>();
    cells.add(look.line().text(title));
    values.forEach(value -> cells.add(number(Figure.of(value))));
    return cells.toArray(Line[]::new);
  }

  private void journal(List<Point> points) {
    heading("Beside the journal alone");
    note(ReportWords.journal());
    var table = new Table(look, "AGENTS", "EVENTS/TASK", "ALONE", "SINGLY", "RATIO");
    var bare = new Table(look, "AGENTS", "BARE LOOP", "RATIO TO IT");
    for (Point point : points) {
      JournalShare share = point.journal();
      double ratio = share.ratio().median();
      table.row(
          agents(point),
          number(Figure.of((Double) share.eventsPerTask())),
          number(Figure.median(share.alone())),
          number(Figure.median(share.aloneSingly())),
          look.line()
              .text(ratio >= AIM ? Tone.GOOD : Tone.WARN, spelled(Figure.of(share.ratio()))));
      bare.row(
          agents(point),
          number(Figure.median(share.bare())),
          number(spelled(Figure.of(share.ratioToBare()))));
    }
    out.print(table.render(out.width()));
    out.print(bare.render(out.width()));
  }

  private void resources(List<Point> points) {
    heading("What it takes");
    var memory = new Table(look, "AGENTS", "JVMS", "START-UP", "RSS", "PSS");
    var processor = new Table(look, "AGENTS", "CORES", "NODE", "CPU/TASK");
    for (Point point : points) {
      Resources takes = point.resources();
      memory.row(
          agents(point),
          number(Integer.toString(takes.jvms())),
          number(point.startUp() == null ? Figure.NONE : Figure.median(point.startUp()) + " s"),
          number(megabytes(takes.residentEach())),
          number(megabytes(takes.proportionalEach())));
      processor.row(
          agents(point),
          number(Figure.median(takes.cpuEach())),
          number(Figure.median(takes.cpuNode())),
          number(Figure.millis(takes.cpuPerTask() == null ? null : takes.cpuPerTask().median())));
    }
    out.print(memory.render(out.width()));
    out.print(processor.render(out.width()));
    var node =
        points.stream()
            .map(point -> point.resources().nodeResident())
            .filter(Objects::nonNull)
            .mapToDouble(Spread::max)
            .max();
    note(
        "Of each agent's JVM: memory, and cores that it kept busy; NODE: those of the control node"
            + " with this test within"
            + (node.isPresent()
                ? ", which took up to " + Figure.of(node.getAsDouble()) + " MB."
                : "."));
  }

  private static String megabytes(@Nullable Spread spread) {
    return spread == null ? Figure.NONE : Figure.median(spread) + " MB";
  }

  private Line agents(Point point) {
    return look.line().text(Tone.STRONG, Integer.toString(point.agents()));
  }

  private Line number(String text) {
    return look.line().text(spelled(text));
  }

  /** Without the letters that an ASCII terminal does not have. */
  private String spelled(String text) {
    return look.unicode()
        ? text
        : text.replace("–", "-")
            .replace("×", "x")
            .replace("−", "-")
            .replace("λ", "lambda")
            .replace("σ", "sigma")
            .replace("κ", "kappa");
  }
}
