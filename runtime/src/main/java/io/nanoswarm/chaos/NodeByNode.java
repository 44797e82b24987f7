package io.nanoswarm.chaos;

import io.nanoswarm.client.EndpointClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One node serves at a time, and others come after it. */
final class NodeByNode implements Connection {
  private @Nullable EndpointClient client;

  synchronized void serve(EndpointClient next) {
    client = next;
    notifyAll();
  }

  @Override
  public synchronized EndpointClient get() throws InterruptedException {
    while (client == null) {
      wait();
    }
    return client;
  }

  @Override
  @SuppressWarnings("WaitNotInLoop") // whoever wakes early tries once more, in vain
  public synchronized void awaitOther(EndpointClient failed, Duration atMost)
      throws InterruptedException {
    if (client == failed) {
      wait(atMost.toMillis());
    }
  }
}
