package io.nanoswarm.node;

import io.nanoswarm.offline.OfflineSwarm;
import io.nanoswarm.offline.embedding.EmbeddingModel;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.supervisor.Isolation;
import io.nanoswarm.supervisor.MachinesView;
import io.nanoswarm.supervisor.Supervisor;
import io.nanoswarm.supervisor.SupervisorView;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;

/** The agents of the swarm. */
final class AgentPool {
  private static final Set<AgentRole> USING_MODEL =
      Set.of(OfflineSwarm.RESEARCHER, OfflineSwarm.COORDINATOR);

  private final Asking asking;
  private final ActorRef<Supervisor.Command> supervisor;

  AgentPool(Asking asking, ActorRef<Supervisor.Command> supervisor) {
    this.asking = asking;
    this.supervisor = supervisor;
  }

  /**
   * Refuses agents for which the machine has no memory.
   *
   * @throws SwarmProblem if there is too little
   */
  void checkMemory(Roster roster, Isolation isolation) {
    Memory.check(roster.agents(), isolation, models(roster));
  }

  private static int models(Roster roster) {
    return EmbeddingModel.added().isEmpty()
        ? 0
        : roster.members().stream()
            .filter(each -> USING_MODEL.contains(each.spec().role()))
            .mapToInt(Roster.Member::count)
            .sum();
  }

  /** Completes when every agent that is wanted has a slot; that its JVM is up is not waited for. */
  CompletionStage<Void> ensure(Roster roster, Isolation isolation) {
    CompletionStage<Void> all = CompletableFuture.completedFuture(null);
    for (Roster.Member each : roster.members()) {
      all = all.thenCompose(_ -> ensure(each, isolation));
    }
    return all;
  }

  /** Agents of the role that have another spec are replaced. */
  CompletionStage<Void> ensure(Roster.Member member, Isolation otherwise) {
    Isolation isolation = member.isolation() == null ? otherwise : member.isolation();
    return asking
        .<Supervisor.Command, Supervisor.EnsureReply>ask(
            supervisor,
            replyTo -> new Supervisor.Ensure(member.spec(), member.count(), isolation, replyTo))
        .thenAccept(reply -> {
          switch (reply) {
            case Supervisor.Ensured _ -> {}
            case Supervisor.Refused(var reason) ->
                throw new SwarmProblem(
                    SwarmProblem.Kind.UNAVAILABLE, reason, "ask for fewer agents");
          }
        });
  }

  CompletionStage<SupervisorView> view() {
    return asking.ask(supervisor, Supervisor.GetAgents::new);
  }

  CompletionStage<MachinesView> machines() {
    return asking.ask(supervisor, Supervisor.GetMachines::new);
  }

  /** The agents of a node are replaced elsewhere. */
  CompletionStage<MachinesView> drain(String node) {
    return asking.ask(supervisor, replyTo -> new Supervisor.Drain(node, replyTo));
  }

  /** Kills an agent's JVM, for another to be started; completes with whether there is one. */
  CompletionStage<Boolean> restart(AgentName agent) {
    return asking
        .<Supervisor.Command, Supervisor.RestartReply>ask(
            supervisor, replyTo -> new Supervisor.Restart(agent, replyTo))
        .thenApply(Supervisor.RestartReply::known);
  }

  CompletionStage<Supervisor.Stopped> stopAll() {
    return asking.ask(supervisor, Supervisor.StopAll::new);
  }
}
