package io.nanoswarm.client;

/** What a command tells the shell; one code per kind of ending. */
public enum ExitCode {
  COMPLETED(0, "done; of a session: completed"),
  INTERNAL(1, "internal error"),
  USAGE(2, "bad usage or input"),
  PARTIAL(3, "the answer is partial: it says what is missing"),
  FAILED(4, "the session failed: there is no answer"),
  CANCELLED(5, "the session was cancelled"),
  ENVIRONMENT(6, "the environment does not allow it: data folder, memory, JDK, port"),
  UNKNOWN_SESSION(7, "no such session"),
  TIMED_OUT(124, "the session ran into its time limit"),
  INTERRUPTED(130, "interrupted, as by Ctrl-C; the session is paused"),
  TERMINATED(143, "terminated; the session is paused");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  public int code() {
    return code;
  }

  public String meaning() {
    return meaning;
  }

  /** The code of a session's final status. */
  public static ExitCode ofStatus(String status) {
    return switch (status) {
      case "completed" -> COMPLETED;
      case "partial" -> PARTIAL;
      case "failed" -> FAILED;
      case "cancelled" -> CANCELLED;
      case "timed-out" -> TIMED_OUT;
      default -> throw new IllegalArgumentException("status: '" + status + "' is not an ending");
    };
  }
}
