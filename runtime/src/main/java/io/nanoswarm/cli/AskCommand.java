package io.nanoswarm.cli;

import io.nanoswarm.client.NodeOptions;
import io.nanoswarm.client.SessionPrefix;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "ask",
    header = "Ask a session that is over a further question.",
    description = {
      "The question may refer to the one before it. The folder is looked at anew, what has not"
          + " changed is not indexed again, and earlier answers and findings stay. Progress and"
          + " answer are shown like those of `run`; Ctrl-C pauses.",
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${ROOT-COMMAND-NAME} ask 7f3 \"And where is that tested?\"",
      "  ${ROOT-COMMAND-NAME} ask 7f3 \"What about the timeouts?\" --timeout 5m",
    })
final class AskCommand implements Callable<Integer> {
  private final Surroundings around;

  @Parameters(index = "0", paramLabel = "ID", description = "A session, or its beginning.")
  private String typed = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "QUESTION",
      description = "What you want to know besides.")
  private List<String> words = List.of();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "Stop after this long, as in 90s, 10m, 1h30m. Default: no limit.")
  private @Nullable String timeout;

  @Mixin private final OutputOptions output = new OutputOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  AskCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    var question =
        QuestionText.of(words, "swarm ask %s \"And where is that tested?\"".formatted(typed));
    var limit = timeout == null ? null : TimeText.parse("--timeout", timeout).toSeconds();
    if (!common.hasData(around)) {
      throw SessionPrefix.unknown(typed);
    }
    return new Attendance(around, common, output)
        .attendQuestion(
            NodeOptions.DEFAULT,
            client -> {
              var session = SessionPrefix.resolve(typed, client.sessions());
              return client.ask(session.id(), question, limit);
            })
        .code();
  }
}
