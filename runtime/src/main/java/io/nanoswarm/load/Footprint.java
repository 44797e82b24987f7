package io.nanoswarm.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What a process takes, as the system tells. */
final class Footprint {
  private Footprint() {}

  /**
   * Memory in MB.
   *
   * @param resident pages that it has in memory, shared ones included
   * @param proportional the same, each shared page divided by those who share it
   */
  record Memory(double resident, double proportional) {}

  /** Empty where there is no {@code /proc}, or no such process any more. */
  static Optional<Memory> memory(long pid) {
    Path rollup = Path.of("/proc", Long.toString(pid), "smaps_rollup");
    try {
      double resident = 0;
      double proportional = 0;
      for (String line : Files.readAllLines(rollup)) {
        if (line.startsWith("Rss:")) {
          resident = megabytes(line);
        } else if (line.startsWith("Pss:")) {
          proportional = megabytes(line);
        }
      }
      return Optional.of(new Memory(resident, proportional));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException _) {
      return Optional.empty(); // it has ended meanwhile, or is somebody else's
    }
  }

  private static double megabytes(String line) {
    return Long.parseLong(line.replaceAll("\\D", "")) / 1024.0;
  }

  /** Processor time of all its threads so far. */
  static Duration processor(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().totalCpuDuration())
        .orElse(Duration.ZERO);
  }
}
