package io.nanoswarm.supervisor;

/**
 * How a worker JVM ended.
 *
 * @param code its exit code; 128 and more is a signal, as shells count
 */
public record ExitReport(int code) {
  /** A worker halts with it when the pipe from its machine is closed. */
  public static final int LOST_CONTROL_NODE = 75;

  /** A worker exits with it when it could not join the cluster. */
  public static final int NEVER_JOINED = 76;

  /** A worker exits with it when the cluster has removed it. */
  public static final int REMOVED_FROM_CLUSTER = 77;

  /** The JVM's own, by {@code -XX:+ExitOnOutOfMemoryError}. */
  private static final int OUT_OF_MEMORY = 3;

  private static final int SIGNALS = 128;

  /** The cause of death, for people. */
  public String describe() {
    return switch (code) {
      case 0 -> "ended by itself (exit code 0)";
      case OUT_OF_MEMORY -> "out of memory";
      case LOST_CONTROL_NODE -> "lost its control node";
      case NEVER_JOINED -> "could not join the cluster";
      case REMOVED_FROM_CLUSTER -> "removed from the cluster";
      default -> code > SIGNALS ? signal(code - SIGNALS) : "ended with exit code " + code;
    };
  }

  private static String signal(int number) {
    return switch (number) {
      case 6 -> "crashed (signal 6)";
      case 7, 11 -> "crashed in native code (signal %d)".formatted(number);
      case 9 -> "killed (signal 9)";
      case 15 -> "terminated (signal 15)";
      default -> "ended by signal " + number;
    };
  }
}
