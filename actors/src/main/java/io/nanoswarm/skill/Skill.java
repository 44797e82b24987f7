package io.nanoswarm.skill;

import java.util.concurrent.CompletionStage;

/**
 * A named capability.
 *
 * <p>Implementations never block the caller, answer every call once and within its time limit, and
 * answer failures as {@link SkillResult.Failed}: the stage itself does not fail. They are used by
 * one agent, which may make several calls at once.
 */
public interface Skill extends AutoCloseable {

  SkillCard card();

  CompletionStage<SkillResult> call(SkillCall call);

  /** Ends what the skill holds, processes above all. Idempotent. */
  @Override
  default void close() {}
}
