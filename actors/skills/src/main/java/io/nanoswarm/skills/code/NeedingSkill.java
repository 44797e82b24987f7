package io.nanoswarm.skills.code;

import io.nanoswarm.agent.SwarmContext;
import io.nanoswarm.agent.SwarmSkill;
import io.nanoswarm.session.Need;
import io.nanoswarm.skill.Skill;
import io.nanoswarm.skill.SkillCall;
import io.nanoswarm.skill.SkillCard;
import io.nanoswarm.skill.SkillResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** A skill whose calls fail, and do not reach it, where something that it needs is lacking. */
final class NeedingSkill implements SwarmSkill {
  private final Skill skill;
  private final SkillCard card;

  NeedingSkill(Skill skill, List<Need> needs, List<Need> lacking) {
    this.skill = skill;
    this.card = skill.card().withNeeds(needs).withLacking(lacking);
  }

  @Override
  public SkillCard card() {
    return card;
  }

  @Override
  public CompletionStage<SkillResult> call(SkillCall call) {
    return card.lacking().isEmpty() ? skill.call(call) : unmet();
  }

  @Override
  public CompletionStage<SkillResult> call(SkillCall call, SwarmContext swarm) {
    return skill instanceof SwarmSkill within && card.lacking().isEmpty()
        ? within.call(call, swarm)
        : call(call);
  }

  private CompletionStage<SkillResult> unmet() {
    return CompletableFuture.completedStage(
        new SkillResult.Failed(
            SkillResult.Cause.UNMET_NEEDS,
            "%s needs %s, which this node does not have"
                .formatted(
                    card.name(),
                    card.lacking().stream().map(Need::value).collect(Collectors.joining(", ")))));
  }

  @Override
  public void close() {
    skill.close();
  }
}
