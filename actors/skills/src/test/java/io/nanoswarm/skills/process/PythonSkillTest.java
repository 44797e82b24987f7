package io.nanoswarm.skills.process;

import static io.nanoswarm.skills.process.SkillFolder.awaitNoProcess;
import static io.nanoswarm.skills.process.SkillFolder.call;
import static io.nanoswarm.skills.process.SkillFolder.failed;
import static io.nanoswarm.skills.process.SkillFolder.json;
import static io.nanoswarm.skills.process.SkillFolder.result;
import static io.nanoswarm.skills.process.SkillFolder.start;
import static io.nanoswarm.skills.process.SkillFolder.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nanoswarm.skill.Skill;
import io.nanoswarm.skill.SkillResult;
import io.nanoswarm.skill.SkillResult.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Python's tool classes as skills, each in an environment of its own. */
@EnabledIf(
    value = "io.nanoswarm.skills.process.Here#hasPython",
    disabledReason = "needs Python 3.8 or newer")
final class PythonSkillTest {
  /** As one writes a tool for nanobot; it knows nothing of us. */
  private static final String GREETER =
      """
      from __future__ import annotations

      import asyncio
      import os
      import subprocess
      from typing import Any

      from nanobot.agent.tools.base import Tool, ToolResult


      class Greeter(Tool):
          @property
          def name(self) -> str:
              return "greet"

          @property
          def description(self) -> str:
              return "Greets somebody."

          @property
          def parameters(self) -> dict[str, Any]:
              return {
                  "type": "object",
                  "properties": {
                      "who": {"type": "string"},
                      "times": {"type": "integer", "minimum": 1},
                  },
                  "required": ["who"],
              }

          async def execute(self, who: str, times: int = 1, **kwargs: Any) -> str:
              print("noise, which is no answer")
              subprocess.run(["echo", "noise of a child"])
              if who == "nobody":
                  return ToolResult.error("there is nobody")
              if who == "trouble":
                  raise ValueError("trouble with " + who)
              if who == "exit":
                  raise SystemExit(3)
              if who == "sleeper":
                  open("begun", "w").close()
                  await asyncio.sleep(1000)
              return ", ".join(["hello " + who] * times) + " from " + str(os.getpid() > 0)
      """;

  private static final String VERSIONS =
      """
      import sys
      class Versions:
          name = "versions"
          description = "Tells versions."
          parameters = {"type": "object"}
          async def execute(self):
              try:
                  import tiny
                  found = tiny.VERSION
              except ImportError:
                  found = "none"
              return "%d.%d %s" % (sys.version_info[0], sys.version_info[1], found)
      """;

  @TempDir Path root;

  private SkillFolder skills(String folder) {
    return new SkillFolder(root.resolve(folder), root.resolve("cache"));
  }

  private SkillFolder greeter() throws IOException {
    return skills("greeter")
        .with("greeter.py", GREETER)
        .with("skill.yaml", "runtime: {python: '>=3.8'}\ntool: greeter.Greeter\n");
  }

  private SkillFolder versions(String folder, String python) throws IOException {
    return skills(folder)
        .with("versions.py", VERSIONS)
        .with(
            "skill.yaml",
            """
            description: tells versions
            parameters: {type: object}
            runtime: {python: '%s'}
            tool: versions.Versions
            """
                .formatted(python));
  }

  @AfterEach
  void nothing_is_left() {
    awaitNoProcess();
  }

  @Test
  void a_tool_class_of_nanobot_runs_unmodified() throws Exception {
    try (Skill skill = greeter().load("greet")) {
      assertThat(text(call(skill, "{\"who\": \"you\"}"))).isEqualTo("hello you from True");
      assertThat(text(call(skill, "{\"who\": \"you\", \"times\": \"2\"}")))
          .as("cast, as nanobot casts arguments")
          .startsWith("hello you, hello you");
    }
  }

  @Test
  void what_a_tool_is_is_read_from_its_class() throws Exception {
    try (Skill skill = greeter().load("greet")) {
      assertThat(skill.card().name().value()).isEqualTo("greet");
      assertThat(skill.card().description()).isEqualTo("Greets somebody.");
      assertThat(skill.card().parameters().at("/properties/times/minimum").intValue()).isEqualTo(1);
      awaitNoProcess();
    }
  }

