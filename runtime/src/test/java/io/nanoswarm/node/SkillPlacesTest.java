package io.nanoswarm.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nanoswarm.api.SessionRequest;
import io.nanoswarm.api.SessionView;
import io.nanoswarm.client.EndpointClient;
import io.nanoswarm.client.LocalNode;
import io.nanoswarm.client.NodeOptions;
import io.nanoswarm.definition.SwarmDefinition;
import io.nanoswarm.definition.SwarmDefinition.Agent;
import io.nanoswarm.definition.SwarmDefinition.PlannedTask;
import io.nanoswarm.definition.SwarmDefinition.Skill;
import io.nanoswarm.http.EndpointServer;
import io.nanoswarm.skills.interpreter.Interpreters;
import io.nanoswarm.skills.interpreter.Language;
import io.nanoswarm.skills.interpreter.Surroundings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Agents go where their skills can run, with one real node for all tests, and real processes. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SkillPlacesTest {
  /** Answers with what each of its skills says. */
  private static final String ASKER =
      """
      package com.acme;
      import com.fasterxml.jackson.databind.node.JsonNodeFactory;
      import io.nanoswarm.agent.*;
      public class Asker implements Agent.Blocking {
        public AttemptEnd perform(Task task, BlockingSwarm swarm) throws InterruptedException {
          var said = new StringBuilder("# Said\\n");
          for (String skill : task.parameter("skills").orElseThrow().split(",")) {
            said.append(skill + ": " + swarm.call(skill, JsonNodeFactory.instance.objectNode()) + "\\n");
          }
          swarm.post(task.resultPath(), said.toString());
          return AttemptEnd.completed("asked");
        }
      }
      """;

  private static final String NEEDING =
      """
      package com.acme;
      @io.nanoswarm.skill.Needs({"bin:sh", "%s"})
      public class Needing {
        public Object execute(java.util.Map<String, Object> arguments) { return "done"; }
      }
      """;

  /** As one writes a tool for nanobot. */
  private static final String VERSIONS =
      """
      import sys
      class Versions:
          name = "versions"
          description = "Tells versions."
          parameters = {"type": "object"}
          async def execute(self):
              import tiny
              return "Python %d.%d, tiny %s" % (sys.version_info[0], sys.version_info[1], tiny.VERSION)
      """;

  private Path folder;
  private Path jar;
  private LocalNode node;
  private EndpointClient client;

  /** Of agents, each in a role of its own. */
  private int agents;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    this.folder = folder;
    jar = CodeJar.make(folder.resolve("agent.jar"), _ -> true, ASKER);
    Path workspace = Files.createDirectories(folder.resolve("workspace"));
    Files.writeString(workspace.resolve("about.txt"), "nothing to look for\n");
    var nodes =
        new LocalNodes(SwarmSetup.offline(), EndpointServer::start, "test", InstantSource.system());
    node = nodes.start(folder.resolve("data"), NodeOptions.DEFAULT);
    client = new EndpointClient(node.endpoint());
  }

  @AfterAll
  void stop() {
    node.close();
  }

  @Test
  void two_skills_with_two_pythons_and_clashing_packages_work_in_one_swarm() throws Exception {
    List<String> here = pythons();
    assumeTrue(here.size() > 1, "needs two versions of Python from 3.8 on, here are: " + here);
    String older = here.getFirst();
    String newer = here.getLast();

    var ended = ask(Map.of("older", python(older, "1.0"), "newer", python(newer, "2.0")));

    assertThat(ended.status()).as(ended.reason()).isEqualTo("completed");
    assertThat(client.answer(ended.id()).orElseThrow())
        .contains("Python %s, tiny 1.0".formatted(older), "Python %s, tiny 2.0".formatted(newer));
    assertThat(client.agents().offers().runtimes().get("python"))
        .anyMatch(version -> version.startsWith(older + "."))
        .anyMatch(version -> version.startsWith(newer + "."));
  }

  private static List<String> pythons() {
    return new Interpreters(new Surroundings(System.getenv()), Duration.ofSeconds(20))
        .all(Language.PYTHON).stream()
            .map(each -> each.version().numbers())
            .filter(numbers -> numbers.get(0) == 3 && numbers.get(1) >= 8)
            .map(numbers -> numbers.get(0) + "." + numbers.get(1))
            .distinct()
            .toList();
  }

  @Test
  void a_runtime_that_no_node_has_is_told_at_once() throws Exception {
    assertThat(refused(Map.of("old", python("2.99", "1.0"))))
        .contains("no node offers python 2.99; 1 node up");
  }

  @Test
  void a_program_that_a_skill_is_and_no_node_has_is_told_at_once() throws Exception {
    Path skill = manifest("run", "runtime: {command: [no-such-program, --fast]}\n");

    assertThat(refused(Map.of("run", new Skill(skill.toString(), null))))
        .contains("no node offers no-such-program; 1 node up");
  }

  @Test
  void what_the_class_of_a_skill_declares_is_looked_for_before_it_is_loaded() throws Exception {
    CodeJar.make(jar, _ -> true, ASKER, NEEDING.formatted("bin:no-such-program"));
    assertThat(refused(Map.of("needing", new Skill(null, "com.acme.Needing"))))
        .contains("no node offers no-such-program; 1 node up");

    CodeJar.make(jar, _ -> true, ASKER, NEEDING.formatted("runtime:java>=8"));
    var ended = ask(Map.of("needing", new Skill(null, "com.acme.Needing")));
    assertThat(ended.status()).as(ended.reason()).isEqualTo("completed");
    assertThat(client.answer(ended.id()).orElseThrow()).contains("done");
  }

  @Test
  void of_programs_that_will_do_the_node_has_the_choice() throws Exception {
    var ended = ask(Map.of("any", text("bins", "{requires: {anyBins: [no-such-program, sh]}}")));
    assertThat(ended.status()).as(ended.reason()).isEqualTo("completed");
    assertThat(client.answer(ended.id()).orElseThrow()).contains("Text of bins.");
    assertThat(client.agents().offers().programs()).containsKey("sh");

    assertThat(refused(Map.of("none", text("none", "{requires: {anyBins: [no-such, none-such]}}"))))
        .contains("no node offers no-such or none-such; 1 node up");
  }

  @Test
  void a_variable_that_agents_do_not_see_is_not_offered_though_the_node_has_it() throws Exception {
    var hidden =
        System.getenv().keySet().stream()
            .filter(name -> !System.getenv(name).isEmpty())
            .filter(name -> name.matches("PWD|OLDPWD|USER|LOGNAME|SHELL|TERM|MAVEN_.*|SHLVL|_"))
            .findFirst();
    assumeTrue(hidden.isPresent(), "needs a variable that workers are not given");

    assertThat(
            refused(Map.of("env", text("env", "{requires: {env: [%s]}}".formatted(hidden.get())))))
        .contains("no node offers env %s; 1 node up".formatted(hidden.get()));
  }

  /** A tool that tells its Python and which {@code tiny} it has, which it brings along. */
  private Skill python(String python, String tiny) throws IOException {
    Path place =
        manifest(
            "tiny-" + tiny, "runtime: {python: '%s'}\ntool: versions.Versions\n".formatted(python));
    Files.writeString(place.resolve("versions.py"), VERSIONS);
    wheel(Files.createDirectories(place.resolve("wheels")), tiny);
    return new Skill(place.toString(), null);
  }

  private static void wheel(Path wheels, String version) throws IOException {
    String info = "tiny-%s.dist-info/".formatted(version);
    var files = new LinkedHashMap<String, String>();
    files.put("tiny.py", "VERSION = '%s'\n".formatted(version));
    files.put(
        info + "METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: %s\n".formatted(version));
    files.put(
        info + "WHEEL",
        "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
    files.put(info + "RECORD", String.join(",,\n", files.keySet()) + ",,\n" + info + "RECORD,,\n");
    Path wheel = wheels.resolve("tiny-%s-py3-none-any.whl".formatted(version));
    try (var zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
      for (var each : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(each.getKey()));
        zip.write(each.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private Path manifest(String name, String lines) throws IOException {
    Path place = Files.createDirectories(folder.resolve("skills").resolve(name));
    Files.writeString(
        place.resolve("skill.yaml"), "description: a test's\nparameters: {type: object}\n" + lines);
    return place;
  }

  private Skill text(String name, String metadata) throws IOException {
    Path place = Files.createDirectories(folder.resolve("skills").resolve(name));
    Files.writeString(
        place.resolve("SKILL.md"),
        "---\nmetadata: {nanobot: %s}\n---\nText of %s.\n".formatted(metadata, name));
    return new Skill(place.toString(), null);
  }

  /** Why a session whose agent has these skills failed, before anything was started. */
  private String refused(Map<String, Skill> skills) {
    var ended = ask(skills);
    assertThat(ended.status()).isEqualTo("failed");
    assertThat(client.agents().agents())
        .filteredOn(agent -> agent.role().equals("asker" + agents))
        .extracting(agent -> agent.pid())
        .containsOnlyNulls();
    return String.valueOf(ended.reason());
  }

  private SessionView ask(Map<String, Skill> skills) {
    agents++;
    String role = "asker" + agents;
    var asker =
        new Agent(
            "com.acme.Asker",
            null,
            1,
            "",
            "",
            List.copyOf(skills.keySet()),
            List.of(),
            null,
            null,
            null,
            null);
    var task =
        new PlannedTask(
            role,
            "Ask",
            "",
            List.of(),
            List.of(),
            null,
            null,
            Map.of("skills", String.join(",", skills.keySet())));
    var swarm =
        new SwarmDefinition(
            "asking",
            List.of(jar.toString()),
            Map.of(role, asker),
            skills,
            Map.of("ask", task),
            "ask");
    String id =
        client.open(
            new SessionRequest(
                "Ask.", folder.resolve("workspace").toString(), Map.of(), null, null, swarm));
    return client.follow(id, _ -> {});
  }
}
