package io.nanoswarm.client;

/**
 * What a terminal wants of a node that it starts itself.
 *
 * @param isolation of agents whose session asks for none of its own
 */
public record NodeOptions(Isolation isolation) {
  public static final NodeOptions DEFAULT = new NodeOptions(Isolation.PROCESS);
}
