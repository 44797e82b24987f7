package io.nanoswarm.load.report;

import io.nanoswarm.drawing.Svg;
import io.nanoswarm.load.report.LoadReport.Point;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A report as one page of HTML that needs nothing beside it: no script, no font, no other file. */
public final class LoadPage {
  /** Milliseconds of a part that is shown. */
  private static final double SEEN = 0.01;

  private static final String STYLE = "load-page.css";

  private final LoadReport report;
  private final StringBuilder page = new StringBuilder();

  /** The whole page. */
  public static String of(LoadReport report) {
    return new LoadPage(report).page();
  }

  private LoadPage(LoadReport report) {
    this.report = report;
  }

  private String page() {
    add("<!DOCTYPE html>");
    add("<html lang=\"en\"><head><meta charset=\"utf-8\">");
    add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    add("<meta name=\"color-scheme\" content=\"light dark\">");
    add("<title>Nanoswarm load test</title><style>");
    add(style());
    add("</style></head><body><main>");
    head();
    cards();
    remarks();
    section("Throughput", null);
    add(Plots.throughput(report.points(), report.scaling()));
    add("<ul>");
    report.scaling().words().forEach(word -> element("li", word));
    add("</ul>");
    section(
        report.asked().open() ? "Latency" : "Time of a task", ReportWords.latency(report.asked()));
    add(Plots.latency(report.points()));
    latencies();
    section("Where the time of a task goes", null);
    add(Plots.parts(report.points()));
    legend();
    section("Beside the journal alone", ReportWords.journal());
    journal();
    section(
        "What it takes",
        "Of each agent's JVM. Cores are what it kept busy; the control node has this test within.");
    resources();
    add("</main></body></html>");
    return page.toString();
  }

  private static String style() {
    try (InputStream style = LoadPage.class.getResourceAsStream(STYLE)) {
      if (style == null) {
        throw new IOException("missing on the class path: " + STYLE);
      }
      return new String(style.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void head() {
    add("<header>");
    element("h1", "Load test");
    element("p", ReportWords.asked(report.asked()));
    element(
        "p class=\"dim\"",
        "%s Nanoswarm %s, %s."
            .formatted(ReportWords.machine(report.machine()), report.version(), report.at()));
    element("pre", report.command());
    add("</header>");
  }

  private void cards() {
    List<Point> points = report.points();
    Point fastest =
        points.stream()
            .reduce((one, other) ->
                other.throughput().median() > one.throughput().median() ? other : one)
            .orElseThrow();
    add("<div class=\"cards\">");
    card(
        Figure.median(fastest.throughput()),
        "tasks a second with %d %s"
            .formatted(fastest.agents(), fastest.agents() == 1 ? "agent" : "agents"));
    Latency latency = points.getLast().latency();
    if (latency != null) {
      Double p99 = latency.p99();
      card(
          Figure.millis(p99 == null ? (Double) latency.p50() : p99),
          "%s of %s with %d"
              .formatted(
                  p99 == null ? "median" : "p99",
                  report.asked().open() ? "latency" : "a task's time",
                  points.getLast().agents()));
    }
    card(Figure.median(fastest.journal().ratio()), "of what the journal does alone");
    if (report.recovery() != null) {
      card(
          Figure.median(report.recovery().seconds()) + " s",
          "from a worker's death to its task running again");
    }
    add("</div>");
  }

  private void card(String figure, String words) {
    add("<div><b>%s</b><span>%s</span></div>".formatted(Svg.escaped(figure), Svg.escaped(words)));
  }

  private void remarks() {
    report.remarks().forEach(remark -> element("p class=\"remark\"", remark));
    if (report.recovery() != null) {
      element("p", ReportWords.recovery(report.recovery()));
    }
  }

  private void legend() {
    add("<ul class=\"legend\">");
    for (Part part : Part.values()) {
      if (report.points().stream()
          .map(point -> point.parts().get(part))
          .anyMatch(spread -> spread != null && spread.median() >= SEEN)) {
        add(
            "<li><i class=\"%s\"></i><b>%s</b> %s</li>"
                .formatted(part.word(), Svg.escaped(part.title()), Svg.escaped(part.meaning())));
      }
    }
    add("</ul>");
  }

  private void latencies() {
    table(
        List.of("agents", "tasks", "p50", "p99", "p99.9", "max"),
        List.of(
            of(latency -> Long.toString(latency.tasks())),
            of(latency -> Figure.millis(latency.p50())),
            of(latency -> Figure.millis(latency.p99())),
            of(latency -> Figure.millis(latency.p999())),
            of(latency -> Figure.millis(latency.max()))));
  }

  private static Function<Point, String> of(Function<Latency, String> figure) {
    return point -> {
      Latency latency = point.latency();
      return latency == null ? Figure.NONE : figure.apply(latency);
    };
  }

  private void journal() {
    table(
        List.of(
            "agents",
            "tasks/s",
            "events of a task",
            "bytes of an event",
            "alone, tasks/s",
            "singly, tasks/s",
            "ratio",
            "bare loop, rounds/s",
            "ratio to it"),
        List.of(
            point -> Figure.of(point.throughput()),
            point -> Figure.of((Double) point.journal().eventsPerTask()),
            point -> Integer.toString(point.journal().bytesPerEvent()),
            point -> Figure.median(point.journal().alone()),
            point -> Figure.median(point.journal().aloneSingly()),
            point -> Figure.of(point.journal().ratio()),
            point -> Figure.median(point.journal().bare()),
            point -> Figure.of(point.journal().ratioToBare())));
  }

  private void resources() {
    table(
        List.of(
            "agents",
            "JVMs",
            "start-up, s",
            "resident, MB",
            "proportional, MB",
            "cores",
            "node, MB",
            "node, cores",
            "processor of a task, ms"),
        List.of(
            point -> Integer.toString(point.resources().jvms()),
            point -> Figure.of(point.startUp()),
            point -> Figure.median(point.resources().residentEach()),
            point -> Figure.median(point.resources().proportionalEach()),
            point -> Figure.median(point.resources().cpuEach()),
            point -> Figure.median(point.resources().nodeResident()),
            point -> Figure.median(point.resources().cpuNode()),
            point -> Figure.of(point.resources().cpuPerTask())));
  }

  /**
   * @param columns of each but the first, which is the number of agents
   */
  private void table(List<String> header, List<Function<Point, String>> columns) {
    add("<div class=\"wide\"><table><thead><tr>");
    header.forEach(title -> element("th", title));
    add("</tr></thead><tbody>");
    for (Point point : report.points()) {
      add("<tr>");
      element("td", Integer.toString(point.agents()));
      columns.forEach(column -> element("td", column.apply(point)));
      add("</tr>");
    }
    add("</tbody></table></div>");
  }

  private void section(String title, @Nullable String note) {
    element("h2", title);
    if (note != null) {
      element("p class=\"dim\"", note);
    }
  }

  /**
   * @param tag with its attributes
   */
  private void element(String tag, String text) {
    add("<%s>%s</%s>".formatted(tag, Svg.escaped(text), tag.split(" ", 2)[0]));
  }

  private void add(String text) {
    page.append(text).append('\n');
  }
}
