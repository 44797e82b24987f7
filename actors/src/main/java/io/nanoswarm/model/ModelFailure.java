package io.nanoswarm.model;

/** A model did not reply. The message says why, for a person. */
public final class ModelFailure extends RuntimeException {

  /** Why a model did not reply. */
  public enum Kind {
    /** It cannot be reached, or has a fault of its own. */
    UNAVAILABLE,
    /** It was asked too often. */
    RATE_LIMITED,
    /** It took longer than it may. */
    TIMED_OUT,
    /** The conversation is longer than it can read. */
    TOO_LONG,
    /** It declined to answer this. */
    DECLINED,
    /** The request is wrong, or its key is. */
    REFUSED
  }

  private final Kind kind;

  public ModelFailure(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether the same request may be answered later. */
  public boolean retryable() {
    return switch (kind) {
      case UNAVAILABLE, RATE_LIMITED, TIMED_OUT -> true;
      case TOO_LONG, DECLINED, REFUSED -> false;
    };
  }
}
