package io.nanoswarm.node;

import io.nanoswarm.agent.AgentCode;
import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.planner.Planner;
import io.nanoswarm.session.AgentRole;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The swarm that a session works with.
 *
 * @param name for people
 * @param roster its agents
 * @param atOnce roles that start before there is a plan; all others start when a plan has tasks for
 *     them
 * @param sources the files that its code was taken from, empty for the built-in swarm
 * @param planner splits its goal
 * @param definition where the definition is kept, null for the built-in swarm
 */
record SessionSwarm(
    String name,
    Roster roster,
    Set<AgentRole> atOnce,
    List<String> sources,
    Planner planner,
    @Nullable ArtifactRef definition) {
  SessionSwarm {
    atOnce = Set.copyOf(atOnce);
    sources = List.copyOf(sources);
  }

  /** The agents that start at once. */
  Roster first() {
    return roster.of(atOnce);
  }

  /** Of the agents that do not start at once, those of some roles. */
  Roster others(Set<AgentRole> roles) {
    var others = new HashSet<>(roles);
    others.removeAll(atOnce);
    return roster.of(others);
  }

  /**
   * Whether this is the same swarm, whatever was changed in it: two may bear one name, as they have
   * that of their folder, but then their code is not the same files.
   */
  boolean isAnotherStateOf(SessionSwarm other) {
    return name.equals(other.name)
        && (sources.isEmpty() == other.sources.isEmpty())
        && (sources.isEmpty() || !Collections.disjoint(sources, other.sources));
  }

  /**
   * Whether the roles that both have mean the same agents, be it in another state of their code.
   */
  boolean agreesWith(SessionSwarm other) {
    return roster.members().stream()
        .allMatch(member ->
            other
                .roster()
                .member(member.role())
                .map(theirs -> same(member.spec(), theirs.spec(), sources.equals(other.sources())))
                .orElse(true));
  }

  private static boolean same(AgentSpec ours, AgentSpec theirs, boolean sameSources) {
    return ours.equals(theirs) || (sameSources && bare(ours).equals(bare(theirs)));
  }

  private static AgentSpec bare(AgentSpec spec) {
    return spec.withCode(AgentCode.ofClassPath(spec.code().implementation()));
  }
}
