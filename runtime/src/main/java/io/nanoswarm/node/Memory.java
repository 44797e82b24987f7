package io.nanoswarm.node;

import com.sun.management.OperatingSystemMXBean;
import io.nanoswarm.client.UserError;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the machine has memory left for a swarm. */
final class Memory {
  /** A control node and four workers, as measured in {@code docs/benchmarks.md}. */
  private static final long NEEDED_MEGABYTES = 700;

  private static final long MEGABYTE = 1024 * 1024;

  private Memory() {}

  /**
   * @throws UserError if there is too little
   */
  static void check() {
    long available = availableMegabytes();
    if (available < NEEDED_MEGABYTES) {
      throw UserError.environment(
          "%d MB of memory are available (expected: at least %d MB for a control node and four workers)"
              .formatted(available, NEEDED_MEGABYTES),
          "end other programs, or use --isolation shared on a machine with more memory");
    }
  }

  static long availableMegabytes() {
    Path meminfo = Path.of("/proc/meminfo");
    if (Files.isReadable(meminfo)) {
      try {
        for (String line : Files.readAllLines(meminfo)) {
          if (line.startsWith("MemAvailable:")) {
            return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
          }
        }
      } catch (IOException _) {
        return freeMegabytes();
      }
    }
    return freeMegabytes();
  }

  private static long freeMegabytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getFreeMemorySize()
        / MEGABYTE;
  }
}
