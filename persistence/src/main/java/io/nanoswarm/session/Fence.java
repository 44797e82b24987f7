package io.nanoswarm.session;

/**
 * A number that grows with every attempt of a session's tasks, over all incarnations of the
 * session: what is settled or posted under a smaller one than the latest comes from an attempt that
 * is over, and is refused.
 *
 * @param epoch counts the incarnations of the session that granted attempts; stored before the
 *     first grant, from 1
 * @param counter counts the attempts granted within one epoch, from 1
 */
public record Fence(long epoch, long counter) implements Comparable<Fence> {
  public Fence {
    if (epoch < 1 || counter < 1) {
      throw new IllegalArgumentException(
          "fence: %d.%d (expected: both >= 1)".formatted(epoch, counter));
    }
  }

  public boolean isOlderThan(Fence other) {
    return compareTo(other) < 0;
  }

  @Override
  public int compareTo(Fence other) {
    int byEpoch = Long.compare(epoch, other.epoch);
    return byEpoch != 0 ? byEpoch : Long.compare(counter, other.counter);
  }

  @Override
  public String toString() {
    return epoch + "." + counter;
  }
}
