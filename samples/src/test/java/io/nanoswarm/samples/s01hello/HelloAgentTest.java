package io.nanoswarm.samples.s01hello;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.testkit.ScriptedSwarm;
import io.nanoswarm.testkit.ScriptedTask;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelloAgentTest {
  @TempDir Path cache;

  @Test
  void it_answers_with_a_greeting_and_completes() throws Exception {
    var swarm = new ScriptedSwarm(cache);

    var attempt =
        swarm.perform(new HelloAgent(), ScriptedTask.named("greet").withGoal("anybody there?"));

    assertThat(attempt.ended()).isCompletedWithValue(AttemptEnd.completed("said hello"));
    assertThat(swarm.entry("final/answer.md").orElseThrow().draft().content())
        .isEqualTo("# Hello\n\nYou asked: anybody there?");
    assertThat(attempt.progress()).containsExactly("greeting");
  }

  @Test
  void the_agent_that_the_readme_shows_is_this_one() throws Exception {
    var root = Path.of("").toAbsolutePath().getParent();
    var source = "samples/src/main/java/io/nanoswarm/samples/s01hello/HelloAgent.java";

    assertThat(Files.readString(root.resolve("README.md")))
        .contains("```java\n" + Files.readString(root.resolve(source)) + "```");
  }
}
