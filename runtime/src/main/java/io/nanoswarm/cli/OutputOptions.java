package io.nanoswarm.cli;

import io.nanoswarm.client.UserError;
import io.nanoswarm.terminal.Console;
import io.nanoswarm.terminal.JsonView;
import io.nanoswarm.terminal.View;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a session and its answer are shown. */
final class OutputOptions {
  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "Write the answer there too; the file is replaced as a whole or not at all.")
  private @Nullable Path out;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print the answer and nothing else.")
  private boolean quiet;

  @Option(names = "--json", description = "One JSON object per line: every event, then the result.")
  private boolean json;

  View view(Console console, CommonOptions common, Surroundings surroundings) {
    if (json) {
      return new JsonView(console.out().stream());
    }
    return quiet
        ? View.NONE
        : console.progress(surroundings.clock(), command -> common.typed(command, surroundings));
  }

  boolean json() {
    return json;
  }

  boolean quiet() {
    return quiet;
  }

  /** Where the answer shall go besides, checked already. */
  @Nullable AnswerFile answerFile(Surroundings surroundings) {
    if (json && quiet) {
      throw UserError.usage("--json and --quiet exclude each other", "leave one out");
    }
    return out == null ? null : AnswerFile.at(surroundings.resolve(out));
  }
}
