package io.nanoswarm.skills.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import io.nanoswarm.skill.NoSuchSkill;
import io.nanoswarm.skill.Skill;
import io.nanoswarm.skill.SkillCall;
import io.nanoswarm.skill.SkillName;
import io.nanoswarm.skill.SkillResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The folder of a skill that a test writes, and what the test does with it. */
final class SkillFolder {
  static final Duration LONG = Duration.ofMinutes(2);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final Path cache;

  /**
   * @param cache where environments and shims go
   */
  SkillFolder(Path folder, Path cache) {
    this.folder = folder;
    this.cache = cache;
  }

  SkillFolder with(String file, String content) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
    return this;
  }

  /** A skill of a shell script, which speaks the protocol by itself. */
  SkillFolder shell(String script, String... limits) throws IOException {
    return command("/bin/sh", "skill.sh", script, limits);
  }

  /** A skill of a Python script, which speaks the protocol by itself. */
  SkillFolder python(String script, String... limits) throws IOException {
    return command("python3", "skill.py", script, limits);
  }

  private SkillFolder command(String program, String file, String script, String... limits)
      throws IOException {
    return with(file, script)
        .with(
            "skill.yaml",
            """
            description: a test's
            runtime:
              command: [%s, %s]
            limits: {%s}
            """
                .formatted(program, file, String.join(", ", limits)));
  }

  Skill load() throws NoSuchSkill {
    return load("it");
  }

  Skill load(String name) throws NoSuchSkill {
    return load(name, System.getenv());
  }

  Skill load(String name, Map<String, String> environment) throws NoSuchSkill {
    return new ProcessSkills(settings(), List::copyOf, cache, environment)
        .load(new SkillName(name), folder);
  }

  static ProcessSkillSettings settings() {
    return ProcessSkillSettings.from(
        ConfigFactory.parseResources("reference.conf").getConfig("swarm.skills.process"));
  }

  static Map<String, String> environmentWith(String name, String value) {
    var environment = new TreeMap<>(System.getenv());
    environment.put(name, value);
    return environment;
  }

  static CompletionStage<SkillResult> start(Skill skill, String arguments) {
    return start(skill, arguments, LONG);
  }

  static CompletionStage<SkillResult> start(Skill skill, String arguments, Duration limit) {
    return skill.call(new SkillCall(skill.card().name(), json(arguments), limit, Path.of("/tmp")));
  }

  /**
   * @param over completes when nobody wants the result any more
   */
  static CompletionStage<SkillResult> start(
      Skill skill, String arguments, CompletionStage<Void> over) {
    return skill.call(
        new SkillCall(skill.card().name(), json(arguments), LONG, Path.of("/tmp"), over));
  }

  static SkillResult call(Skill skill, String arguments) throws Exception {
    return result(start(skill, arguments));
  }

  static SkillResult call(Skill skill, String arguments, Duration limit) throws Exception {
    return result(start(skill, arguments, limit));
  }

  static SkillResult result(CompletionStage<SkillResult> started) throws Exception {
    return started.toCompletableFuture().get(5, TimeUnit.MINUTES);
  }

  static String text(SkillResult result) {
    assertThat(result).isInstanceOf(SkillResult.Succeeded.class);
    return ((SkillResult.Succeeded) result).text();
  }

  static SkillResult.Failed failed(SkillResult result, SkillResult.Cause cause) {
    assertThat(result)
        .isInstanceOfSatisfying(
            SkillResult.Failed.class,
            failed -> assertThat(failed.cause()).as(failed.reason()).isEqualTo(cause));
    return (SkillResult.Failed) result;
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Skill processes that this JVM has started, and theirs. */
  static List<Long> processes() throws IOException {
    return processesOf(ProcessHandle.current().pid());
  }

  static List<Long> processesOf(long jvm) throws IOException {
    var found = new ArrayList<Long>();
    String mark = "NANOSWARM_CHILD=%d-".formatted(jvm);
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path each : processes) {
        if (environment(each).contains(mark)) {
          found.add(Long.valueOf(each.getFileName().toString()));
        }
      }
    }
    return found;
  }

  private static String environment(Path process) {
    try {
      return new String(
          Files.readAllBytes(process.resolve("environ")), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return "";
    }
  }

  static void awaitNoProcess() {
    Awaitility.await().atMost(LONG).until(() -> processes().isEmpty());
  }
}
