package io.nanoswarm.skill;

import java.util.Map;

/**
 * A skill in blocking Java that knows nothing of swarms.
 *
 * <p>Any class with such a public method can be a skill as it is; this interface is for those who
 * like the compiler's help. It runs on a thread of its own, with the class loader of its agent, and
 * is interrupted when its time is up. It may be called several times at once.
 */
public interface LegacySkill {

  /**
   * @return what Jackson can write; null stands for nothing
   * @throws Exception if it failed; the message is told to the agent
   */
  Object execute(Map<String, Object> arguments) throws Exception;

  /** When to use it, for a person or a model. */
  default String description() {
    return "";
  }
}
