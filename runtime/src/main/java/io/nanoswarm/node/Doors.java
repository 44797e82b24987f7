package io.nanoswarm.node;

import io.nanoswarm.agent.Gate;
import io.nanoswarm.artifact.ArtifactStore;
import io.nanoswarm.artifact.Depot;
import io.nanoswarm.blackboard.Blackboard;
import io.nanoswarm.blackboard.BlackboardSettings;
import io.nanoswarm.bus.BusSettings;
import io.nanoswarm.bus.ChannelHub;
import io.nanoswarm.channel.DurableChannel;
import io.nanoswarm.channel.DurableChannelSettings;
import io.nanoswarm.memory.AgentMemory;
import io.nanoswarm.memory.AgentMemorySettings;
import io.nanoswarm.queue.TaskQueue;
import io.nanoswarm.queue.TaskQueueSettings;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionSettings;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorSystem;

/** The doors of this node to what control nodes host. */
final class Doors {
  /** The name of the cluster singleton. */
  static final String SUPERVISOR = "supervisor";

  private Doors() {}

  /**
   * On a control node they lead to its own shards as well; on another just to those of control
   * nodes.
   */
  static Gate open(
      ActorSystem<?> system, ArtifactStore artifacts, Executor blocking, InstantSource clock) {
    var sessions = Session.initSharding(system, SessionSettings.create(system), clock);
    return new Gate(
        sessions,
        Blackboard.initSharding(system, BlackboardSettings.create(system), clock),
        AgentMemory.initSharding(system, AgentMemorySettings.create(system)),
        TaskQueue.initSharding(system, TaskQueueSettings.create(system), clock, sessions),
        ChannelHub.initSharding(system, BusSettings.create(system)),
        DurableChannel.initSharding(system, DurableChannelSettings.create(system)),
        Depot.initSharding(system, artifacts, blocking));
  }
}
