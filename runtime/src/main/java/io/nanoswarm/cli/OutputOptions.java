package io.nanoswarm.cli;

import io.nanoswarm.api.EntryView;
import io.nanoswarm.client.EndpointClient;
import io.nanoswarm.client.UserError;
import io.nanoswarm.terminal.Console;
import io.nanoswarm.terminal.JsonView;
import io.nanoswarm.terminal.View;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a session and its answer are shown. */
final class OutputOptions {
  @Option(
      names = {"-o", "--out", "--output"},
      paramLabel = "FILE",
      description = "Write the answer there too; the file is replaced as a whole or not at all.")
  private @Nullable Path out;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print the answer and nothing else.")
  private boolean quiet;

  @Option(names = "--json", description = "One JSON object per line: every event, then the result.")
  private boolean json;

  @Option(
      names = "--format",
      paramLabel = "md|json|html",
      description =
          "How the answer is written, to the FILE of --output if there is one: Markdown, JSON with"
              + " all it rests on, or a page for a browser.")
  private @Nullable String format;

  @Mixin private final DepthOption depth = new DepthOption();

  View view(Console console, CommonOptions common, Surroundings surroundings) {
    if (json) {
      return new JsonView(console.out().stream());
    }
    return quiet
        ? View.NONE
        : console.progress(surroundings.clock(), command -> common.typed(command, surroundings));
  }

  /** As the user said; null if nothing was said. */
  @Nullable AnswerFormat format() {
    return format == null ? null : AnswerFormat.parse(format);
  }

  /** As deep as the user wants it; null if there is none. */
  @Nullable String answer(EndpointClient client, String id) {
    return depth.answer(client, id);
  }

  /** What the format needs of the blackboard. */
  List<EntryView> entries(EndpointClient client, String id) {
    var chosen = format();
    return chosen != null && chosen.needsEntries() ? client.blackboard(id) : List.of();
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
    if (json && format != null && out == null) {
      throw UserError.usage(
          "--json prints events, and --format what they end in",
          "leave one out, or name a file with --output");
    }
    var _ = format();
    var _ = depth.chosen();
    return out == null ? null : AnswerFile.at(surroundings.resolve(out));
  }
}