  @Test
  void a_failure_that_a_tool_tells_or_throws_is_a_failure() throws Exception {
    try (Skill skill = greeter().load("greet")) {
      assertThat(failed(call(skill, "{\"who\": \"nobody\"}"), Cause.FAILED).reason())
          .isEqualTo("there is nobody");
      assertThat(failed(call(skill, "{\"who\": \"trouble\"}"), Cause.FAILED).reason())
          .isEqualTo("ValueError: trouble with trouble");
      assertThat(failed(call(skill, "{\"who\": \"exit\"}"), Cause.FAILED).reason())
          .isEqualTo("SystemExit: 3");
      assertThat(failed(call(skill, "{\"times\": 0}"), Cause.INVALID_ARGUMENTS).reason())
          .contains("missing required who", "times must be >= 1");
    }
  }

  @Test
  void a_tool_that_waits_is_told_to_stop_and_its_process_stays_warm() throws Exception {
    try (Skill skill = greeter().load("greet")) {
      text(call(skill, "{\"who\": \"you\"}"));
      List<Long> before = SkillFolder.processes();

      var over = new CompletableFuture<Void>();
      var stopped = start(skill, "{\"who\": \"sleeper\"}", over);
      Path begun = root.resolve("greeter/begun");
      Awaitility.await().atMost(SkillFolder.LONG).until(() -> Files.exists(begun));
      over.complete(null);

      assertThat(failed(result(stopped), Cause.TIMED_OUT).reason())
          .isEqualTo("it was told to stop");
      assertThat(SkillFolder.processes()).isEqualTo(before);
      text(call(skill, "{\"who\": \"you\"}"));
    }
  }

  @Test
  void of_several_tools_in_a_folder_the_one_of_that_name_is_meant() throws Exception {
    var folder =
        skills("two")
            .with(
                "two.py",
                """
                class One:
                    name, description, parameters = "one", "First.", {"type": "object"}
                    def execute(self):
                        return {"number": 1}
                class Two(One):
                    name, description = "two", "Second."
                    def execute(self):
                        return {"number": 2}
                """)
            .with("skill.yaml", "runtime: {python: '>=3.8'}\ntools: [two.One, two.Two]\n");
    try (Skill one = folder.load("one");
        Skill two = folder.load("two");
        Skill three = folder.load("three")) {
      assertThat(two.card().description()).isEqualTo("Second.");
      assertThat(text(call(one, "{}"))).isEqualTo("{\"number\":1}");
      assertThat(text(call(two, "{}"))).isEqualTo("{\"number\":2}");
      assertThat(failed(call(three, "{}"), Cause.UNMET_NEEDS).reason())
          .isEqualTo("no tool 'three' here (there are: one, two)");
    }
  }

  @Test
  void a_class_that_cannot_be_imported_is_named() throws Exception {
    var folder =
        skills("broken")
            .with("broken.py", "import no_such_module\n")
            .with("skill.yaml", "runtime: {python: '>=3.8'}\ntool: broken.Tool\n");
    try (Skill skill = folder.load()) {
      assertThat(skill.card().description()).contains("Cannot be used here", "no_such_module");
      assertThat(failed(call(skill, "{}"), Cause.UNMET_NEEDS).reason())
          .contains("broken.Tool cannot be imported", "no_such_module");
    }
  }

  @Test
  void two_skills_with_different_versions_of_python_work_side_by_side() throws Exception {
    List<String> here =
        Stream.of("3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14")
            .filter(Here::hasPython)
            .toList();
    assumeTrue(here.size() > 1, "needs two versions of Python, here are: " + here);
    String older = here.getFirst();
    String newer = here.getLast();
    try (Skill one = versions("older", older).load();
        Skill two = versions("newer", newer).load()) {
      var first = start(one, "{}");
      var second = start(two, "{}");

      assertThat(text(result(first))).isEqualTo(older + " none");
      assertThat(text(result(second))).isEqualTo(newer + " none");
    }
  }

