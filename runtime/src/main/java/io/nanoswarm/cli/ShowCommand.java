package io.nanoswarm.cli;

import io.nanoswarm.api.SessionPriority;
import io.nanoswarm.api.SessionView;
import io.nanoswarm.client.ExitCode;
import io.nanoswarm.client.NodeLink;
import io.nanoswarm.client.UserError;
import io.nanoswarm.terminal.Console;
import io.nanoswarm.terminal.JsonView;
import io.nanoswarm.terminal.Line;
import io.nanoswarm.terminal.Look;
import io.nanoswarm.terminal.Span;
import io.nanoswarm.terminal.StateWord;
import io.nanoswarm.terminal.Table;
import io.nanoswarm.terminal.Tone;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    header = "Show one session with its tasks.",
    description =
        "Who did what, how often it was tried, and how it ended; with --format, --output or"
            + " --depth the session's answer instead.")
final class ShowCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(paramLabel = "ID", description = "A session, or its beginning.")
  private String typed = "";

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  @Option(
      names = "--format",
      paramLabel = "md|json|html",
      description =
          "Write the session's answer instead: as Markdown (the default), as JSON with all it rests"
              + " on, or as a page for a browser.")
  private @Nullable String format;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Write it there, by default as Markdown; the file is replaced as a whole or not at all.")
  private @Nullable Path output;

  @Mixin private final DepthOption depth = new DepthOption();
  @Mixin private final CommonOptions common = new CommonOptions();

  ShowCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    var chosen = format == null ? null : AnswerFormat.parse(format);
    var file = output == null ? null : AnswerFile.at(around.resolve(output));
    var _ = depth.chosen();
    boolean answer = chosen != null || file != null || depth.given();
    if (json && answer) {
      throw UserError.usage(
          "--json shows the session, and --format, --output and --depth its answer",
          "leave one out");
    }
    try (var link = common.linkFor(typed, around)) {
      var session = link.client().session(CommonOptions.find(typed, link).id());
      var console = common.console(around);
      if (answer) {
        write(session, chosen == null ? AnswerFormat.MD : chosen, file, link, console);
      } else if (json) {
        JsonView.print(console.out().stream(), session);
      } else {
        print(session, console);
      }
      return ExitCode.COMPLETED.code();
    }
  }

  private void write(
      SessionView session,
      AnswerFormat chosen,
      @Nullable AnswerFile file,
      NodeLink link,
      Console console) {
    var answer = depth.answer(link.client(), session.id());
    if (answer == null) {
      throw UserError.usage(
          "session %s has no answer: %s".formatted(session.id(), session.status()),
          "see what was found with `swarm blackboard %s`".formatted(session.id()));
    }
    var written = chosen.write(session, answer, link.client().blackboard(session.id()));
    if (file == null) {
      console.out().stream().print(written);
      console.out().stream().flush();
    } else {
      file.write(written);
      var err = console.err();
      err.print(err.look().line().text(Tone.DIM, "written  ").text(file.path().toString()));
    }
  }

  private void print(SessionView session, Console console) {
    var out = console.out();
    var look = out.look();
    var now = around.clock().instant();
    out.print(look.line().text(Tone.STRONG, session.goal()));
    out.print(look.line());
    out.print(
        field(look, "session", session.id())
            .text("   ")
            .add(StateWord.of(session.status(), look).done())
            .text(Tone.DIM, "   " + Span.words(session.openedAt(), session.endedAt(), now)));
    out.print(
        field(look, "workspace", session.workspace())
            .text(Tone.DIM, "   " + session.files() + " files"));
    if (!common.isElsewhere(around)) {
      out.print(field(look, "folder", session.folder()));
    }
    if (session.pausedAt() != null) {
      out.print(
          field(look, "paused", Span.words(session.pausedAt(), now, now) + " ago")
              .text(
                  Tone.DIM,
                  "   let it go on with: " + common.typed("unpause " + session.id(), around)));
    }
    if (!session.priority().equals(SessionPriority.NORMAL.word())) {
      out.print(field(look, "priority", session.priority()));
    }
    printIfAny(out, "reason", session.reason());
    session.missing().forEach(missing -> printIfAny(out, "missing", missing));
    for (var earlier : session.earlier()) {
      long done = earlier.tasks().stream().filter(task -> task.state().equals("completed")).count();
      out.print(
          field(look, "before", "q%d  %s".formatted(earlier.number(), earlier.goal()))
              .text("   ")
              .add(StateWord.of(earlier.status(), look).done())
              .text(
                  Tone.DIM,
                  "   %s, %d of %d tasks done"
                      .formatted(
                          Span.words(earlier.askedAt(), earlier.endedAt(), now),
                          done,
                          earlier.tasks().size())));
    }
    for (var question : session.questions()) {
      out.print(
          field(look, "asks", question.question())
              .text(Tone.DIM, "   " + question.role() + ", task " + question.task()));
      out.print(
          field(
              look,
              "",
              "answer with: "
                  + common.typed(
                      "answer %s %s \"…\"".formatted(session.id(), question.task()), around)));
    }
    if (!session.tasks().isEmpty()) {
      out.print(look.line());
      out.print(tasks(session, look).render(console.out().width()));
    }
  }

  private Table tasks(SessionView session, Look look) {
    var now = around.clock().instant();
    var table = new Table(look, "TASK", "STATE", "AGENT", "TRIES", "TOOK", "WHAT");
    var prefix = session.question() == 1 ? "" : "q" + session.question() + ".";
    for (var task : session.tasks()) {
      var own = task.id().startsWith(prefix) ? task.id().substring(prefix.length()) : task.id();
      long depth = own.chars().filter(character -> character == '.').count();
      var what = look.line().text(task.title());
      if (task.note() != null && !task.note().isBlank()) {
        what.text(Tone.DIM, "  " + task.note());
      }
      table.row(
          look.line()
              .space((int) depth * 2)
              .text(depth == 0 ? task.id() : own.substring(own.lastIndexOf('.') + 1)),
          StateWord.of(task.state(), look),
          look.line().text(task.agent() == null ? "" : task.agent()),
          look.line().text(task.attempts() > 1 ? Tone.WARN : Tone.DIM, "" + task.attempts()),
          look.line().text(Span.words(task.beganAt(), task.endedAt(), now)),
          what);
    }
    return table;
  }

  private static void printIfAny(Console.Port out, String name, @Nullable String value) {
    if (value != null) {
      out.print(field(out.look(), name, value));
    }
  }

  private static Line field(Look look, String name, String value) {
    return look.line().text(Tone.DIM, name).to(11).text(value);
  }
}
