package io.nanoswarm.agent;

import io.nanoswarm.queue.TaskQueue;
import io.nanoswarm.serialization.CborSerializable;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;

/**
 * The doors of the control nodes, as a worker is told them when it joins: it runs no shards of its
 * own.
 *
 * @param queues the task queues, by role
 */
public record Gate(ActorRef<ShardingEnvelope<TaskQueue.Command>> queues)
    implements CborSerializable {}
