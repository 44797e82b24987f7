package io.nanoswarm.node;

import io.nanoswarm.cluster.NodeRole;
import java.util.HashSet;
import java.util.Set;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/** Which nodes of the cluster have a machine. */
final class MachineNodes {
  private MachineNodes() {}

  /** Those that are up and can be reached, as {@code host:port}. */
  static Set<String> of(ActorSystem<?> system) {
    var state = Cluster.get(system).state();
    var nodes = new HashSet<String>();
    state
        .getMembers()
        .forEach(member -> {
          if (member.hasRole(NodeRole.MACHINE.id())
              && member.status().equals(MemberStatus.up())
              && !state.getUnreachable().contains(member)) {
            nodes.add(name(member.address()));
          }
        });
    return nodes;
  }

  /** A node as people name it. */
  static String name(Address address) {
    return address.hostPort().replaceFirst(".*@", "");
  }
}
