package io.nanoswarm.skills.process;

import static io.nanoswarm.skills.process.SkillFolder.awaitNoProcess;
import static io.nanoswarm.skills.process.SkillFolder.call;
import static io.nanoswarm.skills.process.SkillFolder.failed;
import static io.nanoswarm.skills.process.SkillFolder.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.skill.Skill;
import io.nanoswarm.skill.SkillResult.Cause;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Modules of Node as skills. */
@EnabledIf(
    value = "io.nanoswarm.skills.process.Here#hasNode",
    disabledReason = "needs Node 18 or newer")
final class NodeSkillTest {
  @TempDir Path root;

  private SkillFolder folder() throws IOException {
    return new SkillFolder(root.resolve("skill"), root.resolve("cache"))
        .with(
            "greet.mjs",
            """
            export const name = "greet";
            export const description = "Greets somebody.";
            export const parameters = { type: "object", properties: { who: { type: "string" } } };
            export async function execute({ who }) {
              console.log("noise, which is no answer");
              process.stdout.write("more of it\\n");
              if (who === "trouble") throw new Error("trouble");
              return { greeting: "hello " + who };
            }
            """)
        .with("skill.yaml", "runtime: {node: '>=18'}\ntool: greet.mjs\n");
  }

  @AfterEach
  void nothing_is_left() {
    awaitNoProcess();
  }

  @Test
  void a_module_of_node_is_a_skill() throws Exception {
    try (Skill skill = folder().load("greet")) {
      assertThat(skill.card().description()).isEqualTo("Greets somebody.");
      assertThat(text(call(skill, "{\"who\": \"you\"}"))).isEqualTo("{\"greeting\":\"hello you\"}");
      assertThat(failed(call(skill, "{\"who\": \"trouble\"}"), Cause.FAILED).reason())
          .isEqualTo("trouble");
    }
  }
}
