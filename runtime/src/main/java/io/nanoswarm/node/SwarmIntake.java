package io.nanoswarm.node;

import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.agent.CodeFolders;
import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.artifact.ArtifactStore;
import io.nanoswarm.artifact.ArtifactsAway;
import io.nanoswarm.definition.DefinitionCheck;
import io.nanoswarm.definition.Flaw;
import io.nanoswarm.definition.Similar;
import io.nanoswarm.definition.SwarmDefinition;
import io.nanoswarm.definition.SwarmDefinition.Agent;
import io.nanoswarm.offline.OfflineSwarm;
import io.nanoswarm.offline.SmallerSwarmPlanner;
import io.nanoswarm.planner.Planner;
import io.nanoswarm.planner.PlannerUnavailable;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.AgentWishes;
import io.nanoswarm.skills.SkillNeeds;
import io.nanoswarm.supervisor.Isolation;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Takes a definition in: checks it, keeps it, keeps its code, and says what it means here. */
final class SwarmIntake {
  private static final String USUAL = "the built-in swarm";

  private final SwarmSetup setup;
  private final SkillNeeds needs;
  private final Planner usual;
  private final ArtifactStore artifacts;
  private final KeptCode code;
  private final Executor blocking;

  /**
   * @param needs tells what agents need for their skills
   * @param usual plans for the built-in agents
   */
  SwarmIntake(
      SwarmSetup setup,
      SkillNeeds needs,
      Planner usual,
      ArtifactStore artifacts,
      KeptCode code,
      Executor blocking) {
    this.setup = setup;
    this.needs = needs;
    this.usual = usual;
    this.artifacts = artifacts;
    this.code = code;
    this.blocking = blocking;
  }

  /**
   * The swarm of a session that brings none.
   *
   * @throws SwarmProblem if roles, numbers or isolation make no sense
   */
  SessionSwarm usual(AgentWishes wishes) {
    var roster =
        Roster.of(setup.specs(), setup.counts())
            .with(wishes.counts(), isolation(wishes.isolation()));
    return new SessionSwarm(USUAL, roster, setup.atOnce(), List.of(), usual, null);
  }

  /**
   * @throws SwarmProblem if a request asks for roles that a swarm does not have, or for absurd
   *     numbers of them
   */
  void check(SwarmDefinition definition, Map<String, Integer> counts) {
    var roles = definition.agents().keySet();
    counts.forEach((role, count) -> {
      if (!roles.contains(role)) {
        throw new SwarmProblem(
            SwarmProblem.Kind.BAD_REQUEST,
            "no agent of swarm '%s' has the role '%s'".formatted(definition.name(), role),
            "the roles are " + String.join(", ", roles));
      }
    });
  }

  /** Fails with {@link SwarmProblem} if the definition is not one, or its code is not there. */
  CompletionStage<SessionSwarm> take(SwarmDefinition definition) {
    return CompletableFuture.supplyAsync(() -> takeNow(definition, code::keep), blocking);
  }

