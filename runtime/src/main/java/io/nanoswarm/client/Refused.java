package io.nanoswarm.client;

import io.nanoswarm.api.Problem;

/** The node answered, and said no. */
public final class Refused extends UserError {
  private final int status;

  Refused(int status, Problem problem) {
    super(exitCode(status), problem.error(), problem.hint());
    this.status = status;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  private static ExitCode exitCode(int status) {
    return switch (status) {
      case 404 -> ExitCode.UNKNOWN_SESSION;
      case 503, 507 -> ExitCode.ENVIRONMENT;
      default -> status < 500 ? ExitCode.USAGE : ExitCode.INTERNAL;
    };
  }
}
