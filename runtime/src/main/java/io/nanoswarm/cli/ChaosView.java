package io.nanoswarm.cli;

import io.nanoswarm.chaos.ChaosReport;
import io.nanoswarm.chaos.FaultyRun;
import io.nanoswarm.chaos.Kind;
import io.nanoswarm.client.ExitCode;
import io.nanoswarm.terminal.Console;
import io.nanoswarm.terminal.Glyph;
import io.nanoswarm.terminal.JsonView;
import io.nanoswarm.terminal.Line;
import io.nanoswarm.terminal.Tone;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows faults as they come, and what came of them. */
final class ChaosView implements FaultyRun.Listener {
  private static final int MOMENT = 2;
  private static final int SHORTEST = 22;
  private static final int TIMES = 3;
  private static final int LOST = 11;
  private static final int MEDIAN = 18;
  private static final int WORST = 28;

  private final Console console;
  private final boolean json;
  private final Instant began;

  ChaosView(Console console, boolean json, Instant began) {
    this.console = console;
    this.json = json;
    this.began = began;
  }

  void begin(long seed, int minutes) {
    if (!json) {
      tell(
          console
              .err()
              .look()
              .line()
              .text(Tone.TITLE, "chaos")
              .text(
                  " for %d %s, seed %d"
                      .formatted(minutes, minutes == 1 ? "minute" : "minutes", seed)));
    }
  }

  @Override
  public void waiting(String what) {
    if (!json) {
      tell(console.err().look().line().space(2).text(Tone.DIM, what));
    }
  }

  @Override
  public void hit(Instant at, Kind kind, String what, @Nullable Long wentOnAfter) {
    if (json) {
      var line = new LinkedHashMap<String, Object>();
      line.put("event", "fault");
      line.put("at", at.toString());
      line.put("fault", kind.fault());
      line.put("moment", kind.moment());
      line.put("what", what);
      if (wentOnAfter != null) {
        line.put("wentOnMillis", wentOnAfter);
      }
      JsonView.print(console.out().stream(), line);
      return;
    }
    var line = console.err().look().line().space(2).text(Tone.DIM, clock(at)).space(2);
    line.glyph(wentOnAfter == null ? Tone.BAD : Tone.WARN, Glyph.WARNING);
    line.text(" %s %s (%s); ".formatted(kind.fault(), kind.moment(), what));
    tell(
        wentOnAfter == null
            ? line.text(Tone.BAD, "did not go on")
            : line.text(Tone.GOOD, "went on after " + seconds(wentOnAfter)));
  }

  private String clock(Instant at) {
    var since = Duration.between(began, at);
    return "%d:%02d".formatted(since.toMinutes(), since.toSecondsPart());
  }

  private void tell(Line line) {
    console.err().print(line);
  }

  /**
   * @param kept where the run's files are, null if they are gone
   * @return the command's exit code
   */
  int end(ChaosReport report, @Nullable Path kept) {
    var exit = report.sound() ? ExitCode.COMPLETED : ExitCode.INTERNAL;
    if (json) {
      JsonView.print(console.out().stream(), result(report, kept, exit));
    } else {
      table(report);
      summary(report, kept);
    }
    return exit.code();
  }

  private static Map<String, Object> result(
      ChaosReport report, @Nullable Path kept, ExitCode exit) {
    var result = new LinkedHashMap<String, Object>();
    result.put("event", "result");
    result.put("sound", report.sound());
    result.put("seed", report.seed());
    result.put("seconds", report.seconds());
    result.put("sessions", report.sessions());
    result.put("acknowledged", report.acknowledged());
    result.put("events", report.events());
    result.put("faults", report.faults());
    result.put("lost", report.lost());
    result.put("problems", report.problems());
    result.put("left", report.left());
    if (kept != null) {
      result.put("folder", kept.toString());
    }
    result.put("exit", exit.code());
    return result;
  }

  private void table(ChaosReport report) {
    var out = console.out();
    int left = left(report);
    out.print(header(out, left));
    String fault = "";
    for (ChaosReport.Row row : report.faults()) {
      if (!row.fault().equals(fault)) {
        fault = row.fault();
        out.print(out.look().line().text(Tone.STRONG, fault));
      }
      out.print(row(row, out, left));
    }
  }

  /** How wide the names of faults and moments are. */
  private static int left(ChaosReport report) {
    return report.faults().stream()
        .mapToInt(row -> MOMENT + row.moment().length())
        .reduce(SHORTEST, Math::max);
  }

  private static Line header(Console.Port out, int left) {
    return out.look()
        .line()
        .text(Tone.DIM, "fault")
        .to(left + TIMES)
        .text(Tone.DIM, "times")
        .to(left + LOST)
        .text(Tone.DIM, "lost")
        .to(left + MEDIAN)
        .text(Tone.DIM, "median")
        .to(left + WORST)
        .text(Tone.DIM, "worst");
  }

  private static Line row(ChaosReport.Row row, Console.Port out, int left) {
    return out.look()
        .line()
        .space(MOMENT)
        .text(row.moment())
        .to(left + TIMES)
        .text("%5d".formatted(row.count()))
        .to(left + LOST)
        .text(row.lost() == 0 ? Tone.GOOD : Tone.BAD, "%4d".formatted(row.lost()))
        .to(left + MEDIAN)
        .text(seconds(row.medianMillis()))
        .to(left + WORST)
        .text(seconds(row.worstMillis()));
  }

  private static String seconds(@Nullable Long millis) {
    return millis == null ? "–" : String.format(Locale.ROOT, "%.2f s", millis / 1000.0);
  }

  private void summary(ChaosReport report, @Nullable Path kept) {
    var out = console.out();
    var sessions =
        report.sessions().entrySet().stream()
            .map(each -> each.getValue() + " " + each.getKey())
            .collect(Collectors.joining(", "));
    int faults = report.faults().stream().mapToInt(ChaosReport.Row::count).sum();
    out.print(
        out.look()
            .line()
            .text(
                "%d faults in %d s; sessions: %s; %d facts acknowledged, %d events stored"
                    .formatted(
                        faults,
                        report.seconds(),
                        sessions.isEmpty() ? "none" : sessions,
                        report.acknowledged(),
                        report.events())));
    wrong("acknowledged and not stored: ", report.lost());
    wrong("", report.problems());
    wrong("left: ", report.left());
    if (report.sound()) {
      out.print(
          out.look()
              .line()
              .glyph(Tone.GOOD, Glyph.DONE)
              .text(Tone.GOOD, " nothing was lost, nothing done twice, nothing left"));
    }
    if (kept != null) {
      out.print(out.look().line().text(Tone.DIM, "journal and log: " + kept));
    }
  }

  private void wrong(String before, Iterable<String> each) {
    var out = console.out();
    each.forEach(text ->
        out.print(out.look().line().glyph(Tone.BAD, Glyph.FAILED).text(" " + before + text)));
  }
}
