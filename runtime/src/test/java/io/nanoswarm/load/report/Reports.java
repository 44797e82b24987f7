package io.nanoswarm.load.report;

import io.nanoswarm.load.report.LoadReport.Asked;
import io.nanoswarm.load.report.LoadReport.JournalShare;
import io.nanoswarm.load.report.LoadReport.Machine;
import io.nanoswarm.load.report.LoadReport.Point;
import io.nanoswarm.load.report.LoadReport.Recovery;
import io.nanoswarm.load.report.LoadReport.Resources;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.Histogram;

/** Reports that were never measured, for tests of how they are told. */
public final class Reports {
  private Reports() {}

  /** Of four points, two of which have been measured twice; throughput rises and falls. */
  public static LoadReport some() {
    var points =
        List.of(
            point(1, Spread.of(List.of(100.0, 104.0))),
            point(2, Spread.of(List.of(180.0, 184.0))),
            point(4, Spread.of(List.of(240.0, 246.0))),
            point(8, Spread.of(List.of(190.0, 196.0))));
    return new LoadReport(
        LoadReport.FORM,
        "0.1.0",
        Instant.parse("2026-11-01T12:00:00Z"),
        "swarm load --agents 1,2,4,8",
        new Machine(2, 24_000, "25", "Linux <test>", 0.5),
        new Asked(List.of(1, 2, 4, 8), "process", "none", "closed", null, 5, 3, 2, 1, 0),
        points,
        new Recovery(8, 2, 2, Spread.of(List.of(0.1, 0.2)), "wait:100ms"),
        ScalingWords.of(points),
        List.of("With 8 agents 3 tasks were not completed."));
  }

  static Point point(int agents, Spread throughput) {
    return new Point(
        agents,
        throughput,
        latency(),
        null,
        Map.of(
            Part.SCHEDULING, Spread.of(List.of(3.0)),
            Part.AGENT, Spread.of(List.of(1.5)),
            Part.JOURNAL, Spread.of(List.of(2.5))),
        Spread.of(List.of(2.5)),
        new Resources(
            agents,
            Spread.of(List.of(140.0)),
            Spread.of(List.of(110.0)),
            Spread.of(List.of(300.0)),
            Spread.of(List.of(0.2)),
            Spread.of(List.of(0.7)),
            Spread.of(List.of(5.0))),
        new JournalShare(
            1,
            250,
            1,
            Spread.of(List.of(1000.0)),
            Spread.of(List.of(500.0)),
            Spread.of(List.of(0.6)),
            Spread.of(List.of(800.0)),
            Spread.of(List.of(0.75))),
        0);
  }

  private static Latency latency() {
    var histogram = new Histogram(3);
    for (int i = 1; i <= 2000; i++) {
      histogram.recordValue(i * 10L);
    }
    return Objects.requireNonNull(Latency.of(histogram));
  }
}
