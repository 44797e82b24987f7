package io.nanoswarm.client;

import java.util.Map;
import java.util.function.Consumer;

/**
 * What a terminal wants of a node that it starts itself.
 *
 * @param isolation of agents whose session asks for none of its own
 * @param stays whether the node drives every session that is not over, whoever asks for it
 * @param settings that go before those of files and of the environment, by their path
 * @param waiting hears in a few words what a start waits for, if that takes long
 */
public record NodeOptions(
    Isolation isolation, boolean stays, Map<String, String> settings, Consumer<String> waiting) {
  public static final NodeOptions DEFAULT = new NodeOptions(Isolation.PROCESS);

  public NodeOptions {
    settings = Map.copyOf(settings);
  }

  /** Of a node that drives what it is asked to, and is configured as usual. */
  public NodeOptions(Isolation isolation) {
    this(isolation, false, Map.of(), NodeOptions::nobody);
  }

  private static void nobody(String waiting) {}
}
