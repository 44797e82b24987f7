package io.nanoswarm.node;

import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.placement.Offers;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.supervisor.Isolation;
import io.nanoswarm.supervisor.Supervisor;
import io.nanoswarm.supervisor.SupervisorView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;

/** The agents that sessions of this node may ask for, and those that run. */
final class AgentPool {
  private static final int MAX_OF_A_ROLE = 256;

  private final Asking asking;
  private final ActorRef<Supervisor.Command> supervisor;
  private final List<AgentSpec> specs;
  private final SequencedMap<AgentRole, Integer> defaults;

  AgentPool(
      Asking asking,
      ActorRef<Supervisor.Command> supervisor,
      List<AgentSpec> specs,
      SequencedMap<AgentRole, Integer> defaults) {
    this.asking = asking;
    this.supervisor = supervisor;
    this.specs = specs;
    this.defaults = defaults;
  }

  /**
   * How many agents of each role a request wants: the defaults, and what it says itself.
   *
   * @throws SwarmProblem if it names a role that nobody has, or an absurd number
   */
  Map<AgentSpec, Integer> wanted(Map<String, Integer> asked) {
    var wanted = new LinkedHashMap<AgentSpec, Integer>();
    for (AgentSpec spec : specs) {
      wanted.put(
          spec, asked.getOrDefault(spec.role().value(), defaults.getOrDefault(spec.role(), 1)));
    }
    asked.forEach(this::check);
    return wanted;
  }

  private void check(String role, int count) {
    if (specs.stream().noneMatch(spec -> spec.role().value().equals(role))) {
      throw new SwarmProblem(
          SwarmProblem.Kind.BAD_REQUEST,
          "no agent has the role '%s'".formatted(role),
          "the roles are "
              + specs.stream().map(spec -> spec.role().value()).collect(Collectors.joining(", ")));
    }
    if (count < 1 || count > MAX_OF_A_ROLE) {
      throw new SwarmProblem(
          SwarmProblem.Kind.BAD_REQUEST,
          "%s=%d (expected: 1 to %d)".formatted(role, count, MAX_OF_A_ROLE),
          "about 25 agents run well on two cores");
    }
  }

  /**
   * Refuses agents for which the machine has no memory.
   *
   * @throws SwarmProblem if there is too little
   */
  void checkMemory(Map<AgentSpec, Integer> wanted, Isolation isolation) {
    Memory.check(wanted.values().stream().mapToInt(Integer::intValue).sum(), isolation);
  }

  /** Completes when every agent that is wanted has a slot; that its JVM is up is not waited for. */
  CompletionStage<Void> ensure(Map<AgentSpec, Integer> wanted, Isolation isolation) {
    CompletionStage<Void> all = CompletableFuture.completedFuture(null);
    for (var each : wanted.entrySet()) {
      all = all.thenCompose(_ -> ensure(each.getKey(), each.getValue(), isolation));
    }
    return all;
  }

  private CompletionStage<Void> ensure(AgentSpec spec, int count, Isolation isolation) {
    return asking
        .<Supervisor.Command, Supervisor.EnsureReply>ask(
            supervisor, replyTo -> new Supervisor.Ensure(spec, count, isolation, replyTo))
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

  CompletionStage<Offers> offers() {
    return asking.ask(supervisor, Supervisor.GetOffers::new);
  }

  CompletionStage<Supervisor.Stopped> stopAll() {
    return asking.ask(supervisor, Supervisor.StopAll::new);
  }
}
