package io.nanoswarm.agent;

import io.nanoswarm.artifact.Depot;
import io.nanoswarm.blackboard.Blackboard;
import io.nanoswarm.bus.ChannelHub;
import io.nanoswarm.channel.DurableChannel;
import io.nanoswarm.memory.AgentMemory;
import io.nanoswarm.queue.TaskQueue;
import io.nanoswarm.serialization.CborSerializable;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionId;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;

/**
 * The doors of a control node, as a worker is told them when it joins: it runs no shards of its
 * own.
 *
 * @param sessions by session id
 * @param blackboards by session id
 * @param memories by {@link AgentMemory#entityId}
 * @param queues by role
 * @param channels by channel name
 * @param durableChannels by channel name
 * @param depots by the hash of an artifact
 */
public record Gate(
    ActorRef<ShardingEnvelope<Session.Command>> sessions,
    ActorRef<ShardingEnvelope<Blackboard.Command>> blackboards,
    ActorRef<ShardingEnvelope<AgentMemory.Command>> memories,
    ActorRef<ShardingEnvelope<TaskQueue.Command>> queues,
    ActorRef<ShardingEnvelope<ChannelHub.Command>> channels,
    ActorRef<ShardingEnvelope<DurableChannel.Command>> durableChannels,
    ActorRef<ShardingEnvelope<Depot.Command>> depots)
    implements CborSerializable {

  public void tellSession(SessionId session, Session.Command command) {
    sessions.tell(new ShardingEnvelope<>(session.value(), command));
  }

  public void tellQueue(AgentRole role, TaskQueue.Command command) {
    queues.tell(new ShardingEnvelope<>(role.value(), command));
  }
}
