package io.nanoswarm.cli;

import io.nanoswarm.cli.Doctor.Check;
import io.nanoswarm.cli.Doctor.Level;
import io.nanoswarm.client.ExitCode;
import io.nanoswarm.terminal.Glyph;
import io.nanoswarm.terminal.JsonView;
import io.nanoswarm.terminal.Line;
import io.nanoswarm.terminal.Look;
import io.nanoswarm.terminal.Tone;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "doctor",
    header = "Check whether this machine has what the swarm needs.",
    description = "Ends with 6 if something must be put right first.")
final class DoctorCommand implements Callable<Integer> {
  private final Surroundings around;

  @Option(names = "--json", description = "Print a JSON array.")
  private boolean json;

  @Mixin private final CommonOptions common = new CommonOptions();

  DoctorCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    var checks = new Doctor(around, common.dataFolder(around)).checks();
    var out = common.console(around).out();
    if (json) {
      JsonView.print(out.stream(), checks.toArray(Check[]::new));
    } else {
      for (var check : checks) {
        out.print(line(check, out.look()));
        if (check.hint() != null) {
          out.print(out.look().line().space(18).text(Tone.DIM, check.hint()));
        }
      }
    }
    boolean fails = checks.stream().anyMatch(check -> check.level() == Level.FAIL);
    return (fails ? ExitCode.ENVIRONMENT : ExitCode.COMPLETED).code();
  }

  private static Line line(Check check, Look look) {
    var line = look.line();
    switch (check.level()) {
      case OK -> line.glyph(Tone.GOOD, Glyph.DONE);
      case WARN -> line.glyph(Tone.WARN, Glyph.WARNING);
      case FAIL -> line.glyph(Tone.BAD, Glyph.FAILED);
    }
    return line.space(1).text(check.name()).to(18).text(check.finding());
  }
}
