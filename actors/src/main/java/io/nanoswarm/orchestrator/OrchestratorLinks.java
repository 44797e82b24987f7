package io.nanoswarm.orchestrator;

import io.nanoswarm.agent.Gate;
import io.nanoswarm.directory.SessionDirectory;
import io.nanoswarm.mirror.Mirror;
import io.nanoswarm.planner.Planner;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.supervisor.Supervisor;
import java.time.InstantSource;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.RecipientRef;

/**
 * What every orchestrator of a node is given.
 *
 * @param supervisor is asked whether anybody is left to do what waits
 * @param mirror makes the mirror of a session's blackboard on this machine
 */
public record OrchestratorLinks(
    Gate gate,
    RecipientRef<SessionDirectory.Command> directory,
    ActorRef<Supervisor.Command> supervisor,
    Planner planner,
    Function<SessionId, Behavior<Mirror.Command>> mirror,
    OrchestratorSettings settings,
    InstantSource clock) {}
