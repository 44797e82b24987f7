package io.nanoswarm.offline;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.session.AgentRole;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/** The agents that the {@link OfflinePlanner}'s tasks need, as data. */
public final class OfflineSwarm {
  public static final AgentRole RESEARCHER = new AgentRole("researcher");
  public static final AgentRole ARCHITECT = new AgentRole("architect");
  public static final AgentRole ANALYST = new AgentRole("analyst");
  public static final AgentRole CRITIC = new AgentRole("critic");
  public static final AgentRole COORDINATOR = new AgentRole("coordinator");

  private static final int READING_HEAP_MEGABYTES = 128;
  private static final int SMALL_HEAP_MEGABYTES = 64;

  private OfflineSwarm() {}

  /** One for each role. */
  public static List<AgentSpec> specs() {
    return List.of(
        spec(
            RESEARCHER,
            ResearcherAgent.class,
            "indexes and searches parts of the workspace",
            READING_HEAP_MEGABYTES),
        spec(
            ARCHITECT,
            ArchitectAgent.class,
            "says what depends on what, above all around what was found",
            READING_HEAP_MEGABYTES),
        spec(
            ANALYST,
            AnalystAgent.class,
            "counts sizes, changes, tests and what authors left for later",
            READING_HEAP_MEGABYTES),
        spec(
            CRITIC,
            CriticAgent.class,
            "compares every quotation with its file and judges it",
            SMALL_HEAP_MEGABYTES),
        spec(
            COORDINATOR,
            CoordinatorAgent.class,
            "answers in sentences that stand in the files",
            SMALL_HEAP_MEGABYTES));
  }

  /** How many agents of each role do the work of one session well. */
  public static SequencedMap<AgentRole, Integer> counts() {
    var counts = new LinkedHashMap<AgentRole, Integer>();
    counts.put(RESEARCHER, 2);
    counts.put(ARCHITECT, 1);
    counts.put(ANALYST, 1);
    counts.put(CRITIC, 1);
    counts.put(COORDINATOR, 1);
    return counts;
  }

  /** Roles without which there is no search; a swarm that lacks others has a smaller plan. */
  public static Set<AgentRole> needed() {
    return Set.of(RESEARCHER, CRITIC, COORDINATOR);
  }

  private static AgentSpec spec(
      AgentRole role, Class<? extends Agent> agent, String description, int heapMegabytes) {
    return AgentSpec.of(role, agent, description).withHeapMegabytes(heapMegabytes);
  }
}
