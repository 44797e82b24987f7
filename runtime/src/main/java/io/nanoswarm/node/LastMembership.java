package io.nanoswarm.node;

import io.nanoswarm.cluster.ClusterSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the run before this one has ended in order. If not, others may still count it as a member
 * of the cluster; a node that comes under the same address meanwhile is mixed up with it.
 *
 * <p>What is mixed up is in Pekko 1.7: when the old member is removed, the numbers of the system
 * messages to the new one begin anew ({@code ClearSystemMessageDelivery}), the new one takes the
 * first of them for repetitions, and deaths that are told by them are never heard of. See
 * docs/adr/0013-no-two-runs-at-one-address.md.
 */
final class LastMembership {
  private static final Logger LOG = LoggerFactory.getLogger(LastMembership.class);
  private static final String FILE = "member";
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Path file;
  private final Predicate<String> listens;
  private final Pause pause;

  /** Time passing, as a test has it pass. */
  interface Pause {
    void pass(Duration time) throws InterruptedException;
  }

  /**
   * @param folder of the node's data
   */
  LastMembership(Path folder) {
    this(folder, LastMembership::isListenedOn, LastMembership::pass);
  }

  /**
   * @param listens whether somebody listens at {@code host:port}
   */
  LastMembership(Path folder, Predicate<String> listens, Pause pause) {
    this.file = folder.resolve(FILE);
    this.listens = listens;
    this.pause = pause;
  }

  /**
   * Returns at once if the last run ended in order, was at another address, or no other node of the
   * list can be reached; else when others have had the time to put it out, and never before.
   * Blocks.
   *
   * @param waiting hears of a wait before it begins
   */
  void awaitForgotten(ClusterSettings settings, Consumer<String> waiting)
      throws InterruptedException {
    String self = settings.host() + ":" + settings.port();
    if (!self.equals(noted())) {
      return;
    }
    List<String> others = settings.join().stream().filter(each -> !each.equals(self)).toList();
    Duration left = settings.rejoinAfter();
    // There is nobody to ask: who is no member is told nothing, and asking is what mixes the two
    // up. No clock is asked either: one that is put forward would end the wait.
    for (boolean told = false;
        left.isPositive() && others.stream().anyMatch(listens);
        told = true) {
      if (!told) {
        LOG.warn("the last run at [{}] did not end in order: waiting [{}]", self, left);
        waiting.accept(
            "the last run at %s did not end in order: waiting %d s, until the others have put it out"
                .formatted(self, left.toSeconds()));
      }
      Duration time = left.compareTo(LOOK_EVERY) < 0 ? left : LOOK_EVERY;
      pause.pass(time);
      left = left.minus(time);
    }
  }

  private static void pass(Duration time) throws InterruptedException {
    try {
      new CompletableFuture<@Nullable Void>()
          .completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS)
          .get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("time passes without fail", e);
    }
  }

  private String noted() {
    try {
      return Files.readString(file).strip();
    } catch (NoSuchFileException _) {
      return "";
    } catch (IOException e) {
      LOG.warn("[{}] cannot be read: [{}]", file, e.toString());
      return "";
    }
  }

  /** The node is a member from now on, under this address. */
  void begun(ClusterSettings settings) {
    if (settings.isClustered()) {
      try {
        Files.writeString(file, settings.host() + ":" + settings.port() + "\n");
      } catch (IOException e) {
        LOG.warn("[{}] cannot be written: [{}]", file, e.toString());
      }
    }
  }

  /** The others have let the node go, or there are none. */
  void ended() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("[{}] cannot be deleted: [{}]", file, e.toString());
    }
  }

  private static boolean isListenedOn(String place) {
    int colon = place.lastIndexOf(':');
    String host = place.substring(0, colon).replaceAll("[\\[\\]]", "");
    try (var socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(host, Integer.parseInt(place.substring(colon + 1))),
          Math.toIntExact(LOOK_EVERY.toMillis()));
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
