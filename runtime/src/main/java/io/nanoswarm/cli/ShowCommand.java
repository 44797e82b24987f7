package io.nanoswarm.cli;

import io.nanoswarm.api.SessionView;
import io.nanoswarm.client.ExitCode;
import io.nanoswarm.terminal.Console;
import io.nanoswarm.terminal.JsonView;
import io.nanoswarm.terminal.Line;
import io.nanoswarm.terminal.Look;
import io.nanoswarm.terminal.Span;
import io.nanoswarm.terminal.Table;
import io.nanoswarm.terminal.Tone;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    header = "Show one session with its tasks.",
    description = "Who did what, how often it was tried, and how it ended.")
final class ShowCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(paramLabel = "ID", description = "A session, or its beginning.")
  private String typed = "";

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  @Mixin private final CommonOptions common = new CommonOptions();

  ShowCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    try (var link = common.linkFor(typed, around)) {
      var session = link.client().session(CommonOptions.find(typed, link).id());
      var console = common.console(around);
      if (json) {
        JsonView.print(console.out().stream(), session);
      } else {
        print(session, console);
      }
      return ExitCode.COMPLETED.code();
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
    out.print(field(look, "folder", session.folder()));
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
    for (var task : session.tasks()) {
      long depth = task.id().chars().filter(character -> character == '.').count();
      var what = look.line().text(task.title());
      if (task.note() != null && !task.note().isBlank()) {
        what.text(Tone.DIM, "  " + task.note());
      }
      table.row(
          look.line()
              .space((int) depth * 2)
              .text(task.id().substring(task.id().lastIndexOf('.') + 1)),
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
