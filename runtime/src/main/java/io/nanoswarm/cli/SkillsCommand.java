package io.nanoswarm.cli;

import io.nanoswarm.api.SkillsView;
import io.nanoswarm.api.SkillsView.SkillView;
import io.nanoswarm.client.ExitCode;
import io.nanoswarm.terminal.Console;
import io.nanoswarm.terminal.JsonView;
import io.nanoswarm.terminal.Line;
import io.nanoswarm.terminal.Look;
import io.nanoswarm.terminal.Table;
import io.nanoswarm.terminal.Tone;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "skills",
    header = "Show the skills that agents on this machine can have.",
    description =
        "Those that come with the program, those in the folder \"skills\" of the workspace, and"
            + " those of the configured folders; with what a skill needs and this machine lacks."
            + " Nothing is run.")
final class SkillsCommand implements Callable<Integer> {
  private final Surroundings around;

  @Option(
      names = {"-w", "--workspace"},
      paramLabel = "DIR",
      description = "The folder whose skills are listed too. Default: the current one.")
  private String workspace = ".";

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  @Mixin private final CommonOptions common = new CommonOptions();

  SkillsCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    var folder = WorkspaceFolder.check(workspace, around, common.dataFolder(around));
    var console = common.console(around);
    var skills = around.nodes().skills(folder);
    if (json) {
      JsonView.print(console.out().stream(), skills);
    } else {
      print(skills, console);
    }
    return ExitCode.COMPLETED.code();
  }

  private static void print(SkillsView view, Console console) {
    var look = console.out().look();
    var table = new Table(look, "SKILL", "FROM", "NEEDS", "WHAT FOR");
    for (var skill : view.skills()) {
      table.row(
          look.line().text(Tone.STRONG, skill.name()),
          look.line().text(Tone.DIM, skill.from()),
          needs(skill, look),
          look.line().text(skill.description().replaceAll("\\s+", " ")));
    }
    console.out().print(table.render(console.out().width()));
    for (var skill : view.skills()) {
      if (skill.problem() != null) {
        var line = console.err().look().line();
        console
            .err()
            .print(line.text(Tone.WARN, skill.name() + "  ").text(String.valueOf(skill.problem())));
      }
    }
  }

  private static Line needs(SkillView skill, Look look) {
    return skill.lacking().isEmpty()
        ? look.line().text(Tone.DIM, String.join(" ", skill.needs()))
        : look.line().text(Tone.WARN, "lacks " + String.join(" ", skill.lacking()));
  }
}
