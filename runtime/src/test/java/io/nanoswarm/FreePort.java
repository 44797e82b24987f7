package io.nanoswarm;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for what has to be told one, and comes back to it: below those that systems give to whoever
 * asks for any, so that nobody is given it meanwhile; none twice in a JVM.
 */
public final class FreePort {
  private static final int FIRST = 20_000;
  private static final int COUNT = 10_000;
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private FreePort() {}

  /** A port on which nobody listens. */
  public static int next() throws IOException {
    for (int tries = 0; tries < COUNT; tries++) {
      int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
      try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return port;
      } catch (IOException _) {
        // Somebody has it: the next one.
      }
    }
    throw new IOException("no port from %d to %d is free".formatted(FIRST, FIRST + COUNT - 1));
  }
}
