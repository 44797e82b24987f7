package io.nanoswarm.skill;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The skills of one agent during one attempt. Thread safe.
 *
 * <p>Guarantees: an agent reaches the skills that its spec names, and no others. Arguments are
 * checked against the skill's schema before it is called. A call ends within its time limit, and at
 * the latest with the attempt.
 */
public interface Skills {

  /** The cards of all skills, by name. */
  List<SkillCard> all();

  /**
   * All skills in words, for an agent's instructions: a line for each, with what is missing here to
   * run it, and the text of those that are to be known at once.
   */
  default String summary() {
    return SkillSummary.of(all());
  }

  /**
   * Calls a skill. The stage completes with what came of it; it fails only when the attempt is
   * over.
   *
   * @param arguments an object, as {@link SkillCard#parameters()} says
   */
  CompletionStage<SkillResult> call(SkillName skill, JsonNode arguments);
}
