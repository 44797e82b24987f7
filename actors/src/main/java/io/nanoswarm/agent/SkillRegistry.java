package io.nanoswarm.agent;

import com.fasterxml.jackson.databind.JsonNode;
import io.nanoswarm.skill.Skill;
import io.nanoswarm.skill.SkillCall;
import io.nanoswarm.skill.SkillCard;
import io.nanoswarm.skill.SkillName;
import io.nanoswarm.skill.SkillResult;
import io.nanoswarm.skill.Skills;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The skills of one agent, for as long as it is hosted: those that its spec names. */
public final class SkillRegistry implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SkillRegistry.class);

  private final SortedMap<SkillName, Skill> skills = new TreeMap<>();

  /**
   * @param skills each with a name of its own
   */
  public SkillRegistry(List<Skill> skills) {
    skills.forEach(skill -> this.skills.put(skill.card().name(), skill));
  }

  /**
   * The skills as one attempt sees them.
   *
   * @param over completes when the attempt has ended; calls end with it
   */
  public Skills during(SwarmContext swarm, Path workspace, CompletionStage<?> over) {
    return new DuringAttempt(swarm, workspace, over);
  }

  /** Does not wait; one that fails to close keeps no other from it. */
  @Override
  public void close() {
    skills
        .values()
        .forEach(skill -> Thread.ofVirtual().name("close-skill").start(() -> close(skill)));
  }

  private static void close(Skill skill) {
    try {
      skill.close();
    } catch (RuntimeException e) {
      LOG.warn("skill [{}] is not closed", skill.card().name(), e);
    }
  }

  private final class DuringAttempt implements Skills {
    private final SwarmContext swarm;
    private final Path workspace;
    private final Map<Long, CompletableFuture<Void>> open = new ConcurrentHashMap<>();
    private final AtomicLong calls = new AtomicLong();
    private volatile boolean over;

    DuringAttempt(SwarmContext swarm, Path workspace, CompletionStage<?> over) {
      this.swarm = swarm;
      this.workspace = workspace;
      var _ =
          over.thenRun(() -> {
            this.over = true;
            open.values().forEach(each -> each.complete(null));
          });
    }

    @Override
    public List<SkillCard> all() {
      return skills.values().stream().map(Skill::card).toList();
    }

    @Override
    public CompletionStage<SkillResult> call(SkillName name, JsonNode arguments) {
      Skill skill = skills.get(name);
      if (skill == null) {
        return CompletableFuture.completedStage(
            new SkillResult.Failed(
                SkillResult.Cause.UNKNOWN_SKILL,
                "no skill '%s' (this agent has: %s)".formatted(name, skills.keySet())));
      }
      var ends = new CompletableFuture<Void>();
      long number = calls.incrementAndGet();
      open.put(number, ends);
      if (over) {
        ends.complete(null);
      }
      var call = new SkillCall(name, arguments, swarm.timeLeft(), workspace, ends);
      return (skill instanceof SwarmSkill within ? within.call(call, swarm) : skill.call(call))
          .whenComplete((_, _) -> open.remove(number));
    }
  }
}
