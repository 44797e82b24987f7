package io.nanoswarm.skills.schema;

import io.nanoswarm.agent.SwarmContext;
import io.nanoswarm.agent.SwarmSkill;
import io.nanoswarm.skill.Skill;
import io.nanoswarm.skill.SkillCall;
import io.nanoswarm.skill.SkillCard;
import io.nanoswarm.skill.SkillName;
import io.nanoswarm.skill.SkillResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Any skill under the name of its spec, called with arguments that its schema allows and with no
 * others.
 */
public final class CheckedSkill implements SwarmSkill {
  private final Skill skill;
  private final SkillCard card;
  private final ArgumentCheck check;

  /**
   * @throws IllegalArgumentException if the skill's parameters are no schema
   */
  public CheckedSkill(SkillName name, Skill skill) {
    this.skill = skill;
    card = skill.card().withName(name);
    check = new ArgumentCheck(card.parameters());
  }

  @Override
  public SkillCard card() {
    return card;
  }

  @Override
  public CompletionStage<SkillResult> call(SkillCall call) {
    return checked(call, skill::call);
  }

  @Override
  public CompletionStage<SkillResult> call(SkillCall call, SwarmContext swarm) {
    return checked(
        call,
        valid ->
            skill instanceof SwarmSkill within ? within.call(valid, swarm) : skill.call(valid));
  }

  private CompletionStage<SkillResult> checked(
      SkillCall call, Function<SkillCall, CompletionStage<SkillResult>> then) {
    return switch (check.check(call.arguments())) {
      case ArgumentCheck.Checked.Valid(var arguments) -> then.apply(call.withArguments(arguments));
      case ArgumentCheck.Checked.Invalid(var problems) ->
          CompletableFuture.completedStage(
              new SkillResult.Failed(
                  SkillResult.Cause.INVALID_ARGUMENTS, String.join("; ", problems)));
    };
  }

  @Override
  public void close() {
    skill.close();
  }
}