  @Test
  void two_skills_with_clashing_packages_work_side_by_side() throws Exception {
    TinyWheel.write(root.resolve("one/wheels"), "1.0");
    TinyWheel.write(root.resolve("two/wheels"), "2.0");
    var wanting = versions("two", ">=3.8").with("requirements.txt", "tiny>=2\n");
    try (Skill one = versions("one", ">=3.8").load();
        Skill two = wanting.load()) {
      var first = start(one, "{}");
      var second = start(two, "{}");

      assertThat(text(result(first))).endsWith(" 1.0");
      assertThat(text(result(second))).endsWith(" 2.0");
    }
  }

  @Test
  void an_environment_is_made_once_however_many_ask_for_it_at_once() throws Exception {
    TinyWheel.write(root.resolve("one/wheels"), "1.0");
    var folder = versions("one", ">=3.8");
    var skills = new ArrayList<Skill>();
    var calls = new ArrayList<CompletionStage<SkillResult>>();
    try {
      for (int i = 0; i < 4; i++) {
        skills.add(folder.load());
        calls.add(start(skills.getLast(), "{}"));
      }
      for (var each : calls) {
        assertThat(text(result(each))).endsWith(" 1.0");
      }
    } finally {
      skills.forEach(Skill::close);
    }
    assertThat(environments()).hasSize(1).allSatisfy(PythonSkillTest::isUsableWhereItStands);
  }

  private List<Path> environments() throws IOException {
    try (var inside = Files.list(root.resolve("cache/skills/python"))) {
      return inside.filter(Files::isDirectory).toList();
    }
  }

  private static void isUsableWhereItStands(Path environment) throws IOException {
    assertThat(environment.getFileName().toString()).doesNotStartWith("making");
    assertThat(Files.readString(environment.resolve("bin/tiny")))
        .startsWith("#!" + environment.resolve("bin/python"));
  }

  @Test
  void a_requirement_that_no_wheel_meets_is_told_in_the_words_of_pip() throws Exception {
    try (Skill skill = versions("one", ">=3.8").with("requirements.txt", "tiny==9\n").load()) {
      assertThat(failed(call(skill, "{}"), Cause.UNMET_NEEDS).reason())
          .contains("its Python environment cannot be made", "No matching distribution", "tiny==9");
      assertThat(environments()).isEmpty();
    }
  }

  @Test
  void a_skill_writes_nothing_into_its_own_folder() throws Exception {
    try (Skill skill = versions("one", ">=3.8").load()) {
      text(call(skill, "{}"));
    }
    try (var inside = Files.list(root.resolve("one"))) {
      assertThat(inside.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("skill.yaml", "versions.py");
    }
  }

  @Test
  void schemas_of_nanobot_become_json_schemas() throws Exception {
    var folder =
        skills("schemas")
            .with(
                "schemas.py",
                """
                from nanobot.agent.tools import ArraySchema, IntegerSchema, StringSchema
                from nanobot.agent.tools import Tool, tool_parameters, tool_parameters_schema

                @tool_parameters(
                    tool_parameters_schema(
                        words=ArraySchema(StringSchema("One word", min_length=2), min_items=1),
                        most=IntegerSchema(description="Of them", maximum=5, nullable=True),
                        required=["words"],
                    )
                )
                class Join(Tool):
                    name = "join"
                    description = "Joins words."

                    async def execute(self, words, most=None):
                        return "+".join(words[:most])
                """)
            .with("skill.yaml", "runtime: {python: '>=3.8'}\ntool: schemas.Join\n");
    try (Skill skill = folder.load("join")) {
      assertThat(skill.card().parameters())
          .isEqualTo(
              json(
                  """
                  {"type": "object",
                   "properties": {
                     "words": {"type": "array", "minItems": 1,
                       "items": {"type": "string", "description": "One word", "minLength": 2}},
                     "most": {"type": ["integer", "null"], "description": "Of them", "maximum": 5}},
                   "required": ["words"],
                   "additionalProperties": false}
                  """));
      assertThat(text(call(skill, "{\"words\": [\"ab\", \"cd\"], \"most\": \"1\"}")))
          .isEqualTo("ab");
      assertThat(
              failed(call(skill, "{\"words\": [\"a\"], \"x\": 1}"), Cause.INVALID_ARGUMENTS)
                  .reason())
          .contains("words[0] must be at least 2 chars", "unexpected parameter x");
    }
  }
}
