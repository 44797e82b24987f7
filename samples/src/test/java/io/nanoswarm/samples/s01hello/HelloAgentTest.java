package io.nanoswarm.samples.s01hello;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.Task;
import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.session.Workspace;
import io.nanoswarm.testkit.ScriptedSwarm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelloAgentTest {
  @TempDir Path cache;

  @Test
  void it_answers_with_a_greeting_and_completes() throws Exception {
    var swarm = new ScriptedSwarm(cache);

    var attempt =
        swarm.perform(new HelloAgent(), task("anybody there?"), new AgentName("greeter-1"));

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

  private static Task task(String goal) {
    var spec =
        TaskSpec.of(
            TaskId.of(new SessionId("hello"), "greet"), new AgentRole("greeter"), "Say hello");
    var workspace = new Workspace("/", new ArtifactRef("0".repeat(64), 0), 0, 0);
    return new Task(spec, new Goal(goal), workspace, 1, Instant.MAX, List.of(), null, null, null);
  }
}
