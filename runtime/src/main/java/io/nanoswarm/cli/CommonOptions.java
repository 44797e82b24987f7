package io.nanoswarm.cli;

import io.nanoswarm.api.SessionSummary;
import io.nanoswarm.client.NodeLink;
import io.nanoswarm.client.NodeOptions;
import io.nanoswarm.client.SessionPrefix;
import io.nanoswarm.client.UserError;
import io.nanoswarm.terminal.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command understands. */
final class CommonOptions {
  private static final String DEFAULT_FOLDER = ".nanoswarm";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where sessions are kept. Default: $NANOSWARM_DATA, else .nanoswarm here.")
  private @Nullable Path data;

  @Option(names = "--no-color", description = "No colours; the same as setting NO_COLOR.")
  private boolean noColor;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli asks by itself
  private boolean help;

  Path dataFolder(Surroundings surroundings) {
    if (data != null) {
      return surroundings.resolve(data);
    }
    var variable = surroundings.environment().getOrDefault("NANOSWARM_DATA", "");
    return surroundings.resolve(Path.of(variable.isEmpty() ? DEFAULT_FOLDER : variable));
  }

  /**
   * A command as it is to be typed to reach the same sessions from the same folder.
   *
   * @param command its name and arguments, without the program
   */
  String typed(String command, Surroundings surroundings) {
    if (data == null) {
      return surroundings.program() + " " + command;
    }
    String[] words = command.split(" ", 2);
    return Stream.concat(
            Stream.of(surroundings.program(), words[0], "--data", ShellWord.of(data.toString())),
            Stream.of(words).skip(1))
        .collect(Collectors.joining(" "));
  }

  /** The folder that was named on the command line, null if none was. */
  @Nullable Path namedFolder(Surroundings surroundings) {
    return data == null ? null : surroundings.resolve(data);
  }

  Console console(Surroundings surroundings) {
    return noColor ? surroundings.console().withoutColor() : surroundings.console();
  }

  /** The folder's node, or one of our own; the caller closes the link. */
  NodeLink link(Surroundings surroundings) {
    return NodeLink.open(surroundings.nodes(), dataFolder(surroundings), NodeOptions.DEFAULT);
  }

  /** Whether anything was ever stored; looking must not create the folder. */
  boolean hasData(Surroundings surroundings) {
    return Files.isDirectory(dataFolder(surroundings));
  }

  /**
   * Refuses a command that works on the files of data folders alone.
   *
   * @param subject what needs the journal to be such a file, as the beginning of a sentence
   * @param hint what to do instead
   */
  static void needOwnJournal(String subject, String hint, Surroundings surroundings) {
    surroundings
        .nodes()
        .journalServer()
        .ifPresent(server -> {
          throw UserError.usage(
              "%s, and nodes keep their journal at %s".formatted(subject, server), hint);
        });
  }

  /** Like {@link #link}, for a session that must exist already. */
  NodeLink linkFor(String session, Surroundings surroundings) {
    if (!hasData(surroundings)) {
      throw SessionPrefix.unknown(session);
    }
    return link(surroundings);
  }

  static SessionSummary find(String typed, NodeLink link) {
    return SessionPrefix.resolve(typed, link.client().sessions());
  }
}
