package io.nanoswarm.node;

import com.typesafe.config.Config;
import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.artifact.ArtifactStore;
import io.nanoswarm.definition.Vocabulary;
import io.nanoswarm.launch.DataFolder;
import io.nanoswarm.launch.ProcessLauncher;
import io.nanoswarm.offline.OfflinePlanner;
import io.nanoswarm.offline.OfflineSwarm;
import io.nanoswarm.planner.Planner;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.skills.SkillNeeds;
import io.nanoswarm.skills.WorkerSkills;
import io.nanoswarm.supervisor.WorkerLauncher;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * What a swarm is made of.
 *
 * @param specs the agents there can be, one spec for each role
 * @param counts how many of each role a session has that does not say
 * @param atOnce roles that start with a session, before it is planned: those that every plan has
 *     tasks for, and all that an agent may hand a task to. The others start when a plan has tasks
 *     for them
 * @param planner who splits goals into tasks
 * @param launcher who starts the JVMs of agents
 */
public record SwarmSetup(
    List<AgentSpec> specs,
    SequencedMap<AgentRole, Integer> counts,
    Set<AgentRole> atOnce,
    PlannerFactory planner,
    LauncherFactory launcher) {
  /** Makes the planner of a node. */
  @FunctionalInterface
  public interface PlannerFactory {
    /**
     * @param blocking for work that blocks
     */
    Planner create(ArtifactStore artifacts, Executor blocking);
  }

  /** Makes the launcher of a node. */
  @FunctionalInterface
  public interface LauncherFactory {
    /**
     * @param config of the node, of which workers share a part
     */
    WorkerLauncher create(DataFolder data, Config config);
  }

  public SwarmSetup {
    specs = List.copyOf(specs);
    counts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(counts));
    atOnce = Set.copyOf(atOnce);
  }

  /** A swarm whose agents all start at once. */
  public SwarmSetup(
      List<AgentSpec> specs,
      SequencedMap<AgentRole, Integer> counts,
      PlannerFactory planner,
      LauncherFactory launcher) {
    this(
        specs,
        counts,
        specs.stream().map(AgentSpec::role).collect(Collectors.toSet()),
        planner,
        launcher);
  }

  /** The built-in agents, which need no model, each in a process of its own. */
  public static SwarmSetup offline() {
    return new SwarmSetup(
        OfflineSwarm.specs(),
        OfflineSwarm.counts(),
        OfflineSwarm.needed(),
        OfflinePlanner::new,
        SwarmSetup::processes);
  }

  /**
   * What a definition may name that comes with this setup.
   *
   * @param skillFolders where folders of skills are looked for
   */
  Vocabulary vocabulary(List<Path> skillFolders) {
    return new Vocabulary(
        specs.stream().map(spec -> spec.role().value()).toList(),
        WorkerSkills.builtIn(),
        skillFolders);
  }

  /** The same swarm, whose agents need what their skills need as well. Blocks. */
  SwarmSetup with(SkillNeeds needs) {
    return new SwarmSetup(
        specs.stream().map(spec -> needs.addedTo(spec, List.of())).toList(),
        counts,
        atOnce,
        planner,
        launcher);
  }

  /** The same swarm with other workers. */
  public SwarmSetup launchedBy(LauncherFactory other) {
    return new SwarmSetup(specs, counts, atOnce, planner, other);
  }

  /** Every worker is a process of this machine, with the class path of this JVM. */
  public static WorkerLauncher processes(DataFolder data, Config config) {
    return ProcessLauncher.create(data, config, List.of());
  }
}
