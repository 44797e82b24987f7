package io.nanoswarm.node;

import io.nanoswarm.api.NodesView;
import io.nanoswarm.api.NodesView.NodeView;
import io.nanoswarm.cluster.NodeRole;
import io.nanoswarm.cluster.versions.WireVersion;
import io.nanoswarm.supervisor.MachinesView;
import io.nanoswarm.supervisor.MachinesView.MachineView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.ClusterEvent.CurrentClusterState;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.jspecify.annotations.Nullable;

/** The nodes of the cluster as people see them, and what can be done about one. */
public final class ClusterView {
  private final ActorSystem<?> system;
  private final AgentPool pool;

  ClusterView(ActorSystem<?> system, AgentPool pool) {
    this.system = system;
    this.pool = pool;
  }

  public CompletionStage<NodesView> nodes() {
    return pool.machines().thenApply(this::view);
  }

  /**
   * Has a node's agents replaced elsewhere; it takes no others. Fails with {@link SwarmProblem} if
   * there is no machine of that name.
   */
  public CompletionStage<NodesView> drain(String node) {
    return pool.machines()
        .thenCompose(machines -> {
          if (machines.machines().stream().noneMatch(each -> each.node().equals(node))) {
            throw new SwarmProblem(
                SwarmProblem.Kind.NOT_FOUND,
                "no machine '%s'".formatted(node),
                "the nodes are listed by `swarm nodes`");
          }
          return pool.drain(node);
        })
        .thenApply(this::view);
  }

  private NodesView view(MachinesView machines) {
    CurrentClusterState state = Cluster.get(system).state();
    Map<String, MachineView> byNode =
        machines.machines().stream()
            .collect(Collectors.toMap(MachineView::node, Function.identity(), (_, last) -> last));
    var members = new ArrayList<Member>();
    state.getMembers().forEach(members::add);
    members.removeIf(member -> member.hasRole(NodeRole.WORKER.id()));
    members.sort((one, other) -> one.isOlderThan(other) ? -1 : one.equals(other) ? 0 : 1);
    Optional<Member> supervises =
        members.stream()
            .filter(member -> member.hasRole(NodeRole.CONTROL.id()))
            .filter(member -> member.status().equals(MemberStatus.up()))
            .findFirst();
    return new NodesView(
        members.stream()
            .map(member ->
                view(
                    member,
                    state.getUnreachable().contains(member),
                    supervises.filter(member::equals).isPresent(),
                    byNode.get(MachineNodes.name(member.address()))))
            .toList());
  }

  private static NodeView view(
      Member member, boolean unreachable, boolean supervises, @Nullable MachineView machine) {
    return new NodeView(
        MachineNodes.name(member.address()),
        List.copyOf(member.getRoles()).stream()
            .filter(role -> !role.startsWith("dc-"))
            .sorted()
            .toList(),
        state(member, unreachable, machine),
        supervises,
        machine == null ? null : machine.agents(),
        machine == null ? null : AgentViews.view(machine.offers()),
        WireVersion.ofMember(member.appVersion().version()).speaks());
  }

  private static String state(Member member, boolean unreachable, @Nullable MachineView machine) {
    if (unreachable) {
      return "unreachable";
    }
    if (member.status().equals(MemberStatus.up())) {
      return machine != null && machine.leaving() ? "draining" : "up";
    }
    return switch (member.status().toString().toLowerCase(Locale.ROOT)) {
      case "joining", "weaklyup" -> "joining";
      case "leaving", "exiting" -> "leaving";
      default -> "down";
    };
  }
}
