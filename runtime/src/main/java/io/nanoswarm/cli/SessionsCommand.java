package io.nanoswarm.cli;

import io.nanoswarm.api.SessionSummary;
import io.nanoswarm.client.ExitCode;
import io.nanoswarm.terminal.JsonView;
import io.nanoswarm.terminal.Span;
import io.nanoswarm.terminal.StateWord;
import io.nanoswarm.terminal.Table;
import io.nanoswarm.terminal.Tone;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "sessions",
    header = "List the sessions of the data folder.",
    description = "The newest comes first.")
final class SessionsCommand implements Callable<Integer> {
  private final Surroundings around;

  @Option(names = "--json", description = "Print a JSON array.")
  private boolean json;

  @Mixin private final CommonOptions common = new CommonOptions();

  SessionsCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    var sessions =
        list().stream().sorted(Comparator.comparing(SessionSummary::openedAt).reversed()).toList();
    var console = common.console(around);
    var out = console.out();
    if (json) {
      JsonView.print(out.stream(), sessions.toArray(SessionSummary[]::new));
    } else if (sessions.isEmpty()) {
      var err = console.err();
      err.print(
          err.look()
              .line()
              .text(
                  around.naming(
                      "no sessions yet in %s; begin one with `swarm run \"…\"`"
                          .formatted(common.dataFolder(around)))));
    } else {
      var look = out.look();
      var now = around.clock().instant();
      var table = new Table(look, "SESSION", "STATUS", "OPENED", "TOOK", "QUESTION");
      for (var session : sessions) {
        table.row(
            look.line().text(session.id()),
            StateWord.of(session.status(), look),
            look.line().text(Span.words(session.openedAt(), now, now) + " ago"),
            look.line()
                .text(
                    session.endedAt() == null
                        ? ""
                        : Span.words(session.openedAt(), session.endedAt(), now)),
            look.line().text(session.goal()));
        if (session.questions() > 1) {
          table.row(
              look.line(),
              look.line(),
              look.line(),
              look.line(),
              look.line()
                  .text(Tone.DIM, "  q%d  ".formatted(session.questions()))
                  .text(session.latest()));
        }
      }
      out.print(table.render(console.out().width()));
    }
    return ExitCode.COMPLETED.code();
  }

  private List<SessionSummary> list() {
    if (!common.hasData(around)) {
      return List.of();
    }
    try (var link = common.link(around)) {
      return link.client().sessions();
    }
  }
}
