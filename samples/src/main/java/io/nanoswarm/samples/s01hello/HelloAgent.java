package io.nanoswarm.samples.s01hello;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.session.Outcome;
import org.apache.pekko.actor.typed.Behavior;

/** Answers every goal with a greeting. */
public final class HelloAgent implements Agent {
  @Override
  public Behavior<Message> create() {
    return Agent.blocking(
            (task, swarm) -> {
              swarm.progress("greeting");
              var answer = EntryPath.in(Section.FINAL, "answer");
              var draft = Draft.of(answer, "# Hello\n\nYou asked: " + task.goal().text());
              swarm.blackboard().post(draft).toCompletableFuture().get();
              return new Outcome.Completed("said hello");
            })
        .create();
  }
}
