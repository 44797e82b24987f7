package io.nanoswarm.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks for what a node that was stopped in order must not leave. */
final class Leftovers {
  private static final int END_WITHIN_SECONDS = 10;

  private Leftovers() {}

  /**
   * @param processes all that were seen
   * @param endpoints where nodes were reached
   * @return one sentence for each thing that is left
   */
  static List<String> find(
      Path data, Collection<ProcessHandle> processes, Collection<URI> endpoints)
      throws IOException, InterruptedException {
    var left = new ArrayList<String>();
    for (ProcessHandle process : processes) {
      if (!ended(process)) {
        left.add("process %d still runs".formatted(process.pid()));
      }
    }
    for (URI endpoint : endpoints) {
      if (!free(endpoint.getPort())) {
        left.add("port %d is still in use".formatted(endpoint.getPort()));
      }
    }
    if (!unlocked(data.resolve("node.lock"))) {
      left.add("the data folder is still locked");
    }
    left.addAll(files(data));
    return left;
  }

  private static boolean ended(ProcessHandle process) throws InterruptedException {
    try {
      var _ = process.onExit().get(END_WITHIN_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException | TimeoutException _) {
      return !process.isAlive();
    }
  }

  private static boolean free(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static boolean unlocked(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
        var lock = channel.tryLock()) {
      return lock != null;
    }
  }

  private static List<String> files(Path data) throws IOException {
    try (var all = Files.walk(data)) {
      return all.filter(Files::isRegularFile)
          .map(file -> data.relativize(file).toString())
          .filter(Leftovers::temporary)
          .sorted()
          .map(file -> "file " + file)
          .toList();
    }
  }

  private static boolean temporary(String file) {
    return file.equals("endpoint.json")
        || file.startsWith("workers/")
        || file.startsWith("cache/code/new-")
        || file.endsWith(".tmp")
        || file.endsWith(".new")
        || file.endsWith(".lock.db")
        || file.endsWith(".trace.db")
        || file.endsWith(".temp.db");
  }
}
