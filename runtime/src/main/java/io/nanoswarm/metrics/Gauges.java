package io.nanoswarm.metrics;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A gauge of one scrape: values by the values of its labels, added up. */
final class Gauges {
  private final String name;
  private final String help;
  private final String[] labels;
  private final Map<List<String>, Double> values = new LinkedHashMap<>();

  Gauges(String name, String help, String... labels) {
    this.name = name;
    this.help = help;
    this.labels = labels.clone();
  }

  /** Adds to what is there by these values of the labels. */
  Gauges add(double value, String... of) {
    values.merge(List.of(of), value, Double::sum);
    return this;
  }

  /** Keeps the larger. */
  void max(double value, String... of) {
    values.merge(List.of(of), value, Double::max);
  }

  GaugeSnapshot snapshot() {
    var snapshot = GaugeSnapshot.builder().name(name).help(help);
    values.forEach((of, value) ->
        snapshot.dataPoint(
            GaugeDataPointSnapshot.builder()
                .labels(Labels.of(labels, of.toArray(String[]::new)))
                .value(value)
                .build()));
    return snapshot.build();
  }
}
