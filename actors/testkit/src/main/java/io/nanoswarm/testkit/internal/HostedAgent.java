package io.nanoswarm.testkit.internal;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.skill.Skill;
import java.util.List;
import java.util.function.Supplier;

/**
 * An agent of a test.
 *
 * @param agent made anew for every JVM
 * @param skills made anew for every JVM
 */
public record HostedAgent(
    AgentName name,
    AgentSpec spec,
    Supplier<? extends Agent> agent,
    List<Supplier<? extends Skill>> skills) {
  public HostedAgent {
    skills = List.copyOf(skills);
  }
}
