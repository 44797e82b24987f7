package io.nanoswarm.definition;

import io.nanoswarm.definition.SwarmDefinition.Agent;
import io.nanoswarm.definition.SwarmDefinition.PlannedTask;
import io.nanoswarm.definition.SwarmDefinition.Restarts;
import io.nanoswarm.definition.SwarmDefinition.Skill;
import io.nanoswarm.session.Need;
import io.nanoswarm.session.Priority;
import io.nanoswarm.session.TaskSpec;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads a {@code swarm.yaml}.
 *
 * <p>Guarantees: everything that is wrong is told at once, with line and column, what was found,
 * what was expected, and what was meant where that can be guessed. Paths are relative to the file's
 * folder; what does not exist is told as well. Nothing of the file is executed.
 */
public final class SwarmFile {
  /** How the file is called where nobody says otherwise. */
  public static final String NAME = "swarm.yaml";

  private static final List<String> KEYS =
      List.of("name", "code", "agents", "skills", "plan", "answer");

  private static final List<String> AGENT_KEYS =
      List.of(
          "class",
          "builtin",
          "instances",
          "description",
          "instructions",
          "skills",
          "needs",
          "heap",
          "limits",
          "isolation",
          "restarts");

  private static final List<String> TASK_KEYS =
      List.of(
          "role", "title", "instructions", "after", "needs", "priority", "result", "parameters");

  private final Path folder;
  private final Vocabulary vocabulary;
  private final Places places;
  private final Map<String, Skill> found = new LinkedHashMap<>();
  private boolean codeIsFlawed;

  private SwarmFile(Path folder, Vocabulary vocabulary, Places places) {
    this.folder = folder;
    this.vocabulary = vocabulary;
    this.places = places;
  }

  /**
   * @param file absolute
   * @param shown how the file is called in what people are told
   * @throws FlawedSwarmFile if it does not say a swarm
   * @throws IOException if it cannot be read as text
   */
  public static SwarmDefinition read(Path file, String shown, Vocabulary vocabulary)
      throws FlawedSwarmFile, IOException {
    var places = new Places(shown);
    Path folder = Objects.requireNonNull(file.getParent(), "an absolute path");
    Node root = compose(Files.readString(file), places);
    var swarm = new SwarmFile(folder, vocabulary, places);
    var definition = swarm.definition(root);
    DefinitionCheck.flaws(definition, vocabulary).stream()
        .filter(flaw -> !swarm.followsFromItsCode(flaw))
        .forEach(places::flaw);
    if (!places.sound()) {
      throw places.problem();
    }
    return definition;
  }

  private static @Nullable Node compose(String text, Places places) throws FlawedSwarmFile {
    try {
      return new Yaml(new LoaderOptions()).compose(new StringReader(text));
    } catch (MarkedYAMLException e) {
      places.flaw(
          e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark(),
          "this is no YAML: " + e.getProblem());
      throw places.problem();
    } catch (YAMLException e) {
      places.flaw((Node) null, "this is no YAML: " + e.getMessage());
      throw places.problem();
    }
  }

  private SwarmDefinition definition(@Nullable Node root) {
    var all = new Fields(places, "", root, KEYS);
    var code = new ArrayList<String>();
    all.list("code", this::files).forEach(code::addAll);
    Node given = all.node("code");
    if (given != null && code.isEmpty() && places.sound()) {
      places.flaw(given, "no file is meant by this; is the project built?");
    }
    codeIsFlawed = given != null && code.isEmpty();
    var skills = all.map("skills", List.of()).each(List.of("folder", "class"), this::skill);
    var agents =
        all.map("agents", List.of()).each(AGENT_KEYS, (_, fields) -> agent(fields, skills));
    var plan = all.map("plan", List.of()).each(TASK_KEYS, (_, fields) -> task(fields));
    found.putAll(skills);
    return new SwarmDefinition(
        all.text("name", String.valueOf(folder.getFileName())),
        code.stream().distinct().toList(),
        agents,
        found,
        plan,
        all.text("answer"));
  }

  /** That no class can be found is no second mistake where the code is one. */
  private boolean followsFromItsCode(Flaw flaw) {
    return codeIsFlawed && flaw.at().endsWith(".class");
  }

