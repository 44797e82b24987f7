package io.nanoswarm.agent;

import io.nanoswarm.skill.Skill;
import io.nanoswarm.skill.SkillCall;
import io.nanoswarm.skill.SkillResult;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A skill that sees the swarm as the agent does that calls it: it may post to the blackboard, talk
 * on channels, remember, and call other skills.
 */
public interface SwarmSkill extends Skill {

  /**
   * Does not block; the stage does not fail.
   *
   * @param swarm of the attempt that calls; the skill leaves ending it to the agent
   */
  CompletionStage<SkillResult> call(SkillCall call, SwarmContext swarm);

  @Override
  default CompletionStage<SkillResult> call(SkillCall call) {
    return CompletableFuture.completedStage(
        new SkillResult.Failed(
            SkillResult.Cause.NOT_ALLOWED, call.skill() + " needs a swarm around it"));
  }
}
