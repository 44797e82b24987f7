package io.nanoswarm.chaos;

import io.nanoswarm.client.EndpointClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The endpoint of the node that serves now: nodes come and go. Thread safe. */
final class Connection {
  private @Nullable EndpointClient client;

  synchronized void serve(EndpointClient next) {
    client = next;
    notifyAll();
  }

  /** Waits for the first node. */
  synchronized EndpointClient get() throws InterruptedException {
    while (client == null) {
      wait();
    }
    return client;
  }

  /** Returns when another node serves than the one that failed, or after so long. */
  @SuppressWarnings("WaitNotInLoop") // whoever wakes early tries once more, in vain
  synchronized void awaitOther(EndpointClient failed, Duration atMost) throws InterruptedException {
    if (client == failed) {
      wait(atMost.toMillis());
    }
  }
}
