package io.nanoswarm.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nanoswarm.api.ApiJson;
import io.nanoswarm.session.Need;
import io.nanoswarm.session.Priority;
import io.nanoswarm.session.TaskSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwarmFileTest {
  private static final Vocabulary VOCABULARY =
      new Vocabulary(List.of("researcher", "critic", "coordinator"), List.of("exec"), List.of());

  @TempDir Path folder;

  @BeforeEach
  void build() throws IOException {
    Files.createDirectories(folder.resolve("target/lib"));
    Files.createDirectories(folder.resolve("skills/weather"));
    Files.createDirectories(folder.resolve("skills/beside"));
    Files.writeString(folder.resolve("skills/beside/SKILL.md"), "# Beside");
    for (String jar : List.of("my-agent.jar", "lib/b.jar", "lib/a.jar", "lib/notes.txt")) {
      Files.writeString(folder.resolve("target").resolve(jar), "");
    }
  }

  @Test
  void the_complete_example_of_the_documentation_is_read() throws Exception {
    String page = Files.readString(Path.of("../docs/swarm-yaml.md"));
    String example = page.split("```yaml\n")[1].split("```")[0];

    SwarmDefinition swarm = read(example);

    assertThat(swarm.name()).isEqualTo("review");
    assertThat(swarm.code())
        .containsExactly(
            path("target/my-agent.jar"), path("target/lib/a.jar"), path("target/lib/b.jar"));
    var reviewer = swarm.agents().get("reviewer");
    assertThat(reviewer)
        .isEqualTo(
            new SwarmDefinition.Agent(
                "com.acme.Reviewer",
                null,
                2,
                "reads one part of the sources",
                "Name the file and the line.\n",
                List.of("exec", "weather", "summarise"),
                List.of(new Need("bin:git")),
                128,
                new TaskSpec.Limits(3, Duration.ofMinutes(10)),
                "process",
                new SwarmDefinition.Restarts(8, Duration.ofMinutes(2))));
    assertThat(swarm.agents().get("critic").builtIn()).isEqualTo("critic");
    assertThat(swarm.skills())
        .containsEntry("weather", new SwarmDefinition.Skill(path("skills/weather"), null))
        .containsEntry("summarise", new SwarmDefinition.Skill(null, "com.acme.Summarise"));
    assertThat(swarm.plan().keySet()).containsExactly("read", "answer");
    var read = swarm.plan().get("read");
    assertThat(read.priority()).isEqualTo(Priority.HIGH);
    assertThat(read.parameters()).isEqualTo(Map.of("depth", "3"));
    assertThat(swarm.plan().get("answer").after()).containsExactly("read");
    assertThat(swarm.answer()).isEqualTo("answer");
  }

  @Test
  void a_definition_crosses_the_endpoint_unchanged() throws Exception {
    String page = Files.readString(Path.of("../docs/swarm-yaml.md"));
    SwarmDefinition swarm = read(page.split("```yaml\n")[1].split("```")[0]);

    var mapper = ApiJson.mapper();

    assertThat(mapper.readValue(mapper.writeValueAsString(swarm), SwarmDefinition.class))
        .isEqualTo(swarm);
  }

  @Test
  void what_init_writes_is_a_swarm_of_the_built_in_agents() throws Exception {
    try (var in = Similar.class.getResourceAsStream("/io/nanoswarm/cli/template/swarm.yaml")) {
      var swarm = read(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
      assertThat(swarm.agents().keySet()).containsExactlyElementsOf(VOCABULARY.agents());
    }
  }

  @Test
  void a_skill_that_is_not_defined_is_found_beside_the_file() throws Exception {
    var swarm = read("agents: {r: {builtin: researcher, skills: [beside, exec]}}");

    assertThat(swarm.skills())
        .isEqualTo(Map.of("beside", new SwarmDefinition.Skill(path("skills/beside"), null)));
  }

  @Test
  void beside_the_file_comes_before_the_configured_folders_and_these_before_the_program()
      throws Exception {
    Path configured = folder.resolve("configured");
    for (var place : List.of("skills/both", "configured/both", "configured/exec")) {
      Files.createDirectories(folder.resolve(place));
      Files.writeString(folder.resolve(place).resolve("SKILL.md"), "text");
    }
    Files.createDirectories(folder.resolve("skills/process"));
    Files.writeString(folder.resolve("skills/process/skill.yaml"), "runtime: {command: [run]}");
    Path file = folder.resolve("swarm.yaml");
    Files.writeString(
        file, "agents: {r: {builtin: researcher, skills: [both, exec, read_skill, process]}}");

    var swarm =
        SwarmFile.read(
            file,
            "swarm.yaml",
            new Vocabulary(
                VOCABULARY.agents(), List.of("exec", "read_skill"), List.of(configured)));

    assertThat(swarm.skills())
        .isEqualTo(
            Map.of(
                "both",
                new SwarmDefinition.Skill(path("skills/both"), null),
                "exec",
                new SwarmDefinition.Skill(path("configured/exec"), null),
                "process",
                new SwarmDefinition.Skill(path("skills/process"), null)));
  }

  @Test
  void a_swarm_without_a_name_is_called_like_its_folder() throws Exception {
    assertThat(read("agents: {r: {builtin: researcher}}").name())
        .isEqualTo(folder.getFileName().toString());
  }

  @Test
  void everything_wrong_is_told_at_once_in_the_order_of_the_file() {
    assertThat(
            flaws(
                """
                agents:
                  reviewer:
                    builtin: resarcher
                    instnces: 2
                  critic: {builtin: critic, heap: 1k}
                plan:
                  read: {role: reviwer}
                answer: raed
                """))
        .containsExactly(
            "swarm.yaml:3:14: there is no built-in agent 'resarcher'; did you mean 'researcher'?",
            "swarm.yaml:4:5: unknown key 'instnces'; did you mean 'instances'?",
            "swarm.yaml:5:35: '1k' (expected: megabytes or gigabytes, as 128m or 2g)",
            "swarm.yaml:7:16: there is no role 'reviwer'; did you mean 'reviewer'?",
            "swarm.yaml:8:9: there is no task 'raed'; did you mean 'read'?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                    | 1:1: a swarm needs at least one agent
          [1, 2]                                                | 1:1: a list (expected: name, code, agents, skills, plan, answer)
          agents: researcher                                    | 1:9: 'researcher' (expected: names and values)
          agents: {r: {}}                                       | 1:13: an agent has either a `class` or is `builtin`
          agents: {r: }                                         | 1:10: an agent has either a `class` or is `builtin`
          agents: {r: {builtin: critic, class: a.B}}            | 1:13: an agent has either
          agents: {r: {class: a.B}}                             | 1:21: there is no `code` to find a.B in
          agents: {Big_Role: {builtin: critic}}                 | 1:20: agent role: 'Big_Role' (expected:
          agents: {r: {builtin: critic, instances: 0}}          | 1:42: 0 (expected: 1 to 256)
          agents: {r: {builtin: critic, instances: two}}        | 1:42: 'two' (expected: a number)
          agents: {r: {builtin: critic, instances: [2]}}        | 1:42: a list (expected: a value)
          agents: {r: {builtin: critic, heap: 8m}}              | 1:37: 8 MB (expected: 32 to 65536 MB)
          agents: {r: {builtin: critic, needs: [git]}}          | 1:39: need: 'git' (expected: <kind>:<name>
          agents: {r: {builtin: critic, skills: [exce]}}        | 1:40: there is no skill 'exce'; did you mean 'exec'?
          agents: {r: {builtin: critic, skills: [exec, exec]}}  | 1:46: skill 'exec' is named twice
          agents: {r: {builtin: critic, isolation: jail}}       | 1:42: 'jail' (expected: process or shared)
          agents: {r: {builtin: critic, limits: {attempts: 0}}} | 1:50: maxAttempts: 0 (expected: 1 to 100)
          agents: {r: {builtin: critic, limits: {time: soon}}}  | 1:46: 'soon' (expected: a time, as 90s or 10m)
          agents: {r: {builtin: critic, limits: {tiem: 1m}}}    | 1:40: unknown key 'tiem'; did you mean 'time'?
          agents: {r: {builtin: critic, restarts: {limit: 0}}}  | 1:49: 0 (expected: 1 to 1000)
          agents: {r: {builtin: critic}, r: {builtin: critic}}  | 1:32: 'r' stands here twice
          {agents: {r: {builtin: critic}}, code: nope.jar}      | 1:40: nope.jar does not exist; is the project built?
          {agents: {r: {builtin: critic}}, code: 'no/*.jar'}    | 1:40: no file is meant by this; is the project built?
          {agents: {r: {builtin: critic}}, agnets: 1}           | 1:34: unknown key 'agnets'; did you mean 'agents'?
          {agents: {r: {builtin: critic}}, skills: {s: {}}}     | 1:46: a skill has either a `folder` or a `class`
          {agents: {r: {builtin: critic}}, skills: {s: {folder: nope}}} | 1:55: 'nope' (expected: a folder, relative to this file)
          {agents: {r: {builtin: critic}}, answer: a}           | 1:42: there is no `plan` whose task could answer
          {agents: {r: {builtin: critic}}, plan: {a: {role: r}}} | 1:40: `answer` is missing
          {agents: {r: {builtin: critic}}, plan: {a: {}}, answer: a} | 1:44: `role` is missing (expected: r)
          {agents: {r: {builtin: critic}}, plan: {A: {role: r}}, answer: A} | 1:44: task id: 'any/A'
          {agents: {r: {builtin: critic}}, plan: {a: {role: r, after: [b]}}, answer: a} | 1:62: there is no task 'b' (expected: a)
          {agents: {r: {builtin: critic}}, plan: {a: {role: r, after: [a]}}, answer: a} | 1:61: these tasks wait for each other: a
          {agents: {r: {builtin: critic}}, plan: {a: {role: r, priority: hihg}}, answer: a} | 1:64: there is no priority 'hihg'; did you mean 'high'?
          {agents: {r: {builtin: critic}}, plan: {a: {role: r, result: ../x}}, answer: a} | 1:62: entry path: '../x.md' (expected:
          agents: {r: [                                         | this is no YAML:
          """)
  void a_mistake_is_told_with_its_place(String yaml, String flaw) {
    assertThat(flaws(yaml)).anySatisfy(line -> assertThat(line).contains(flaw));
  }

  @Test
  void of_a_file_that_is_no_swarms_nothing_much_is_shown() {
    String secret = "-----BEGIN KEY-----\nc2VjcmV0\nc2VjcmV0";

    assertThat(flaws(secret)).noneMatch(flaw -> flaw.contains("c2VjcmV0"));
    assertThat(flaws("name: {a: 1}\ncode: x\n" + "k".repeat(500) + ": 1"))
        .noneMatch(flaw -> flaw.contains("k".repeat(60)));
  }

  private SwarmDefinition read(String yaml) throws FlawedSwarmFile, IOException {
    Path file = Files.writeString(folder.resolve("swarm.yaml"), yaml);
    return SwarmFile.read(file, "swarm.yaml", VOCABULARY);
  }

  private List<String> flaws(String yaml) {
    var flawed = catchThrowableOfType(FlawedSwarmFile.class, () -> read(yaml));
    assertThat(flawed).as(yaml).isNotNull();
    assertThat(flawed.lines())
        .allSatisfy(line -> assertThat(line).matches("(?s)swarm\\.yaml:\\d+:\\d+: .+"));
    return Arrays.asList(String.valueOf(flawed.getMessage()).split("\n"));
  }

  private String path(String relative) {
    return folder.resolve(relative).toString();
  }
}
