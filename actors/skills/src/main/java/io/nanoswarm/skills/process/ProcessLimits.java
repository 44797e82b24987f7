package io.nanoswarm.skills.process;

import java.time.Duration;

/**
 * What the process of a skill may take.
 *
 * @param time for one call, from its request to its answer
 * @param memory bytes of address space for each of its processes; 0 for no limit
 * @param output bytes that it may write to stdout, and as many to stderr, for one call
 * @param idle after this without a call it is ended
 * @param calls how many it answers at once
 * @param setup until what it needs is made, as a virtual environment
 */
public record ProcessLimits(
    Duration time, long memory, long output, Duration idle, int calls, Duration setup) {
  public ProcessLimits {
    if (!time.isPositive() || !idle.isPositive() || !setup.isPositive()) {
      throw new IllegalArgumentException(
          "time %s, idle %s, setup %s (expected: all > 0)".formatted(time, idle, setup));
    }
    if (memory < 0 || output < 1024 || calls < 1) {
      throw new IllegalArgumentException(
          "memory %s, output %s, calls %s (expected: >= 0, >= 1 KiB, > 0)"
              .formatted(memory, output, calls));
    }
  }
}
