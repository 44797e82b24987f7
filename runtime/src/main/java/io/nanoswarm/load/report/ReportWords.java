package io.nanoswarm.load.report;

import io.nanoswarm.load.report.LoadReport.Asked;
import io.nanoswarm.load.report.LoadReport.Machine;
import io.nanoswarm.load.report.LoadReport.Recovery;
import java.util.Locale;

/** What a report says in words, the same in the terminal and on the page. */
public final class ReportWords {
  private ReportWords() {}

  /** What was asked for, in a line. */
  public static String asked(Asked asked) {
    String sessions =
        switch (asked.sessions()) {
          case 0 -> "a session for each task";
          case 1 -> "one session at a time";
          default -> asked.sessions() + " sessions at a time";
        };
    return String.format(
        Locale.ROOT,
        "Tasks of %s, %s, %s, agents by %s%s; %d × %s after %s of warm-up.",
        asked.work(),
        asked.open()
            ? Figure.of(asked.rate()) + " a second by a schedule (open loop)"
            : "as fast as it goes (closed loop)",
        sessions,
        asked.isolation(),
        asked.perMachine() == 0 ? "" : ", %d to a machine node".formatted(asked.perMachine()),
        asked.repeats(),
        seconds(asked.durationSeconds()),
        seconds(asked.warmUpSeconds()));
  }

  private static String seconds(double value) {
    return value == Math.rint(value) ? Math.round(value) + " s" : Figure.of((Double) value) + " s";
  }

  public static String machine(Machine machine) {
    String load =
        machine.load() == null ? "" : "; load average at the start " + Figure.of(machine.load());
    return String.format(
        Locale.ROOT,
        "%d cores, %.0f GB, JDK %s, %s%s.",
        machine.cores(),
        machine.memoryMegabytes() / 1024.0,
        machine.jdk(),
        machine.os(),
        load);
  }

  /** What latencies mean here. */
  public static String latency(Asked asked) {
    return asked.open()
        ? "From when a task should have arrived to its outcome's being stored."
        : "From an attempt's begin to its outcome's being stored: without a schedule there is no"
            + " moment when a task should have begun.";
  }

  public static String recovery(Recovery recovery) {
    String where =
        recovery.elsewhere() == recovery.kills()
            ? "in another JVM that ran already"
            : recovery.elsewhere() == 0
                ? "in a JVM that had to be started"
                : "%d of %d in another JVM that ran already"
                    .formatted(recovery.elsewhere(), recovery.kills());
    return "After kill -9 of a worker with a task, among %d %s that do %s: begun again after %s s, %s."
        .formatted(
            recovery.agents(),
            recovery.agents() == 1 ? "agent" : "agents",
            recovery.work(),
            Figure.of(recovery.seconds()),
            where);
  }

  /** What the share of the journal is measured against. */
  public static String journal() {
    return "Alone: the tasks a second that the journal could store if nothing else were done, the"
        + " same bytes from as many persistence ids at a time, what is in flight of each in"
        + " one commit; singly: one event to a commit. Bare: rounds a second of a message from an"
        + " agent's JVM, a commit, and a message back, with nothing else of a swarm.";
  }
}
