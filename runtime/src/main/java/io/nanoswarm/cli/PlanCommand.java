package io.nanoswarm.cli;

import io.nanoswarm.api.PlanView;
import io.nanoswarm.client.ExitCode;
import io.nanoswarm.terminal.Console;
import io.nanoswarm.terminal.JsonView;
import io.nanoswarm.terminal.Table;
import io.nanoswarm.terminal.Tone;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "plan",
    header = "Show how a question would be split into tasks.",
    description = "Nothing is stored, and no agent starts.",
    footerHeading = "%nExample:%n",
    footer = "  ${ROOT-COMMAND-NAME} plan \"Which modules talk to the database?\" -w src")
final class PlanCommand implements Callable<Integer> {
  private final Surroundings around;

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  @Mixin private final RequestOptions request = new RequestOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  PlanCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    var asked = request.request(around, common);
    try (var link = common.link(around, request.nodeOptions())) {
      var plan = link.client().plan(asked);
      var console = common.console(around);
      if (json) {
        JsonView.print(console.out().stream(), plan);
      } else {
        print(plan, console);
      }
      return ExitCode.COMPLETED.code();
    }
  }

  private static void print(PlanView plan, Console console) {
    var out = console.out();
    var look = out.look();
    out.print(look.line().text(Tone.STRONG, plan.goal()));
    out.print(
        look.line()
            .text(
                Tone.DIM,
                String.format(
                    Locale.ROOT,
                    "%s: %d files, %.1f MB",
                    plan.workspace(),
                    plan.files(),
                    plan.bytes() / 1e6)));
    out.print(look.line());
    var table = new Table(look, "TASK", "ROLE", "PRIORITY", "AFTER", "WHAT");
    for (var task : plan.tasks()) {
      table.row(
          look.line().text(task.id()),
          look.line().text(Tone.ACCENT, task.role()),
          look.line().text(Tone.DIM, task.priority().toLowerCase(Locale.ROOT)),
          look.line().text(Tone.DIM, after(task)),
          look.line().text(task.title()));
    }
    out.print(table.render(console.out().width()));
    for (var skipped : plan.skipped()) {
      out.print(look.line().text(Tone.WARN, "skipped  ").text(skipped));
    }
  }

  private static String after(PlanView.PlannedTask task) {
    return task.after().size() > 3
        ? task.after().size() + " others"
        : String.join(", ", task.after());
  }
}
