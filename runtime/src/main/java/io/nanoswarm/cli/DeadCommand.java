package io.nanoswarm.cli;

import io.nanoswarm.api.DeadTask;
import io.nanoswarm.client.ExitCode;
import io.nanoswarm.terminal.Console;
import io.nanoswarm.terminal.JsonView;
import io.nanoswarm.terminal.StateWord;
import io.nanoswarm.terminal.Table;
import io.nanoswarm.terminal.Tone;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "dead",
    header = "List the tasks that have ended badly.",
    description = {
      "Those of the latest session come first. `retry` has them done anew, `discard` takes them off"
          + " this list."
    })
final class DeadCommand implements Callable<Integer> {
  private static final int MOST_TOLD = 3;

  private final Surroundings around;

  @Parameters(
      paramLabel = "ID",
      arity = "0..1",
      description = "A session, or its beginning; also shows why each attempt ended.")
  private @Nullable String typed;

  @Option(names = "--json", description = "Print a JSON array.")
  private boolean json;

  @Mixin private final CommonOptions common = new CommonOptions();

  DeadCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    var tasks = list();
    var console = common.console(around);
    var out = console.out();
    if (json) {
      JsonView.print(out.stream(), tasks.toArray(DeadTask[]::new));
    } else if (tasks.isEmpty()) {
      console.err().print(console.err().look().line().text("no task has ended badly"));
    } else {
      var look = out.look();
      var table = new Table(look, "SESSION", "TASK", "STATE", "TRIED", "WHY");
      for (var task : tasks) {
        table.row(
            look.line().text(task.session()),
            look.line().text(task.task()),
            StateWord.of(task.state(), look),
            look.line().text(task.attempts() + "×"),
            look.line().text(task.reason()));
      }
      out.print(table.render(out.width()));
      tellWhatToDo(console.err(), tasks);
      if (typed != null) {
        for (var task : tasks) {
          out.print(look.line());
          out.print(look.line().text(task.task() + ": " + task.title()));
          for (var reason : task.history()) {
            out.print(look.line().space(2).text(reason));
          }
        }
      }
    }
    return ExitCode.COMPLETED.code();
  }

  private void tellWhatToDo(Console.Port err, List<DeadTask> tasks) {
    for (String session :
        tasks.stream().map(DeadTask::session).distinct().limit(MOST_TOLD).toList()) {
      err.print(
          err.look()
              .line()
              .text(Tone.DIM, "have them done anew: " + common.typed("retry " + session, around)));
    }
  }

  private List<DeadTask> list() {
    if (typed == null) {
      if (!common.hasData(around)) {
        return List.of();
      }
      try (var link = common.link(around)) {
        return link.client().dead();
      }
    }
    try (var link = common.linkFor(typed, around)) {
      var session = CommonOptions.find(typed, link);
      return link.client().dead().stream()
          .filter(task -> task.session().equals(session.id()))
          .toList();
    }
  }
}
