package io.nanoswarm.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The node does not answer any more. */
public final class NodeGone extends RuntimeException {
  public NodeGone(Endpoint endpoint, @Nullable IOException cause) {
    super("the node at " + endpoint + " does not answer", cause);
  }
}
