package io.nanoswarm.load;

import io.nanoswarm.load.report.Latency;
import io.nanoswarm.load.report.LoadReport;
import io.nanoswarm.load.report.LoadReport.Arrivals;
import io.nanoswarm.load.report.LoadReport.Asked;
import io.nanoswarm.load.report.LoadReport.JournalShare;
import io.nanoswarm.load.report.LoadReport.Machine;
import io.nanoswarm.load.report.LoadReport.Point;
import io.nanoswarm.load.report.LoadReport.Recovery;
import io.nanoswarm.load.report.LoadReport.Resources;
import io.nanoswarm.load.report.Part;
import io.nanoswarm.load.report.Scaling;
import io.nanoswarm.load.report.ScalingWords;
import io.nanoswarm.load.report.Spread;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Makes a report of what was measured. Pure. */
record Evaluation(
    LoadRequest request,
    SortedMap<Integer, List<PointRun.Result>> measured,
    List<WorkerKill.Result> kills) {
  /** Of the offered rate; with less done, the swarm does not keep up. */
  private static final double KEEPS_UP = 0.95;

  private static final double LATE_SECONDS = 0.05;

  LoadReport report(String version, Instant began, String command, Machine machine) {
    var points = new ArrayList<Point>();
    measured.forEach((agents, results) -> points.add(point(agents, results)));
    Scaling scaling = request.open() ? ScalingWords.ofSchedule() : ScalingWords.of(points);
    return new LoadReport(
        LoadReport.FORM,
        version,
        began,
        command,
        machine,
        asked(),
        points,
        recovery(),
        scaling,
        remarks(points));
  }

  private Asked asked() {
    return new Asked(
        request.agents(),
        request.isolation().word(),
        request.work().toString(),
        request.open() ? "open" : "closed",
        request.rate(),
        request.duration().toMillis() / 1e3,
        request.warmUp().toMillis() / 1e3,
        request.repeats(),
        request.sessions(),
        request.perMachine());
  }

  private Point point(int agents, List<PointRun.Result> results) {
    Histogram all = io.nanoswarm.load.Arrivals.histogram();
    results.forEach(result -> all.add(result.latencies().latencies()));
    return new Point(
        agents,
        spread(results, PointRun.Result::throughput),
        Latency.of(all),
        arrivals(results),
        parts(results),
        spreadOf(results.stream().flatMap(result -> result.startUps().stream())),
        resources(results),
        journal(results),
        results.stream().mapToLong(PointRun.Result::failed).sum());
  }

  private @Nullable Arrivals arrivals(List<PointRun.Result> results) {
    return request.open()
        ? new Arrivals(
            results.stream().mapToLong(result -> result.latencies().intended()).sum(),
            results.stream().mapToLong(result -> result.latencies().done()).sum(),
            results.stream().mapToLong(result -> result.latencies().lateMicros()).max().orElse(0)
                / 1e6)
        : null;
  }

  private static Map<Part, Spread> parts(List<PointRun.Result> results) {
    Map<Part, Spread> parts = new EnumMap<>(Part.class);
    for (Part part : Part.values()) {
      var values =
          results.stream().map(result -> result.parts().get(part)).filter(Objects::nonNull);
      Spread spread = spreadOf(values);
      if (spread != null) {
        parts.put(part, spread);
      }
    }
    return parts;
  }

  private static Resources resources(List<PointRun.Result> results) {
    var memory = results.stream().flatMap(result -> result.memory().stream()).toList();
    var node = results.stream().map(PointRun.Result::nodeMemory).filter(Objects::nonNull).toList();
    return new Resources(
        results.stream().mapToInt(result -> result.processor().size()).max().orElse(0),
        spreadOf(memory.stream().map(Footprint.Memory::resident)),
        spreadOf(memory.stream().map(Footprint.Memory::proportional)),
        spreadOf(node.stream().map(Footprint.Memory::resident)),
        spread(results, Evaluation::coresOfOne),
        spread(results, result -> result.nodeProcessor() / result.window().seconds()),
        spreadOf(
            results.stream()
                .filter(result -> result.settled() > 0)
                .map(result ->
                    (processor(result) + result.nodeProcessor()) * 1e3 / result.settled())));
  }

  private static double processor(PointRun.Result result) {
    return result.processor().stream().mapToDouble(each -> each).sum();
  }

  private static double coresOfOne(PointRun.Result result) {
    return processor(result) / Math.max(1, result.processor().size()) / result.window().seconds();
  }

  private static JournalShare journal(List<PointRun.Result> results) {
    long tasks = results.stream().mapToLong(PointRun.Result::settled).sum();
    long events = results.stream().mapToLong(result -> result.rows().events()).sum();
    long bytes = results.stream().mapToLong(result -> result.rows().bytes()).sum();
    return new JournalShare(
        tasks == 0 ? 0 : (double) events / tasks,
        events == 0 ? 0 : (int) (bytes / events),
        results.stream().mapToLong(result -> result.rows().writers()).max().orElse(0),
        spread(results, result -> tasks(result, result.aloneTogether())),
        spread(results, result -> tasks(result, result.aloneSingly())),
        spread(results, PointRun.Result::bare),
        spread(results, Evaluation::ratio),
        spread(results, result -> result.bare() == 0 ? 0 : result.throughput() / result.bare()));
  }

  /** As many tasks as these events would be. */
  private static double tasks(PointRun.Result result, double events) {
    return result.rows().events() == 0 ? 0 : events * result.settled() / result.rows().events();
  }

  private static double ratio(PointRun.Result result) {
    double alone = tasks(result, result.aloneTogether());
    return alone == 0 ? 0 : result.throughput() / alone;
  }

  private @Nullable Recovery recovery() {
    Spread seconds = spreadOf(kills.stream().map(WorkerKill.Result::seconds));
    return seconds == null
        ? null
        : new Recovery(
            request.mostAgents(),
            kills.size(),
            (int) kills.stream().filter(WorkerKill.Result::elsewhere).count(),
            seconds,
            WorkerKill.work(request.work()).toString());
  }

  private List<String> remarks(List<Point> points) {
    var remarks = new ArrayList<String>();
    for (Point point : points) {
      Arrivals arrivals = point.arrivals();
      if (point.failed() > 0) {
        remarks.add(
            "With %d agents: %d tasks were not completed."
                .formatted(point.agents(), point.failed()));
      }
      if (arrivals != null && arrivals.done() < KEEPS_UP * arrivals.intended()) {
        remarks.add(
            "With %d agents: %d of %d tasks were done: the swarm does not keep up with this rate, and latencies grow with the duration of the test."
                .formatted(point.agents(), arrivals.done(), arrivals.intended()));
      }
      if (arrivals != null && arrivals.late() > LATE_SECONDS) {
        remarks.add(
            "With %d agents: the schedule itself was up to %d ms behind: the machine was too busy to make the load on time; latencies count it."
                .formatted(point.agents(), Math.round(arrivals.late() * 1e3)));
      }
    }
    return remarks;
  }

  private static Spread spread(
      List<PointRun.Result> results, ToDoubleFunction<PointRun.Result> figure) {
    Function<PointRun.Result, Double> boxed = figure::applyAsDouble;
    return Spread.of(results.stream().map(boxed).toList());
  }

  private static @Nullable Spread spreadOf(Stream<Double> values) {
    List<Double> all = values.toList();
    return all.isEmpty() ? null : Spread.of(all);
  }
}
