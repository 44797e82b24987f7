package io.nanoswarm.node;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * Opens the endpoint that people reach a node's swarm through; what it speaks is its own affair.
 */
@FunctionalInterface
public interface EndpointOpener {

  /**
   * Completes when requests are answered.
   *
   * @param token without which nothing is answered
   * @param version told to who asks
   */
  CompletionStage<? extends OpenEndpoint> open(
      ActorSystem<?> system, Swarm swarm, String token, String version);

  /** An endpoint that was opened. */
  interface OpenEndpoint {
    /** As {@code http://host:port}. */
    String uri();

    /** Completes when its port is free; streams are cut off. */
    CompletionStage<Void> stop();
  }
}
