package io.nanoswarm.orchestrator;

import io.nanoswarm.agent.Gate;
import io.nanoswarm.directory.SessionDirectory;
import io.nanoswarm.mirror.Mirror;
import io.nanoswarm.planner.Planner;
import io.nanoswarm.session.SessionId;
import java.time.InstantSource;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.RecipientRef;

/**
 * What every orchestrator of a node is given.
 *
 * @param mirror makes the mirror of a session's blackboard on this machine
 */
public record OrchestratorLinks(
    Gate gate,
    RecipientRef<SessionDirectory.Command> directory,
    Planner planner,
    Function<SessionId, Behavior<Mirror.Command>> mirror,
    OrchestratorSettings settings,
    InstantSource clock) {}
