package io.nanoswarm.supervisor;

import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.ClusterCommand;

/**
 * A node's part in the cluster, as its machine needs it.
 *
 * @param self the node that workers of the machine join the cluster through
 * @param cluster told which members are down
 */
public record Membership(Address self, ActorRef<ClusterCommand> cluster) {

  /** Of a node that is a member already. */
  public static Membership of(ActorSystem<?> system) {
    var cluster = Cluster.get(system);
    return new Membership(cluster.selfMember().address(), cluster.manager());
  }
}
