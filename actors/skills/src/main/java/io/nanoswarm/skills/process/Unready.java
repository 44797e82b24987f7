package io.nanoswarm.skills.process;

import io.nanoswarm.skill.SkillResult;

/** A process cannot be started: what its skill needs is not here, or cannot be made. */
final class Unready extends Exception {
  private final SkillResult.Cause cause;

  Unready(SkillResult.Cause cause, String message) {
    super(message);
    this.cause = cause;
  }

  static Unready unmet(String message) {
    return new Unready(SkillResult.Cause.UNMET_NEEDS, message);
  }

  SkillResult.Failed failed() {
    return new SkillResult.Failed(cause, String.valueOf(getMessage()));
  }
}
