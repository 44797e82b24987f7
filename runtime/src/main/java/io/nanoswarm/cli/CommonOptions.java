package io.nanoswarm.cli;

import io.nanoswarm.api.SessionSummary;
import io.nanoswarm.client.ClusterNodes;
import io.nanoswarm.client.Endpoint;
import io.nanoswarm.client.NodeLink;
import io.nanoswarm.client.NodeOptions;
import io.nanoswarm.client.Nodes;
import io.nanoswarm.client.RemoteNodes;
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

  @Option(
      names = "--cluster",
      paramLabel = "URL",
      description =
          "Use the nodes of a cluster elsewhere rather than a data folder; the token that"
              + " they ask for is in the file $NANOSWARM_TOKEN_FILE. Default: $NANOSWARM_CLUSTER.")
  private @Nullable String cluster;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Settings of your own, for a node that is started here. Default: $NANOSWARM_CONFIG.")
  private @Nullable Path config;

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
    if (data == null && cluster == null) {
      return surroundings.program() + " " + command;
    }
    String[] words = command.split(" ", 2);
    String option = cluster == null ? "--data" : "--cluster";
    String place = cluster == null ? String.valueOf(data) : cluster;
    return Stream.concat(
            Stream.of(surroundings.program(), words[0], option, ShellWord.of(place)),
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

  /** Nodes of this machine, with the settings that the command names. */
  Nodes here(Surroundings surroundings) {
    return config == null
        ? surroundings.nodes()
        : surroundings.nodes().configuredBy(surroundings.resolve(config));
  }

  /** Refuses settings where nodes are started that take them from the environment alone. */
  void refuseConfig(Surroundings surroundings) {
    if (config != null) {
      throw UserError.usage(
          "--config %s: the nodes of this command do not see it".formatted(config),
          "set NANOSWARM_CONFIG=%s for it".formatted(surroundings.resolve(config)));
    }
  }

  /** The nodes that the command is about: of a cluster elsewhere, or of data folders here. */
  Nodes nodes(Surroundings surroundings) {
    String urls = cluster(surroundings);
    return urls.isEmpty()
        ? here(surroundings)
        : new RemoteNodes(ClusterNodes.of(urls, surroundings.environment()), here(surroundings));
  }

  /** Whether files of the nodes are, as a rule, not on this machine. */
  boolean isElsewhere(Surroundings surroundings) {
    return !cluster(surroundings).isEmpty();
  }

  private String cluster(Surroundings surroundings) {
    if (cluster != null) {
      return cluster;
    }
    return data == null ? surroundings.environment().getOrDefault("NANOSWARM_CLUSTER", "") : "";
  }

  /** The node that runs already; the command is about what runs. */
  Endpoint runningNode(Surroundings surroundings) {
    return nodes(surroundings)
        .running(dataFolder(surroundings))
        .orElseThrow(() ->
            cluster(surroundings).isEmpty()
                ? UserError.usage(
                    "no node runs on %s".formatted(dataFolder(surroundings)),
                    "start one with `swarm up`, or name another place with --data DIR or"
                        + " --cluster URL")
                : UserError.environment(
                    "no node of the cluster answers at %s".formatted(cluster(surroundings)),
                    "see whether its control nodes run"));
  }

  /** The folder's node, or one of our own; the caller closes the link. */
  NodeLink link(Surroundings surroundings) {
    return link(surroundings, NodeOptions.DEFAULT);
  }

  /** The same; one of our own is started as the options say. */
  NodeLink link(Surroundings surroundings, NodeOptions options) {
    return NodeLink.open(nodes(surroundings), dataFolder(surroundings), options);
  }

  /** Whether anything was ever stored; looking must not create the folder. */
  boolean hasData(Surroundings surroundings) {
    return !cluster(surroundings).isEmpty() || Files.isDirectory(dataFolder(surroundings));
  }

  /**
   * Refuses a command that works on the files of data folders alone.
   *
   * @param subject what needs the journal to be such a file, as the beginning of a sentence
   * @param hint what to do instead
   */
  void needOwnJournal(String subject, String hint, Surroundings surroundings) {
    here(surroundings)
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
