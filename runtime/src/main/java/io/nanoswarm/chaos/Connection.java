package io.nanoswarm.chaos;

import io.nanoswarm.client.EndpointClient;
import java.time.Duration;

/** The endpoint that clients use now: nodes come and go. Thread safe. */
interface Connection {

  /** Waits for the first node. */
  EndpointClient get() throws InterruptedException;

  /** Returns when another node is used than the one that failed, or after so long. */
  void awaitOther(EndpointClient failed, Duration atMost) throws InterruptedException;
}
