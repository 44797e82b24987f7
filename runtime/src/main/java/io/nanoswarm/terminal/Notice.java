package io.nanoswarm.terminal;

import io.nanoswarm.api.Progress;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jline.utils.AttributedString;

/**
 * A line worth telling when it happens.
 *
 * @param lasting whether it stays visible above the live picture, which shows the rest by itself
 */
record Notice(Glyph glyph, Tone tone, String text, boolean lasting) {
  /** Columns before the text of a line. */
  static final int INDENT = 10;

  private static final int CLOCK = 6;

  /** About this terminal, not the session. */
  static Notice own(String text) {
    return new Notice(Glyph.INFO, Tone.ACCENT, text, true);
  }

  /**
   * What an event is worth telling, given what was known before it.
   *
   * @param typed makes of a command without the program what is to be typed
   */
  static List<Notice> of(RunModel before, Progress event, UnaryOperator<String> typed) {
    if (event instanceof Progress.Snapshot(_, var session, _) && before.session() == null) {
      return Stream.concat(
              Stream.of(
                  minor(
                      "session %s: %d files in %s"
                          .formatted(session.id(), session.files(), session.workspace()))),
              Stream.concat(
                  session.pausedAt() == null
                      ? Stream.empty()
                      : Stream.of(paused(session.id(), typed)),
                  session.questions().stream()
                      .map(open ->
                          question(
                              answer(session.id(), open.task(), typed),
                              open.role(),
                              open.question()))))
          .toList();
    }
    return single(before, event, typed).stream().toList();
  }

  private static String id(RunModel before) {
    return before.session() == null ? "ID" : before.session().id();
  }

  private static Notice paused(String session, UnaryOperator<String> typed) {
    return new Notice(
        Glyph.WARNING,
        Tone.ACCENT,
        "paused: what runs goes on, and nothing is begun (let it go on with: %s)"
            .formatted(typed.apply("unpause " + session)),
        true);
  }

  private static Notice question(String answer, String who, String question) {
    return new Notice(
        Glyph.WARNING,
        Tone.ACCENT,
        "%s asks: %s (answer with: %s)".formatted(who, question, answer),
        true);
  }

  private static String answer(String session, String task, UnaryOperator<String> typed) {
    return typed.apply("answer %s %s \"…\"".formatted(session, task));
  }

  private static Optional<Notice> single(
      RunModel before, Progress event, UnaryOperator<String> typed) {
    return Optional.ofNullable(
        switch (event) {
          case Progress.Snapshot _ -> null;
          case Progress.Asked asked ->
              question(answer(id(before), asked.task(), typed), asked.agent(), asked.question());
          case Progress.Planned(_, var tasks) ->
              minor(
                  "planned %s: %s"
                      .formatted(
                          count(tasks.size(), "task"),
                          roles(tasks.stream().map(task -> task.role()).toList())));
          case Progress.AgentUp up -> ofUp(up);
          case Progress.AgentDown down -> ofDown(down);
          case Progress.Doing _, Progress.Concluded _ -> null;
          case Progress.TaskBegan began ->
              minor(
                  "%s began: %s%s"
                      .formatted(
                          began.agent(),
                          before.titleOf(began.task()),
                          began.attempt() > 1 ? " (attempt " + began.attempt() + ")" : ""));
          case Progress.TaskEnded ended -> ofTask(before, ended);
          case Progress.AttemptEnded cut ->
              new Notice(
                  Glyph.WARNING,
                  Tone.WARN,
                  "%s lost an attempt: %s (%s); it is tried again"
                      .formatted(cut.agent(), before.titleOf(cut.task()), cut.reason()),
                  true);
          case Progress.HandedOff handed ->
              minor(
                  "%s handed off to %s: %s"
                      .formatted(handed.agent(), handed.role(), before.titleOf(handed.task())));
          case Progress.Paused _ -> paused(id(before), typed);
          case Progress.Unpaused _ ->
              new Notice(Glyph.INFO, Tone.ACCENT, "the session goes on", true);
          case Progress.Prioritised(_, var priority) ->
              minor("the session has priority %s now".formatted(priority));
          case Progress.Trouble(_, var what) -> new Notice(Glyph.WARNING, Tone.WARN, what, true);
          case Progress.Posted posted ->
              minor("%s posted %s: %s".formatted(posted.author(), posted.path(), posted.title()));
        });
  }

  /** With the time since the start before it. */
  AttributedString line(Duration since, Look look) {
    var time = Span.clock(since);
    return look.line()
        .space(CLOCK - time.length())
        .text(Tone.DIM, time)
        .space(2)
        .glyph(tone, glyph)
        .space(1)
        .text(text)
        .done();
  }

  private static Notice ofUp(Progress.AgentUp up) {
    var pid = up.pid() == null ? "" : " (pid " + up.pid() + ")";
    return up.restarts() == 0
        ? minor("%s is up%s".formatted(up.agent(), pid))
        : new Notice(
            Glyph.RESTART,
            Tone.GOOD,
            "%s is back%s, restart %d".formatted(up.agent(), pid, up.restarts()),
            true);
  }

  private static Notice ofDown(Progress.AgentDown down) {
    var who = down.pid() == null ? down.agent() : "%s (pid %d)".formatted(down.agent(), down.pid());
    return down.restarting()
        ? new Notice(
            Glyph.WARNING, Tone.WARN, "%s died: %s; restarting".formatted(who, down.cause()), true)
        : new Notice(
            Glyph.FAILED,
            Tone.BAD,
            "%s ended and is not restarted: %s".formatted(who, down.cause()),
            true);
  }

  private static Notice ofTask(RunModel before, Progress.TaskEnded ended) {
    var title = before.titleOf(ended.task());
    var text = ended.note().isBlank() ? title : "%s: %s".formatted(title, ended.note());
    return switch (ended.state()) {
      case "completed" -> new Notice(Glyph.DONE, Tone.GOOD, text, false);
      case "suspended" -> minor(title + " waits: " + ended.note());
      default -> new Notice(Glyph.FAILED, Tone.BAD, ended.state() + ": " + text, true);
    };
  }

  private static Notice minor(String text) {
    return new Notice(Glyph.INFO, Tone.DIM, text, false);
  }

  private static String roles(Collection<String> roles) {
    Map<String, Long> counts =
        roles.stream()
            .collect(
                Collectors.groupingBy(role -> role, LinkedHashMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
