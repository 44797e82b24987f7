package io.nanoswarm.definition;

import java.util.List;

/** A {@code swarm.yaml} does not say a swarm; every line of the message says why, and where. */
public final class FlawedSwarmFile extends Exception {
  private final List<String> lines;

  /**
   * @param lines one for each thing that is wrong, as {@code swarm.yaml:12:5: …}
   */
  FlawedSwarmFile(List<String> lines) {
    super(String.join("\n", lines));
    this.lines = List.copyOf(lines);
  }

  public List<String> lines() {
    return lines;
  }
}
