package io.nanoswarm.supervisor;

import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.session.AgentName;

/** One agent that shall run: the wish that a slot keeps fulfilling. */
public record DesiredAgent(AgentName name, AgentSpec spec, Isolation isolation) {}
