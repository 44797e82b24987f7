package io.nanoswarm.client;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A terminal's link to the one node of a data folder: the node that runs there, or one of its own
 * if none does. Used by one thread.
 */
public final class NodeLink implements AutoCloseable {
  /** How long another process may take from holding the folder to answering. */
  private static final int LOOKS = 150;

  private static final long BETWEEN_LOOKS_MILLIS = 500;

  private final Nodes nodes;
  private final Path dataFolder;
  private final NodeOptions options;
  private @Nullable LocalNode own;
  private EndpointClient client;

  private NodeLink(Nodes nodes, Path dataFolder, NodeOptions options) {
    this.nodes = nodes;
    this.dataFolder = dataFolder;
    this.options = options;
    client = attach();
  }

  /** Finds the running node, or starts one. */
  public static NodeLink open(Nodes nodes, Path dataFolder, NodeOptions options) {
    return new NodeLink(nodes, dataFolder, options);
  }

  public EndpointClient client() {
    return client;
  }

  /** Whether the node lives in this JVM and ends with this link. */
  public boolean ownsNode() {
    return own != null;
  }

  /** After the node went away: finds its successor, or becomes it. */
  public EndpointClient renew() {
    close();
    client = attach();
    return client;
  }

  /** Closes the node if it is our own. */
  @Override
  public void close() {
    var node = own;
    own = null;
    if (node != null) {
      node.close();
    }
  }

  private EndpointClient attach() {
    for (int look = 1; ; look++) {
      var running = nodes.running(dataFolder);
      if (running.isPresent()) {
        return new EndpointClient(running.get());
      }
      try {
        own = nodes.start(dataFolder, options);
        return new EndpointClient(own.endpoint());
      } catch (DataFolderInUse e) {
        if (look == LOOKS) {
          throw e;
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
    } catch (InterruptedException e) {
      throw new Interrupted();
    }
  }
}
