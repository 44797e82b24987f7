package io.nanoswarm.agent;

import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.LogFields;
import java.util.Map;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Has what an agent logs name its attempt: session, task, attempt and agent. Threads that it starts
 * itself are its own affair; those of {@link Agent.Blocking} are given the same.
 */
final class AttemptLog {
  private Map<String, String> fields;

  private AttemptLog(AgentName agent) {
    fields = LogFields.of(agent);
  }

  static Behavior<Agent.Message> around(AgentName name, Behavior<Agent.Message> agent) {
    return Behaviors.setup(_ -> {
      var log = new AttemptLog(name);
      return Behaviors.withMdc(Agent.Message.class, log::after, agent);
    });
  }

  private Map<String, String> after(Agent.Message message) {
    switch (message) {
      case Agent.Perform(_, AttemptContext swarm) -> fields = swarm.logFields();
      case Agent.Wake(_, AttemptContext swarm) -> fields = swarm.logFields();
      case Agent.Perform _, Agent.Wake _, Agent.Cancel _, Agent.Heard _ -> {}
    }
    return fields;
  }
}
