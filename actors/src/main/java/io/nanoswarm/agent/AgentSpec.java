package io.nanoswarm.agent;

import io.nanoswarm.serialization.CborSerializable;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Need;
import io.nanoswarm.skill.SkillSpec;
import java.time.Duration;
import java.util.List;

/**
 * What an agent is, as data.
 *
 * @param role the queue it claims from
 * @param code its class, and where that is found
 * @param description one line for people
 * @param instructions what the agent is told with every task, for agents that read it
 * @param skills what it may use; each name once
 * @param needs what a node must have to host it
 * @param heapMegabytes the most heap its JVM may take, 32 to 65536
 * @param restarts what happens when its JVM ends unasked
 */
public record AgentSpec(
    AgentRole role,
    AgentCode code,
    String description,
    String instructions,
    List<SkillSpec> skills,
    List<Need> needs,
    int heapMegabytes,
    Restarts restarts)
    implements CborSerializable {
  private static final int DEFAULT_HEAP_MEGABYTES = 64;

  /**
   * @param limit deaths within the window after which the slot gives up, 1 to 1000
   * @param within the window
   * @param minBackoff before the first restart; doubles with every further death within the window,
   *     with jitter
   * @param maxBackoff the longest wait before a restart
   */
  public record Restarts(int limit, Duration within, Duration minBackoff, Duration maxBackoff) {
    public static final Restarts DEFAULT =
        new Restarts(8, Duration.ofMinutes(2), Duration.ofMillis(100), Duration.ofSeconds(10));

    public Restarts {
      if (limit < 1 || limit > 1000) {
        throw new IllegalArgumentException(
            "restarts.limit: %d (expected: 1 to 1000)".formatted(limit));
      }
      if (!within.isPositive()
          || !minBackoff.isPositive()
          || maxBackoff.compareTo(minBackoff) < 0) {
        throw new IllegalArgumentException(
            "restarts: within %s, backoff %s to %s (expected: > 0, min <= max)"
                .formatted(within, minBackoff, maxBackoff));
      }
    }
  }

  public AgentSpec {
    if (heapMegabytes < 32 || heapMegabytes > 65_536) {
      throw new IllegalArgumentException(
          "heapMegabytes: %d (expected: 32 to 65536)".formatted(heapMegabytes));
    }
    skills = List.copyOf(skills);
    needs = List.copyOf(needs);
    if (skills.stream().map(SkillSpec::name).distinct().count() < skills.size()) {
      throw new IllegalArgumentException(
          "skills of %s: %s (expected: each name once)"
              .formatted(role, skills.stream().map(SkillSpec::name).toList()));
    }
  }

  /** An agent of the worker's own class path, with little heap and no skills. */
  public static AgentSpec of(AgentRole role, Class<? extends Agent> agent, String description) {
    return of(role, AgentCode.ofClassPath(agent.getName()), description);
  }

  /** An agent of this code, with little heap and no skills. */
  public static AgentSpec of(AgentRole role, AgentCode code, String description) {
    return new AgentSpec(
        role,
        code,
        description,
        "",
        List.of(),
        List.of(),
        DEFAULT_HEAP_MEGABYTES,
        Restarts.DEFAULT);
  }

  public AgentSpec withCode(AgentCode other) {
    return new AgentSpec(
        role, other, description, instructions, skills, needs, heapMegabytes, restarts);
  }

  public AgentSpec withInstructions(String text) {
    return new AgentSpec(role, code, description, text, skills, needs, heapMegabytes, restarts);
  }

  public AgentSpec withSkills(List<SkillSpec> other) {
    return new AgentSpec(
        role, code, description, instructions, other, needs, heapMegabytes, restarts);
  }

  public AgentSpec withNeeds(List<Need> other) {
    return new AgentSpec(
        role, code, description, instructions, skills, other, heapMegabytes, restarts);
  }

  public AgentSpec withHeapMegabytes(int other) {
    return new AgentSpec(role, code, description, instructions, skills, needs, other, restarts);
  }

  public AgentSpec withRestarts(Restarts other) {
    return new AgentSpec(
        role, code, description, instructions, skills, needs, heapMegabytes, other);
  }
}
