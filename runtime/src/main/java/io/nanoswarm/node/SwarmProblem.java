package io.nanoswarm.node;

import org.jspecify.annotations.Nullable;

/** A request that cannot be fulfilled; says what is wrong, and what to do about it. */
public final class SwarmProblem extends RuntimeException {

  /** What kind of request it was, as the endpoint tells them apart. */
  public enum Kind {
    /** The request makes no sense as it stands. */
    BAD_REQUEST,
    /** There is no such session, entry, answer or swarm. */
    NOT_FOUND,
    /** The swarm cannot take more now. */
    UNAVAILABLE
  }

  private final Kind kind;
  private final @Nullable String hint;

  public SwarmProblem(Kind kind, String message, @Nullable String hint) {
    super(message, null, false, false);
    this.kind = kind;
    this.hint = hint;
  }

  public Kind kind() {
    return kind;
  }

  public @Nullable String hint() {
    return hint;
  }
}
