package io.nanoswarm.offline;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.session.AgentRole;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** The agents that the {@link OfflinePlanner}'s tasks need, as data. */
public final class OfflineSwarm {
  public static final AgentRole RESEARCHER = new AgentRole("researcher");
  public static final AgentRole CRITIC = new AgentRole("critic");
  public static final AgentRole COORDINATOR = new AgentRole("coordinator");

  private static final int RESEARCHER_HEAP_MEGABYTES = 128;
  private static final int SMALL_HEAP_MEGABYTES = 64;

  private OfflineSwarm() {}

  /** One for each role. */
  public static List<AgentSpec> specs() {
    return List.of(
        spec(
            RESEARCHER,
            ResearcherAgent.class,
            "indexes and searches parts of the workspace",
            RESEARCHER_HEAP_MEGABYTES),
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
    counts.put(CRITIC, 1);
    counts.put(COORDINATOR, 1);
    return counts;
  }

  private static AgentSpec spec(
      AgentRole role, Class<? extends Agent> agent, String description, int heapMegabytes) {
    return AgentSpec.of(role, agent, description).withHeapMegabytes(heapMegabytes);
  }
}
