package io.nanoswarm.skills.exec;

/**
 * What a child process and all its descendants may take together; they are looked at every {@value
 * ProcessTree#LOOK_EVERY_MILLIS} ms, so that for a moment it may be more.
 *
 * @param processes 1 to 100000
 * @param megabytes of resident memory; known on Linux alone, elsewhere without effect
 */
public record ChildLimits(int processes, int megabytes) {
  /** None, and nobody looks: for processes that live long and mostly wait. */
  public static final ChildLimits NONE = new ChildLimits(100_000, Integer.MAX_VALUE);

  public static final ChildLimits DEFAULT = new ChildLimits(64, 2048);

  public ChildLimits {
    if (processes < 1 || processes > 100_000) {
      throw new IllegalArgumentException(
          "processes: %d (expected: 1 to 100000)".formatted(processes));
    }
    if (megabytes < 1) {
      throw new IllegalArgumentException("megabytes: %d (expected: > 0)".formatted(megabytes));
    }
  }
}
