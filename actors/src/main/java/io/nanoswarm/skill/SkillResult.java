package io.nanoswarm.skill;

import com.fasterxml.jackson.databind.JsonNode;

/** What came of the call of a skill. */
public sealed interface SkillResult {

  /** It did what it was asked. Text is a JSON string. */
  record Succeeded(JsonNode value) implements SkillResult {
    /** As text: a string as it is, everything else as JSON. */
    public String text() {
      return value.isTextual() ? value.textValue() : value.toString();
    }
  }

  /**
   * It did not.
   *
   * @param reason for a person or a model, with what to do about it
   */
  record Failed(Cause cause, String reason) implements SkillResult {
    /** Whether the same call may succeed when it is made again. */
    public boolean retryable() {
      return switch (cause) {
        case TIMED_OUT, FAILED, ENDED -> true;
        case UNKNOWN_SKILL, INVALID_ARGUMENTS, UNMET_NEEDS, NOT_ALLOWED, LIMIT, PROTOCOL -> false;
      };
    }
  }

  /** Why a call failed. */
  enum Cause {
    /** The agent has no such skill. */
    UNKNOWN_SKILL,
    /** The arguments are not as the schema says. */
    INVALID_ARGUMENTS,
    /** The node lacks something that the skill needs. */
    UNMET_NEEDS,
    /** The call wants something that it may not. */
    NOT_ALLOWED,
    /** It took longer than it may. */
    TIMED_OUT,
    /** It took more than it may: output, memory, processes. */
    LIMIT,
    /** It said itself that it failed, or threw. */
    FAILED,
    /** Its process ended before it answered. */
    ENDED,
    /** Its process answered what nobody can read. */
    PROTOCOL
  }
}
