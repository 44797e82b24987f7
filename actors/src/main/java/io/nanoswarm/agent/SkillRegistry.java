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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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
  Skills during(SwarmContext swarm, Path workspace, AttemptSpans spans, CompletionStage<?> over) {
    return new DuringAttempt(swarm, workspace, spans, over);
  }

  /** Without traces. */
  public Skills during(SwarmContext swarm, Path workspace, CompletionStage<?> over) {
    return new DuringAttempt(swarm, workspace, null, over);
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
    private final @Nullable AttemptSpans spans;
    private final Map<Long, CompletableFuture<Void>> open = new ConcurrentHashMap<>();
    private final AtomicLong calls = new AtomicLong();
    private volatile boolean over;

    DuringAttempt(
        SwarmContext swarm, Path workspace, @Nullable AttemptSpans spans, CompletionStage<?> over) {
      this.swarm = swarm;
      this.workspace = workspace;
      this.spans = spans;
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
      return traced(
              name,
              context -> {
                var call =
                    new SkillCall(name, arguments, swarm.timeLeft(), workspace, ends, context);
                return skill instanceof SwarmSkill within
                    ? within.call(call, swarm)
                    : skill.call(call);
              })
          .whenComplete((_, _) -> open.remove(number));
    }

    private CompletionStage<SkillResult> traced(
        SkillName name, Function<@Nullable String, CompletionStage<SkillResult>> call) {
      if (spans == null) {
        return call.apply(null);
      }
      return spans.during(
          "execute_tool " + name,
          Map.of("gen_ai.operation.name", "execute_tool", "gen_ai.tool.name", name.value()),
          context -> call.apply(context == null ? null : context.traceparent()),
          result -> result instanceof SkillResult.Failed failed ? failed.cause().name() : null);
    }
  }
}
