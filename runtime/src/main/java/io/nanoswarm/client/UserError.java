package io.nanoswarm.client;

import org.jspecify.annotations.Nullable;

/**
 * Something the user can put right. Shown without a stack trace: what is wrong and where, then what
 * to do.
 */
public class UserError extends RuntimeException {
  private final ExitCode exitCode;
  private final @Nullable String hint;

  /**
   * @param message what is wrong, and where; a fragment without a capital or a period
   * @param hint what to do about it
   */
  public UserError(ExitCode exitCode, String message, @Nullable String hint) {
    super(message, null, false, false);
    this.exitCode = exitCode;
    this.hint = hint;
  }

  public static UserError usage(String message, @Nullable String hint) {
    return new UserError(ExitCode.USAGE, message, hint);
  }

  public static UserError environment(String message, @Nullable String hint) {
    return new UserError(ExitCode.ENVIRONMENT, message, hint);
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  public @Nullable String hint() {
    return hint;
  }
}
