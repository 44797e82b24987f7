package io.nanoswarm.cli;

import io.nanoswarm.api.SessionRequest;
import io.nanoswarm.client.Isolation;
import io.nanoswarm.client.NodeOptions;
import io.nanoswarm.client.UserError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is asked for: the question, and how it shall be worked on. */
final class RequestOptions {
  @Parameters(paramLabel = "QUESTION", arity = "0..*", description = "What you want to know.")
  private List<String> words = new ArrayList<>();

  @Option(
      names = {"-w", "--workspace"},
      paramLabel = "DIR",
      description = "The folder to look for answers in. Default: the current one.")
  private String workspace = ".";

  @Option(
      names = "--include",
      paramLabel = "GLOB",
      description =
          "Read these files alone, as in '*.md', 'docs/' or 'src/**/*.java': a pattern as"
              + " .gitignore has them, in quotes. May be given several times.")
  private List<String> include = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description = "Do not read these files; a pattern as above. May be given several times.")
  private List<String> exclude = new ArrayList<>();

  @Option(
      names = {"-a", "--agents"},
      paramLabel = "ROLE=N",
      description =
          "How many agents of a role, as in researcher=4,critic=1. May be given several times.")
  private List<String> agents = new ArrayList<>();

  @Option(
      names = "--isolation",
      paramLabel = "HOW",
      description = "process: every agent in a JVM of its own (the default); shared: all in one.")
  private @Nullable String isolation;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      description = "Stop after this long, as in 90s, 10m, 1h30m. Default: no limit.")
  private @Nullable String timeout;

  @Option(
      names = {"-s", "--swarm"},
      paramLabel = "FILE",
      description =
          "What the swarm is made of: a swarm.yaml, or its folder. Default: the built-in agents.")
  private @Nullable Path swarm;

  /** Everything checked that can be checked without a node. */
  SessionRequest request(Surroundings surroundings, CommonOptions common) {
    var question = QuestionText.of(words, "swarm run \"Which modules talk to the database?\"");
    var folder = WorkspaceFolder.check(workspace, surroundings, common.dataFolder(surroundings));
    var definition =
        swarm == null ? null : SwarmOption.read(swarm, common.here(surroundings), surroundings);
    var roles =
        definition == null
            ? surroundings.nodes().roles()
            : List.copyOf(definition.agents().keySet());
    var counts = AgentCounts.parse(agents, roles);
    var how = isolation();
    return new SessionRequest(
        question,
        folder.toString(),
        counts,
        timeout == null ? null : timeLimit(timeout).toSeconds(),
        how == null ? null : how.word(),
        definition,
        patterns("--include", include),
        patterns("--exclude", exclude));
  }

  private static List<String> patterns(String option, List<String> typed) {
    for (var each : typed) {
      if (each.isBlank()) {
        throw UserError.usage(
            option + " '' is empty", "give a pattern, as in " + option + " '*.md'");
      }
    }
    return typed;
  }

  NodeOptions nodeOptions() {
    var how = isolation();
    return how == null ? NodeOptions.DEFAULT : new NodeOptions(how);
  }

  private @Nullable Isolation isolation() {
    if (isolation == null) {
      return null;
    }
    var word = isolation.strip().toLowerCase(Locale.ROOT);
    return Arrays.stream(Isolation.values())
        .filter(known -> known.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            UserError.usage(
                "--isolation '" + isolation + "' is unknown", "write process or shared"));
  }

  private static Duration timeLimit(String text) {
    return TimeText.parse("--timeout", text);
  }
}
