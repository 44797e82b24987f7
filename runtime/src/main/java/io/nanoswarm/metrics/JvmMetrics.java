package io.nanoswarm.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.List;

/** This JVM, by the names that dashboards of the Prometheus client know. */
final class JvmMetrics {
  private JvmMetrics() {}

  static List<MetricSnapshot> now() {
    var memory = ManagementFactory.getMemoryMXBean();
    var used = new Gauges("jvm_memory_used_bytes", "Memory in use.", "area");
    var committed = new Gauges("jvm_memory_committed_bytes", "Memory taken.", "area");
    var max = new Gauges("jvm_memory_max_bytes", "Memory that may be taken.", "area");
    add(memory.getHeapMemoryUsage(), "heap", used, committed, max);
    add(memory.getNonHeapMemoryUsage(), "nonheap", used, committed, max);
    var threads =
        new Gauges("jvm_threads_current", "Threads, but for virtual ones.")
            .add(ManagementFactory.getThreadMXBean().getThreadCount());
    return List.of(
        used.snapshot(),
        committed.snapshot(),
        max.snapshot(),
        threads.snapshot(),
        collections(),
        cpu(),
        new Gauges("process_start_time_seconds", "When the JVM started, since 1970.")
            .add(ManagementFactory.getRuntimeMXBean().getStartTime() / 1e3)
            .snapshot());
  }

  private static void add(
      MemoryUsage usage, String area, Gauges used, Gauges committed, Gauges max) {
    used.add((double) usage.getUsed(), area);
    committed.add((double) usage.getCommitted(), area);
    max.add((double) usage.getMax(), area);
  }

  private static SummarySnapshot collections() {
    var summary =
        SummarySnapshot.builder()
            .name("jvm_gc_collection_seconds")
            .help("Collections of garbage, and the time that they took.");
    for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      summary.dataPoint(
          SummaryDataPointSnapshot.builder()
              .labels(Labels.of("gc", collector.getName()))
              .count(Math.max(0, collector.getCollectionCount()))
              .sum(Seconds.of(Duration.ofMillis(Math.max(0, collector.getCollectionTime()))))
              .build());
    }
    return summary.build();
  }

  private static CounterSnapshot cpu() {
    var used = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    return CounterSnapshot.builder()
        .name("process_cpu_seconds")
        .help("Time on processors.")
        .dataPoint(CounterDataPointSnapshot.builder().value(Seconds.of(used)).build())
        .build();
  }
}
