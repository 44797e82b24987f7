package io.nanoswarm.skills.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.nanoswarm.session.Need;
import io.nanoswarm.skill.NoSuchSkill;
import io.nanoswarm.skills.interpreter.WantedVersion;
import io.nanoswarm.skills.process.ProcessManifest.Command;
import io.nanoswarm.skills.process.ProcessManifest.Entry;
import io.nanoswarm.skills.process.ProcessManifest.Node;
import io.nanoswarm.skills.process.ProcessManifest.Python;
import io.nanoswarm.skills.process.ProcessManifest.Script;
import io.nanoswarm.skills.process.ProcessManifest.SkillRuntime;
import io.nanoswarm.skills.process.ProcessManifest.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads manifests; strict, so that a misspelled limit is no missing one. */
final class ManifestReader {
  private static final YAMLMapper YAML = new YAMLMapper();

  private static final Set<String> KEYS =
      Set.of(
          "name",
          "description",
          "parameters",
          "runtime",
          "tool",
          "tools",
          "main",
          "needs",
          "environment",
          "limits");

  private static final Set<String> RUNTIMES = Set.of("python", "node", "command", "index");

  private static final Set<String> LIMITS =
      Set.of("time", "memory", "output", "idle", "calls", "setup");

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");

  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,9})\\s*(k|m|g)", Pattern.CASE_INSENSITIVE);

  private final Path file;
  private final JsonNode root;

  private ManifestReader(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  /**
   * @param defaults the limits that it does not name
   * @throws NoSuchSkill if it cannot be read as a manifest
   */
  static ProcessManifest read(Path folder, ProcessLimits defaults) throws NoSuchSkill {
    Path file = folder.resolve(ProcessManifest.FILE);
    try {
      var root = YAML.readTree(Files.readString(file));
      var reader = new ManifestReader(file, root);
      reader.onlyKnown(root, "", KEYS);
      return new ProcessManifest(
          folder,
          reader.text("description"),
          reader.parameters(),
          reader.runtime(),
          reader.each("needs", Need::new),
          reader.each("environment", Function.identity()),
          reader.limits(defaults));
    } catch (JsonProcessingException e) {
      throw new NoSuchSkill(
          "%s:%d: %s"
              .formatted(
                  file,
                  e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                  e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new NoSuchSkill("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private NoSuchSkill wrong(String key, Object found, String expected) {
    return new NoSuchSkill("%s: %s: %s (expected: %s)".formatted(file, key, found, expected));
  }

  private void onlyKnown(JsonNode map, String prefix, Set<String> known) throws NoSuchSkill {
    if (!map.isObject()) {
      throw wrong(prefix.isEmpty() ? "the whole" : prefix, map.getNodeType(), "a map");
    }
    for (var names = map.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw wrong(prefix + name, "no such key", known.stream().sorted().toList().toString());
      }
    }
  }

  private @Nullable String text(String key) throws NoSuchSkill {
    var value = root.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    return text(key, value);
  }

  private String text(String key, JsonNode value) throws NoSuchSkill {
    if (!value.isTextual()) {
      throw wrong(key, value, "text; in quotes if it could be read as something else");
    }
    return value.textValue();
  }

  private @Nullable JsonNode parameters() throws NoSuchSkill {
    var value = root.path("parameters");
    if (value.isMissingNode()) {
      return null;
    }
    if (!value.isObject()) {
      throw wrong("parameters", value, "a JSON Schema");
    }
    return value;
  }

  private SkillRuntime runtime() throws NoSuchSkill {
    var runtime = root.path("runtime");
    onlyKnown(runtime, "runtime.", RUNTIMES);
    if (runtime.has("command")) {
      var line = list("runtime.command", runtime.get("command"), Function.identity());
      if (line.isEmpty() || root.has("tool") || root.has("tools") || root.has("main")) {
        throw wrong("runtime.command", line, "a program and its arguments; no tool and no main");
      }
      return new Command(line);
    }
    if (runtime.has("python")) {
      boolean index = runtime.path("index").asBoolean(false);
      return new Python(version("runtime.python", runtime.get("python")), index, entry());
    }
    if (runtime.has("node")) {
      return new Node(version("runtime.node", runtime.get("node")), entry());
    }
    throw wrong("runtime", runtime, "python, node or command");
  }

  private WantedVersion version(String key, JsonNode value) throws NoSuchSkill {
    try {
      return WantedVersion.of(text(key, value));
    } catch (IllegalArgumentException _) {
      throw wrong(key, value, "\"3.11\" or \">=3.8\"");
    }
  }

  private Entry entry() throws NoSuchSkill {
    String main = text("main");
    String tool = text("tool");
    List<String> tools = each("tools", Function.identity());
    int named = (main == null ? 0 : 1) + (tool == null ? 0 : 1) + (tools.isEmpty() ? 0 : 1);
    if (named != 1) {
      throw wrong("main, tool, tools", named + " of them", "one of them");
    }
    if (main != null) {
      return new Script(main);
    }
    return new Tools(tool == null ? tools : List.of(tool));
  }

  private <T> List<T> each(String key, Function<String, T> read) throws NoSuchSkill {
    return root.has(key) ? list(key, root.get(key), read) : List.of();
  }

  private <T> List<T> list(String key, JsonNode value, Function<String, T> read)
      throws NoSuchSkill {
    if (!value.isArray()) {
      throw wrong(key, value, "a list");
    }
    var list = new ArrayList<T>();
    for (JsonNode each : value) {
      try {
        list.add(read.apply(text(key, each)));
      } catch (IllegalArgumentException e) {
        throw new NoSuchSkill("%s: %s: %s".formatted(file, key, e.getMessage()), e);
      }
    }
    return list;
  }

  private ProcessLimits limits(ProcessLimits defaults) throws NoSuchSkill {
    var limits = root.path("limits");
    if (limits.isMissingNode()) {
      return defaults;
    }
    onlyKnown(limits, "limits.", LIMITS);
    try {
      return new ProcessLimits(
          duration(limits, "time", defaults.time()),
          size(limits, "memory", defaults.memory()),
          size(limits, "output", defaults.output()),
          duration(limits, "idle", defaults.idle()),
          limits.path("calls").asInt(defaults.calls()),
          duration(limits, "setup", defaults.setup()));
    } catch (IllegalArgumentException e) {
      throw new NoSuchSkill("%s: limits: %s".formatted(file, e.getMessage()), e);
    }
  }

  private Duration duration(JsonNode limits, String key, Duration otherwise) throws NoSuchSkill {
    if (!limits.has(key)) {
      return otherwise;
    }
    Matcher found = DURATION.matcher(limits.get(key).asText());
    if (!found.matches()) {
      throw wrong("limits." + key, limits.get(key), "a duration as 30s or 500ms");
    }
    long count = Long.parseLong(found.group(1));
    return switch (found.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      default -> Duration.ofHours(count);
    };
  }

  private long size(JsonNode limits, String key, long otherwise) throws NoSuchSkill {
    if (!limits.has(key)) {
      return otherwise;
    }
    Matcher found = SIZE.matcher(limits.get(key).asText());
    if (!found.matches()) {
      throw wrong("limits." + key, limits.get(key), "a size as 256m or 1g");
    }
    long count = Long.parseLong(found.group(1));
    return switch (found.group(2)) {
      case "k", "K" -> count << 10;
      case "m", "M" -> count << 20;
      default -> count << 30;
    };
  }
}
