package io.nanoswarm.samples.s01hello;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.agent.Task;
import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.Priority;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.session.Workspace;
import io.nanoswarm.testkit.Ended;
import io.nanoswarm.testkit.ScriptedSwarm;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelloAgentTest {
  @TempDir Path cache;

  @Test
  void it_posts_a_greeting_as_the_answer_and_completes() throws Exception {
    var swarm = new ScriptedSwarm(cache);

    var attempt = swarm.perform(new HelloAgent(), greet("reader"), new AgentName("greeter-1"));

    assertThat(attempt.ended())
        .isCompletedWithValue(new Ended.Settled(new Outcome.Completed("greeted reader")));
    assertThat(swarm.entry("final/answer.md").orElseThrow().draft().content())
        .startsWith("Hello, reader! I am greeter-1");
  }

  private static Task greet(String whom) {
    var spec =
        new TaskSpec(
            TaskId.of(new SessionId("hello"), "greet"),
            new AgentRole("greeter"),
            "Greet " + whom,
            "Say hello.",
            Map.of(),
            List.of(),
            Priority.NORMAL,
            TaskSpec.Limits.DEFAULT);
    var workspace = new Workspace("/", new ArtifactRef("0".repeat(64), 0), 0, 0);
    return new Task(spec, new Goal(whom), workspace, 1, Instant.MAX, List.of(), null, null);
  }
}
