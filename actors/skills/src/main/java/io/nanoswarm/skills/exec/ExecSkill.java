package io.nanoswarm.skills.exec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.nanoswarm.session.Need;
import io.nanoswarm.skill.Skill;
import io.nanoswarm.skill.SkillCall;
import io.nanoswarm.skill.SkillCard;
import io.nanoswarm.skill.SkillName;
import io.nanoswarm.skill.SkillResult;
import io.nanoswarm.skill.SkillResult.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The built-in skill {@code exec}: runs a shell command, with the parameters and the answers of
 * nanobot's tool of that name.
 *
 * <p>Guarantees: in no case anything is left of a command when its call is answered. What it wrote
 * is answered whatever its exit code says; a command that was not run, or not to its end, is a
 * failure. No sandbox: what the user may do, a command may.
 */
public final class ExecSkill implements Skill {
  public static final SkillName NAME = new SkillName("exec");

  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int DEFAULT_CHARACTERS = 10_000;
  private static final Set<String> SHELLS = Set.of("bash", "sh", "zsh");
  private static final String PARAMETERS =
      """
      {"type": "object", "properties": {
        "command": {"type": "string", "description": "The shell command to execute"},
        "cmd": {"type": "string", "description": "Compatibility alias for command"},
        "working_dir": {"type": "string", "description": "Optional working directory for the command"},
        "workdir": {"type": "string", "description": "Compatibility alias for working_dir"},
        "timeout": {"type": "integer", "minimum": 1, "maximum": 600,
          "description": "Timeout in seconds. Increase for long-running commands like compilation or installation (max 600)."},
        "shell": {"type": ["string", "null"], "description": "bash by default; sh for POSIX sh, zsh for zsh-specific syntax."},
        "login": {"type": ["boolean", "null"], "description": "Whether to run bash/zsh with login shell semantics (default false)."},
        "max_output_chars": {"type": ["integer", "null"], "minimum": 1000, "maximum": 50000,
          "description": "Maximum output characters to return (default 10000)."}
      }}
      """;

  private final ExecSettings settings;
  private final CommandRules rules;
  private final Map<String, String> environment;
  private final SkillCard card;
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();

  /**
   * @param environment all that commands see of one
   */
  public ExecSkill(ExecSettings settings, Map<String, String> environment) {
    this.settings = settings;
    this.environment = Map.copyOf(environment);
    rules = new CommandRules(settings.allow(), settings.deny());
    card = new SkillCard(NAME, description(settings), parameters(), List.of(new Need("bin:bash")));
  }

  private static String description(ExecSettings settings) {
    return """
    Execute a shell command and return its output. Use -y or --yes flags to avoid interactive \
    prompts. Commands run through bash by default; pass shell='sh' or shell='zsh' when needed. \
    What a command starts in the background ends with it. Output is truncated at 10 000 chars; \
    timeout defaults to %d s.\
    """
        .formatted(settings.timeLimit().toSeconds());
  }

  private static JsonNode parameters() {
    try {
      return new JsonMapper().readTree(PARAMETERS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public SkillCard card() {
    return card;
  }

  @Override
  public CompletionStage<SkillResult> call(SkillCall call) {
    var result = new CompletableFuture<SkillResult>();
    Thread thread =
        Thread.ofVirtual()
            .name("exec")
            .unstarted(() -> {
              try {
                result.complete(run(call));
              } finally {
                running.remove(Thread.currentThread());
                result.complete(failed(Cause.ENDED, "exec was ended"));
              }
            });
    running.add(thread);
    thread.start();
    var _ = call.over().thenRun(thread::interrupt);
    return result;
  }

  @Override
  public void close() {
    running.forEach(Thread::interrupt);
  }

  private SkillResult run(SkillCall call) {
    JsonNode arguments = call.arguments();
    String command = either(arguments, "command", "cmd");
    if (command.isBlank()) {
      return failed(Cause.INVALID_ARGUMENTS, "Missing command. Provide command or cmd.");
    }
    var refusal = rules.refusal(command);
    if (refusal.isPresent()) {
      return failed(Cause.NOT_ALLOWED, refusal.get());
    }
    String shell = arguments.path("shell").asText("bash");
    if (!SHELLS.contains(shell)) {
      return failed(
          Cause.NOT_ALLOWED, "unsupported shell '%s'. Allowed: bash, sh, zsh".formatted(shell));
    }
    try {
      Path folder = folder(either(arguments, "working_dir", "workdir"), call.workspace());
      var line = new ArrayList<>(List.of(shell));
      if (arguments.path("login").asBoolean() && !shell.equals("sh")) {
        line.add("-l");
      }
      line.addAll(List.of("-c", command));
      return run(new ChildCommand(line, folder, environment(call), settings.limits()), call);
    } catch (Refused e) {
      return failed(Cause.NOT_ALLOWED, String.valueOf(e.getMessage()));
    } catch (InterruptedException _) {
      return failed(Cause.ENDED, "the command was ended with the attempt that ran it");
    } catch (IOException e) {
      return failed(Cause.UNMET_NEEDS, "the command cannot be run: " + e.getMessage());
    }
  }

  /** With the call's span, where tracing tools look for it. */
  private Map<String, String> environment(SkillCall call) {
    String traceparent = call.traceparent();
    if (traceparent == null) {
      return environment;
    }
    var traced = new HashMap<>(environment);
    traced.put("TRACEPARENT", traceparent);
    return traced;
  }

  private SkillResult run(ChildCommand command, SkillCall call)
      throws IOException, InterruptedException {
    int characters = call.arguments().path("max_output_chars").asInt(DEFAULT_CHARACTERS);
    Duration limit = timeLimit(call);
    // A character has four bytes at most.
    var end = CommandRun.run(command, limit, settings.outputBytes(), characters * 4);
    return switch (end) {
      case CommandRun.End.Exited exited ->
          new SkillResult.Succeeded(TextNode.valueOf(ExecAnswer.of(exited, characters)));
      case CommandRun.End.TimedOut _ ->
          failed(
              Cause.TIMED_OUT,
              "Command timed out after %d seconds".formatted(Math.max(1, limit.toSeconds())));
      case CommandRun.End.OverLimit(var broken) -> failed(Cause.LIMIT, "Command ended: " + broken);
    };
  }

  private Duration timeLimit(SkillCall call) {
    JsonNode asked = call.arguments().path("timeout");
    Duration wanted = asked.isNumber() ? Duration.ofSeconds(asked.asLong()) : settings.timeLimit();
    Duration longest = asked.isNumber() ? shorter(wanted, LONGEST) : wanted;
    return shorter(longest, call.timeLimit());
  }

  private Path folder(String asked, Path workspace) throws IOException, Refused {
    Path folder;
    try {
      folder = asked.isBlank() ? workspace : workspace.resolve(asked);
    } catch (InvalidPathException e) {
      throw new Refused("working_dir could not be resolved");
    }
    if (!Files.isDirectory(folder)) {
      throw new Refused("working_dir %s is no folder".formatted(folder));
    }
    Path real = folder.toRealPath();
    if (settings.restrictToWorkspace() && !real.startsWith(workspace.toRealPath())) {
      throw new Refused("working_dir is outside the configured workspace");
    }
    return real;
  }

  private static final class Refused extends Exception {
    Refused(String message) {
      super(message);
    }
  }

  private static String either(JsonNode arguments, String name, String alias) {
    String text = arguments.path(name).asText("");
    return text.isEmpty() ? arguments.path(alias).asText("") : text;
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static SkillResult failed(Cause cause, String reason) {
    return new SkillResult.Failed(cause, reason);
  }
}
