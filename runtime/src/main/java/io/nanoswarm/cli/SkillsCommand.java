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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "skills",
    header = "Show the skills that agents on this machine can have.",
    description =
        "Those in the folder \"skills\" of the workspace, those of the configured folders"
            + " (NANOSWARM_SKILLS), and those that come with the program; with what a skill needs"
            + " and this machine lacks. No skill is run; programs may be asked for their versions.")
final class SkillsCommand implements Callable<Integer> {
  /** How the need of a variable begins. */
  private static final String VARIABLE = "env:";

  private final Surroundings around;

  @Option(
      names = {"-w", "--workspace"},
      paramLabel = "DIR",
      description = "The folder whose skills are listed too. Default: the current one.")
  private String workspace = ".";

  @Option(
      names = {"-s", "--swarm"},
      paramLabel = "FILE",
      description =
          "A swarm.yaml, or its folder: lists the skills that it names instead, with the agents"
              + " that have them.")
  private @Nullable Path swarm;

  @Option(names = "--json", description = "Print a JSON object.")
  private boolean json;

  @Mixin private final CommonOptions common = new CommonOptions();

  SkillsCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    var console = common.console(around);
    var skills =
        swarm == null
            ? common.here(around).skills(WorkspaceFolder.check(workspace, around))
            : common.here(around).skills(SwarmOption.read(swarm, common.here(around), around));
    if (json) {
      JsonView.print(console.out().stream(), skills);
    } else {
      print(skills, console);
    }
    return ExitCode.COMPLETED.code();
  }

  private void print(SkillsView view, Console console) {
    var look = console.out().look();
    boolean ofSwarm = view.swarm() != null;
    var table =
        ofSwarm
            ? new Table(look, "SKILL", "FROM", "AGENTS", "NEEDS", "WHAT FOR")
            : new Table(look, "SKILL", "FROM", "NEEDS", "WHAT FOR");
    for (var skill : view.skills()) {
      var row = new ArrayList<Line>();
      row.add(look.line().text(Tone.STRONG, skill.name()));
      row.add(look.line().text(Tone.DIM, skill.from()));
      if (ofSwarm) {
        row.add(agents(skill, look));
      }
      row.add(needs(skill, look));
      row.add(look.line().text(skill.description().replaceAll("\\s+", " ")));
      table.row(row.toArray(Line[]::new));
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
    unseen(view)
        .forEach(name ->
            console
                .err()
                .print(
                    console
                        .err()
                        .look()
                        .line()
                        .text(Tone.WARN, "$" + name)
                        .text(
                            "  is set, but agents do not see it; let them with"
                                + " NANOSWARM_SKILL_VARIABLES="
                                + name)));
  }

  /** Variables that skills lack though they are set here. */
  private Stream<String> unseen(SkillsView view) {
    return view.skills().stream()
        .flatMap(skill -> skill.lacking().stream())
        .filter(need -> need.startsWith(VARIABLE))
        .map(need -> need.substring(VARIABLE.length()))
        .filter(name -> !around.environment().getOrDefault(name, "").isEmpty())
        .distinct();
  }

  private static Line agents(SkillView skill, Look look) {
    return skill.agents() == null || skill.agents().isEmpty()
        ? look.line().text(Tone.DIM, "none")
        : look.line().text(String.join(" ", skill.agents()));
  }

  private static Line needs(SkillView skill, Look look) {
    return skill.lacking().isEmpty()
        ? look.line().text(Tone.DIM, String.join(" ", skill.needs()))
        : look.line().text(Tone.WARN, "lacks " + String.join(" ", skill.lacking()));
  }
}
