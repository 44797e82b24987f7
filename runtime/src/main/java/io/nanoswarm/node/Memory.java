package io.nanoswarm.node;

import io.nanoswarm.supervisor.Isolation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Whether the machine has memory left for the workers that a session wants. */
public final class Memory {
  /**
   * Resident memory of one worker at work, as measured in {@code docs/benchmarks.md}, rounded up.
   */
  private static final long MEGABYTES_OF_A_WORKER = 150;

  /** That a researcher or coordinator takes besides, where there is the embedding model. */
  private static final long MEGABYTES_OF_A_MODEL = 110;

  private Memory() {}

  /**
   * Refuses what cannot fit. Where the system does not tell what is available, nothing is refused.
   *
   * @throws SwarmProblem if there is too little
   */
  public static void check(int agents, Isolation isolation) {
    check(agents, isolation, 0);
  }

  /**
   * @param models how many of them load the embedding model; in one JVM they share it
   */
  static void check(int agents, Isolation isolation, int models) {
    long needed =
        switch (isolation) {
          case PROCESS -> agents * MEGABYTES_OF_A_WORKER + models * MEGABYTES_OF_A_MODEL;
          case SHARED -> 3 * MEGABYTES_OF_A_WORKER + Math.min(models, 1) * MEGABYTES_OF_A_MODEL;
        };
    OptionalLong available = availableMegabytes();
    if (available.isPresent() && available.getAsLong() < needed) {
      throw new SwarmProblem(
          SwarmProblem.Kind.UNAVAILABLE,
          "%d agents need about %d MB of memory, %d MB are available"
              .formatted(agents, needed, available.getAsLong()),
          isolation == Isolation.PROCESS
              ? "ask for fewer agents, put them into one JVM with --isolation shared, or end other"
                  + " programs"
              : "end other programs");
    }
  }

  private static OptionalLong availableMegabytes() {
    Path meminfo = Path.of("/proc/meminfo");
    if (!Files.isReadable(meminfo)) {
      return OptionalLong.empty();
    }
    try {
      return Files.readAllLines(meminfo).stream()
          .filter(line -> line.startsWith("MemAvailable:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst();
    } catch (IOException _) {
      return OptionalLong.empty();
    }
  }
}
