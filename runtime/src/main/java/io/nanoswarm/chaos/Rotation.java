package io.nanoswarm.chaos;

import io.nanoswarm.client.EndpointClient;
import java.time.Duration;
import java.util.List;

/** Several nodes serve, and whoever is disappointed by one goes to the next. */
final class Rotation implements Connection {
  private final List<EndpointClient> clients;
  private int current;

  /**
   * @param clients one for each node that may serve
   */
  Rotation(List<EndpointClient> clients) {
    this.clients = List.copyOf(clients);
  }

  @Override
  public synchronized EndpointClient get() {
    return clients.get(current);
  }

  /** Lets so long pass in any case, so that nobody goes round and round. */
  @Override
  public void awaitOther(EndpointClient failed, Duration atMost) throws InterruptedException {
    synchronized (this) {
      if (clients.get(current) == failed) {
        current = (current + 1) % clients.size();
      }
    }
    Injector.pass(atMost);
  }
}
