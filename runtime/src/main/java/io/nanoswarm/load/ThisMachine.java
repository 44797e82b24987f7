package io.nanoswarm.load;

import com.sun.management.OperatingSystemMXBean;
import io.nanoswarm.load.report.LoadReport.Machine;
import java.lang.management.ManagementFactory;

/** What the test runs on. */
final class ThisMachine {
  private static final long MEGABYTE = 1 << 20;

  private ThisMachine() {}

  static Machine now() {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    double load = system.getSystemLoadAverage();
    return new Machine(
        system.getAvailableProcessors(),
        system.getTotalMemorySize() / MEGABYTE,
        Runtime.version().toString(),
        "%s %s (%s)".formatted(system.getName(), system.getVersion(), system.getArch()),
        load < 0 ? null : load);
  }
}
