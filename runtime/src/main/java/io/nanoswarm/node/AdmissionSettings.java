package io.nanoswarm.node;

import com.typesafe.config.Config;

/**
 * What a node takes on, from {@code swarm.admission}; each key is explained in {@code
 * reference.conf}.
 *
 * @param maxUnfinished sessions that are not over, paused ones included
 * @param minFreeBytes of the disk that the data folder is on
 */
record AdmissionSettings(int maxUnfinished, long minFreeBytes) {
  AdmissionSettings {
    if (maxUnfinished < 1 || minFreeBytes < 0) {
      throw new IllegalArgumentException(
          "swarm.admission: max-unfinished %d, min-free %d bytes (expected: >= 1, >= 0)"
              .formatted(maxUnfinished, minFreeBytes));
    }
  }

  static AdmissionSettings of(Config config) {
    Config admission = config.getConfig("swarm.admission");
    return new AdmissionSettings(
        admission.getInt("max-unfinished"), admission.getBytes("min-free"));
  }
}