  /**
   * A session's swarm, as it was kept when the session was opened; with its code as it is now, or,
   * where its files are not on this node, as it was copied then.
   */
  CompletionStage<SessionSwarm> takeAgain(ArtifactRef kept) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return takeAgain(KeptSwarm.of(artifacts.get(kept)));
          } catch (IOException e) {
            throw unreadable(SwarmProblem.Kind.UNAVAILABLE, e);
          }
        },
        blocking);
  }

  private SessionSwarm takeAgain(KeptSwarm swarm) {
    var copies = swarm.copies();
    return takeNow(
        swarm.definition(),
        sources -> {
          try {
            return code.keep(sources);
          } catch (NoSuchFileException e) {
            if (copies == null) {
              throw e;
            }
            try {
              return code.keep(copies, artifacts);
            } catch (CodeFolders.CodeMissing missing) {
              throw unreadable(SwarmProblem.Kind.UNAVAILABLE, missing);
            }
          }
        });
  }

  /**
   * Who plans for a session, by what was kept of its swarm alone: neither its code nor this node's
   * skills matter to a plan. Fails with {@link PlannerUnavailable} if that cannot be read now, and
   * with {@link SwarmProblem} of {@link SwarmProblem.Kind#NOT_FOUND} if it is lost.
   */
  CompletionStage<Planner> plannerOf(ArtifactRef kept) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            var definition = KeptSwarm.of(artifacts.get(kept)).definition();
            return planner(
                definition,
                definition.agents().keySet().stream()
                    .map(AgentRole::new)
                    .collect(Collectors.toSet()));
          } catch (ArtifactsAway e) {
            throw new PlannerUnavailable(e);
          } catch (IOException e) {
            throw unreadable(SwarmProblem.Kind.NOT_FOUND, e);
          }
        },
        blocking);
  }

  /** Plans for sessions that bring no swarm. */
  Planner usualPlanner() {
    return usual;
  }

  private static SwarmProblem unreadable(SwarmProblem.Kind kind, Exception why) {
    return new SwarmProblem(
        kind, "the session's swarm cannot be read: " + why.getMessage(), "open the session anew");
  }

  /** Keeps files. */
  @FunctionalInterface
  private interface Keeping {
    KeptCode.Kept keep(List<String> sources) throws IOException, KeptCode.TooLarge;
  }

  private SessionSwarm takeNow(SwarmDefinition definition, Keeping keeping) {
    List<Flaw> flaws = DefinitionCheck.flaws(definition, setup.vocabulary(needs.folders()));
    if (!flaws.isEmpty()) {
      throw new SwarmProblem(
          SwarmProblem.Kind.BAD_REQUEST,
          "swarm '%s' is not defined well".formatted(definition.name()),
          flaws.stream().map(Flaw::toString).collect(Collectors.joining("\n")));
    }
    try {
      var kept = keeping.keep(definition.code());
      classes(definition, kept);
      var members = new ArrayList<Roster.Member>();
      definition
          .agents()
          .forEach((role, agent) -> members.add(member(role, agent, definition, kept)));
      var roster = new Roster(members);
      ArtifactRef ref = artifacts.put(new KeptSwarm(definition, copies(kept)).toJson());
      // All of them: agents of a user's own may hand tasks to any role of the swarm.
      return new SessionSwarm(
          definition.name(),
          roster,
          roster.roles(),
          definition.code(),
          planner(definition, roster.roles()),
          ref);
    } catch (KeptCode.TooLarge e) {
      throw new SwarmProblem(
          SwarmProblem.Kind.BAD_REQUEST,
          "the code of swarm '%s': %s".formatted(definition.name(), e.getMessage()),
          "leave out what its agents do not use, or make several jars of it");
    } catch (NoSuchFileException e) {
      throw new SwarmProblem(
          SwarmProblem.Kind.BAD_REQUEST,
          "the code of swarm '%s' is not there: %s".formatted(definition.name(), e.getMessage()),
          "build it");
    } catch (ZipException e) {
      throw new SwarmProblem(
          SwarmProblem.Kind.BAD_REQUEST,
          "the code of swarm '%s' cannot be used: %s".formatted(definition.name(), e.getMessage()),
          "build the project anew");
    } catch (IOException e) {
      throw new SwarmProblem(
          SwarmProblem.Kind.UNAVAILABLE,
          "swarm '%s' cannot be kept: %s".formatted(definition.name(), e.getMessage()),
          "free some space in the data folder if there is none, or see whether the database can be"
              + " reached; then open it again");
    }
  }

  private static KeptSwarm.@Nullable Copies copies(KeptCode.Kept kept) {
    return kept.parts().stream().anyMatch(part -> part.copy() != null)
        ? new KeptSwarm.Copies(kept.version(), kept.parts())
        : null;
  }

  /** Told here rather than by a JVM that was started in vain. */
  private static void classes(SwarmDefinition definition, KeptCode.Kept kept) throws IOException {
    var missing = new ArrayList<String>();
    for (Agent agent : definition.agents().values()) {
      if (agent.implementation() != null && !kept.holds(agent.implementation())) {
        missing.add(agent.implementation());
      }
    }
    for (SwarmDefinition.Skill skill : definition.skills().values()) {
      if (skill.implementation() != null && !kept.holds(skill.implementation())) {
        missing.add(skill.implementation());
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    var classes = kept.classes();
    throw new SwarmProblem(
        SwarmProblem.Kind.BAD_REQUEST,
        "the code of swarm '%s' has no class %s"
            .formatted(definition.name(), String.join(", ", missing)),
        missing.stream()
            .flatMap(name -> Similar.to(name, classes).stream())
            .findFirst()
            .map("did you mean %s?"::formatted)
            .orElse("is the name right, and is the project built?"));
  }

  /** The built-in planner where the agents are that it cannot do without. */
  private Planner planner(SwarmDefinition definition, Set<AgentRole> roles) {
    boolean offline = roles.containsAll(OfflineSwarm.needed());
    if (!definition.plan().isEmpty() || !offline) {
      return new DefinedPlanner(definition);
    }
    return new SmallerSwarmPlanner(
        usual,
        OfflineSwarm.counts().keySet().stream()
            .filter(roles::contains)
            .collect(Collectors.toSet()));
  }

  private Roster.Member member(
      String role, Agent agent, SwarmDefinition definition, KeptCode.Kept kept) {
    var spec =
        base(new AgentRole(role), agent, kept)
            .withInstructions(agent.instructions())
            .withSkills(
                agent.skills().stream().map(name -> DefinedSkills.spec(definition, name)).toList())
            .withNeeds(agent.needs());
    if (agent.heapMegabytes() != null) {
      spec = spec.withHeapMegabytes(agent.heapMegabytes());
    }
    var restarts = agent.restarts();
    if (restarts != null) {
      var usually = AgentSpec.Restarts.DEFAULT;
      spec =
          spec.withRestarts(
              new AgentSpec.Restarts(
                  restarts.limit(), restarts.within(), usually.minBackoff(), usually.maxBackoff()));
    }
    return new Roster.Member(
        needs.addedTo(spec, kept.classPath()), agent.instances(), isolation(agent.isolation()));
  }

  private AgentSpec base(AgentRole role, Agent agent, KeptCode.Kept kept) {
    if (agent.implementation() != null) {
      return AgentSpec.of(role, kept.code(agent.implementation()), agent.description());
    }
    var builtIn =
        setup.specs().stream()
            .filter(spec -> spec.role().value().equals(agent.builtIn()))
            .findFirst()
            .orElseThrow();
    // With the swarm's class path, where its skills have their classes.
    var spec =
        AgentSpec.of(
            role,
            kept.code(builtIn.code().implementation()),
            agent.description().isEmpty() ? builtIn.description() : agent.description());
    return spec.withHeapMegabytes(builtIn.heapMegabytes());
  }

  /**
   * @return null if nothing is said of it
   * @throws SwarmProblem if the word is none for it
   */
  static @Nullable Isolation isolation(@Nullable String word) {
    return switch (word) {
      case null -> null;
      case "process" -> Isolation.PROCESS;
      case "shared" -> Isolation.SHARED;
      default ->
          throw new SwarmProblem(
              SwarmProblem.Kind.BAD_REQUEST,
              "isolation: '%s'".formatted(word),
              "use process or shared");
    };
  }
}
