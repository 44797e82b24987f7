package io.nanoswarm.skill;

/** A spec names no skill, or one that cannot be made; the message says why. */
public final class NoSuchSkill extends Exception {
  public NoSuchSkill(String message) {
    super(message);
  }

  public NoSuchSkill(String message, Throwable cause) {
    super(message, cause);
  }
}
