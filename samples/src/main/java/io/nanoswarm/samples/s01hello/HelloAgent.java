package io.nanoswarm.samples.s01hello;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.SwarmContext;
import io.nanoswarm.agent.Task;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.session.Outcome;
import org.apache.pekko.actor.typed.Behavior;

/** Greets whom the goal names. */
public final class HelloAgent implements Agent {
  @Override
  public Behavior<Message> create() {
    return Agent.blocking(HelloAgent::greet).create();
  }

  private static Outcome greet(Task task, SwarmContext swarm) {
    var greeting =
        "Hello, %s! I am %s, in process %d.\n"
            .formatted(task.goal().text(), swarm.self(), ProcessHandle.current().pid());
    var answer = Draft.of(new EntryPath("final/answer.md"), greeting);
    var _ = swarm.blackboard().post(answer).toCompletableFuture().join();
    return new Outcome.Completed("greeted " + task.goal().text());
  }
}
