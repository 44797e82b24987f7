package io.nanoswarm.chaos;

import io.nanoswarm.program.ThisProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One node of a cluster, which is started again and again. It ends with this JVM, however that
 * ends. Thread safe.
 */
final class ClusterNode {
  private static final int CLUSTER_PORT = 25_520;
  private static final int ENDPOINT_PORT = 8080;
  private static final int END_WITHIN_MINUTES = 2;

  private final Network.Place place;
  private final Role role;
  private final Path folder;
  private final List<String> arguments;
  private List<String> program;
  private List<String> other;
  private final Map<String, String> environment;
  private @Nullable Process process;

  /** What a node is. */
  enum Role {
    CONTROL("up"),
    MACHINE("node");

    private final String command;

    Role(String command) {
      this.command = command;
    }
  }

  /**
   * @param program what starts it
   * @param other what starts it after {@link #useOther}
   * @param join where the cluster is found
   * @param folder holds its data folder and its log
   */
  ClusterNode(
      Network.Place place,
      Role role,
      List<String> program,
      List<String> other,
      List<Network.Place> join,
      Path folder,
      Path tokenFile)
      throws IOException {
    this.place = place;
    this.role = role;
    this.folder = Files.createDirectories(folder.resolve(place.name()));
    var seeds = join.stream().map(each -> each.host() + ":" + CLUSTER_PORT).toList();
    this.program = program;
    this.other = other;
    arguments =
        List.of(
            role.command,
            "--leashed",
            "--host",
            place.host(),
            "--port",
            Integer.toString(CLUSTER_PORT),
            "--join",
            String.join(",", seeds),
            "--data",
            data().toString());
    environment =
        Map.of(
            "NANOSWARM_ENDPOINT_HOST", place.host(),
            "NANOSWARM_ENDPOINT_PORT", Integer.toString(ENDPOINT_PORT),
            "NANOSWARM_TOKEN_FILE", tokenFile.toString());
  }

  Network.Place place() {
    return place;
  }

  boolean isControl() {
    return role == Role.CONTROL;
  }

  /** In the cluster, as {@code host:port}. */
  String address() {
    return place.host() + ":" + CLUSTER_PORT;
  }

  /** Of a control node. */
  String endpoint() {
    return "http://%s:%d".formatted(place.host(), ENDPOINT_PORT);
  }

  Path data() {
    return folder.resolve("data");
  }

  /** From the next start on it is the other program; the one after {@code useOther} again, this. */
  synchronized void useOther() {
    var before = program;
    program = other;
    other = before;
  }

  synchronized ProcessHandle start() throws IOException {
    var line = new ArrayList<>(place.prefix());
    line.addAll(program);
    line.addAll(arguments);
    var log = ProcessBuilder.Redirect.appendTo(folder.resolve("node.log").toFile());
    var builder = ThisProgram.in(folder, line).redirectError(log).redirectOutput(log);
    builder.environment().putAll(environment);
    process = builder.start();
    return process.toHandle();
  }

  /** Empty if it has never been started. */
  synchronized List<ProcessHandle> processes() {
    return process == null ? List.of() : List.of(process.toHandle());
  }

  /** Its workers, and what they have started. */
  synchronized Collection<ProcessHandle> descendants() {
    return process == null ? List.of() : process.descendants().toList();
  }

  /** The exit code, null while it runs. */
  synchronized @Nullable Integer ended() {
    return process == null || process.isAlive() ? null : process.exitValue();
  }

  /**
   * Has it end in order.
   *
   * @return whether it did so in time
   */
  boolean stop() throws InterruptedException {
    tellToEnd();
    return awaitEnd();
  }

  synchronized void tellToEnd() {
    if (process != null) {
      process.destroy();
    }
  }

  boolean awaitEnd() throws InterruptedException {
    Process running;
    synchronized (this) {
      running = process;
    }
    return running == null || running.waitFor(END_WITHIN_MINUTES, TimeUnit.MINUTES);
  }

  /** Ends it and all that it has started, in no order. */
  synchronized void destroy() {
    if (process != null) {
      var all = List.copyOf(descendants());
      process.destroyForcibly();
      all.forEach(ProcessHandle::destroyForcibly);
    }
  }

  @Override
  public String toString() {
    return place.name();
  }
}
