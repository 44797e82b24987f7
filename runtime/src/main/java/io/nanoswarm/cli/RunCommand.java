package io.nanoswarm.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "run",
    header = "Ask the swarm a question and wait for the answer.",
    description = {
      "Splits the question into tasks, has agents work on them side by side, and prints one"
          + " answer with its sources. Progress goes to stderr, the answer to stdout.",
      "",
      "Ctrl-C pauses: nothing found so far is lost, and `resume` continues. When a node already"
          + " runs on the data folder in another terminal, that one does the work, and this"
          + " terminal takes over should it go away.",
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} run \"Which modules talk to the database, and how?\"",
      "  ${ROOT-COMMAND-NAME} run \"Where are retries bounded?\" -w ~/src/shop -a"
          + " researcher=4,critic=1",
      "  ${ROOT-COMMAND-NAME} run \"What changed in 2.0?\" --timeout 10m --quiet > answer.md",
    })
final class RunCommand implements Callable<Integer> {
  private final Surroundings around;
  @Mixin private final RequestOptions request = new RequestOptions();
  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  RunCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    var asked = request.request(around, common);
    // Whoever traces what has called this finds the session below it.
    String caller = around.environment().get("TRACEPARENT");
    return new Attendance(around, common, output)
        .attend(request.nodeOptions(), client -> client.open(asked, caller))
        .code();
  }
}
