package io.nanoswarm.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.nanoswarm.skill.Skill;
import io.nanoswarm.skill.SkillCall;
import io.nanoswarm.skill.SkillCard;
import io.nanoswarm.skill.SkillName;
import io.nanoswarm.skill.SkillResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A skill that does what a test says, call by call, and remembers what it was called with. A call
 * beyond the script fails, unless {@link #otherwise} says what it does. Thread safe.
 */
public final class ScriptedSkill implements Skill {
  private final SkillCard card;
  private final Deque<CompletableFuture<SkillResult>> script = new ArrayDeque<>();
  private final List<SkillCall> calls = new ArrayList<>();
  private @Nullable UnaryOperator<JsonNode> usual;

  /** A skill without needs, that takes any object. */
  public static ScriptedSkill named(String name) {
    var anything = JsonNodeFactory.instance.objectNode().put("type", "object");
    return new ScriptedSkill(new SkillCard(new SkillName(name), name, anything, List.of()));
  }

  private ScriptedSkill(SkillCard card) {
    this.card = card;
  }

  /** The next call succeeds with this value. */
  public ScriptedSkill answers(JsonNode value) {
    return then(CompletableFuture.completedFuture(new SkillResult.Succeeded(value)));
  }

  /** The next call succeeds with this text. */
  public ScriptedSkill answers(String text) {
    return answers(TextNode.valueOf(text));
  }

  /** The next call fails. */
  public ScriptedSkill fails(SkillResult.Cause cause, String reason) {
    return then(CompletableFuture.completedFuture(new SkillResult.Failed(cause, reason)));
  }

  /** The next call takes until the test completes what is returned. */
  public CompletableFuture<SkillResult> waits() {
    var result = new CompletableFuture<SkillResult>();
    var _ = then(result);
    return result;
  }

  /** Every call beyond the script succeeds with what this makes of its arguments. */
  public synchronized ScriptedSkill otherwise(UnaryOperator<JsonNode> answer) {
    usual = answer;
    return this;
  }

  private synchronized ScriptedSkill then(CompletableFuture<SkillResult> result) {
    script.add(result);
    return this;
  }

  /** What it was called with, in order. */
  public synchronized List<SkillCall> calls() {
    return List.copyOf(calls);
  }

  @Override
  public SkillCard card() {
    return card;
  }

  @Override
  public synchronized CompletionStage<SkillResult> call(SkillCall call) {
    calls.add(call);
    CompletableFuture<SkillResult> result = script.poll();
    if (result == null && usual != null) {
      return CompletableFuture.completedStage(
          new SkillResult.Succeeded(usual.apply(call.arguments())));
    }
    return result == null
        ? CompletableFuture.completedStage(
            new SkillResult.Failed(
                SkillResult.Cause.FAILED,
                "call %d of %s is not in the script".formatted(calls.size(), card.name())))
        : result.minimalCompletionStage();
  }
}