  private Agent agent(Fields fields, Map<String, Skill> defined) {
    var limits = fields.map("limits", List.of("attempts", "time"));
    var restarts = fields.map("restarts", List.of("limit", "within"));
    List<String> skills = fields.list("skills", text -> text);
    skills.stream().filter(name -> !defined.containsKey(name)).forEach(this::lookFor);
    return new Agent(
        fields.text("class"),
        fields.text("builtin"),
        fields.number("instances", 1),
        fields.text("description", ""),
        fields.text("instructions", ""),
        skills,
        fields.list("needs", Need::new),
        fields.value("heap", Amounts::megabytes),
        limits.names().isEmpty() ? null : limits(limits),
        fields.text("isolation"),
        restarts.names().isEmpty()
            ? null
            : new Restarts(restarts.number("limit", 8), time(restarts, "within", 120)));
  }

  private TaskSpec.@Nullable Limits limits(Fields fields) {
    var usual = TaskSpec.Limits.DEFAULT;
    int attempts = fields.number("attempts", usual.maxAttempts());
    Duration time = time(fields, "time", usual.timeLimit().toSeconds());
    try {
      return new TaskSpec.Limits(attempts, time);
    } catch (IllegalArgumentException e) {
      places.flaw(
          fields.node(attempts < 1 || attempts > 100 ? "attempts" : "time"),
          String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static Duration time(Fields fields, String name, long otherwiseSeconds) {
    Duration time = fields.value(name, Amounts::time);
    return time == null ? Duration.ofSeconds(otherwiseSeconds) : time;
  }

  private PlannedTask task(Fields fields) {
    var parameters = new LinkedHashMap<String, String>();
    var given = fields.map("parameters", List.of());
    given.names().forEach(name -> parameters.put(name, given.text(name, "")));
    return new PlannedTask(
        fields.text("role", ""),
        fields.text("title", ""),
        fields.text("instructions", ""),
        fields.list("after", text -> text),
        fields.list("needs", Need::new),
        fields.value("priority", SwarmFile::priority),
        fields.value("result", text -> text.replaceFirst("\\.md$", "")),
        parameters);
  }

  private static Priority priority(String text) {
    var words =
        Arrays.stream(Priority.values()).map(each -> each.name().toLowerCase(Locale.ROOT)).toList();
    if (!words.contains(text)) {
      throw new IllegalArgumentException(
          "there is no priority '%s'%s".formatted(text, DefinitionCheck.suggestion(text, words)));
    }
    return Priority.valueOf(text.toUpperCase(Locale.ROOT));
  }

  private Skill skill(String name, Fields fields) {
    return new Skill(
        fields.value("folder", text -> skillFolder(text).toString()), fields.text("class"));
  }

  private Path skillFolder(String text) {
    Path path = folder.resolve(text).normalize();
    if (!Files.isDirectory(path)) {
      throw new IllegalArgumentException(
          "'%s' (expected: a folder, relative to this file)".formatted(text));
    }
    return path;
  }

  /**
   * A skill that is named and nowhere defined is looked for in {@code skills/}, then in the
   * configured folders; what is left comes with the program, or is nowhere.
   */
  private void lookFor(String name) {
    if (name.matches("[a-zA-Z0-9_-]{1,64}")) {
      Stream.concat(Stream.of(folder.resolve("skills")), vocabulary.folders().stream())
          .map(place -> place.resolve(name).toAbsolutePath())
          .filter(SwarmFile::isSkill)
          .findFirst()
          .ifPresent(path -> found.put(name, new Skill(path.toString(), null)));
    }
  }

  private static boolean isSkill(Path folder) {
    return Files.isRegularFile(folder.resolve("SKILL.md"))
        || Files.isRegularFile(folder.resolve("skill.yaml"));
  }

  /**
   * The files that a path or a pattern means, in the order of their names. A pattern may mean none:
   * not every project has libraries.
   */
  private List<String> files(String pattern) {
    boolean many = pattern.matches(".*[*?\\[{].*");
    if (!many) {
      Path path = folder.resolve(pattern).normalize();
      if (!Files.exists(path)) {
        throw new IllegalArgumentException(
            "%s does not exist; is the project built?".formatted(pattern));
      }
      return List.of(path.toString());
    }
    int wildcard = pattern.split("[*?\\[{]", 2)[0].length();
    int fixed = pattern.lastIndexOf('/', wildcard) + 1;
    Path root = folder.resolve(pattern.substring(0, fixed)).normalize();
    return Files.isDirectory(root) ? matching(root, pattern.substring(fixed)) : List.of();
  }

  private static List<String> matching(Path root, String pattern) {
    var matcher = root.getFileSystem().getPathMatcher("glob:" + pattern);
    int depth = pattern.contains("**") ? 16 : pattern.split("/").length;
    try (var files = Files.walk(root, depth)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> matcher.matches(root.relativize(file)))
          .map(Path::toString)
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new IllegalArgumentException(
          "%s cannot be read: %s".formatted(root, e.getMessage()), e);
    }
  }
}
