package io.nanoswarm.node;

import io.nanoswarm.agent.Gate;
import io.nanoswarm.bus.MessageBus;
import io.nanoswarm.directory.SessionDirectory;
import io.nanoswarm.feed.SessionFeeds;
import io.nanoswarm.orchestrator.Orchestrator;
import io.nanoswarm.supervisor.Machine;
import io.nanoswarm.supervisor.Supervisor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;

/** The actors of a control node that others talk to. */
public record ControlParts(
    Gate gate,
    RecipientRef<SessionDirectory.Command> directory,
    ActorRef<ShardingEnvelope<Orchestrator.Command>> orchestrators,
    ActorRef<Supervisor.Command> supervisor,
    ActorRef<Machine.Command> machine,
    MessageBus bus,
    ActorRef<SessionFeeds.Command> feeds) {}
