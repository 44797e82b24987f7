package io.nanoswarm.chaos;

import io.nanoswarm.program.ThisProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A control node in a process of its own: this program, started as {@code swarm node}. It ends when
 * its input does, and so with this JVM, however that ends.
 */
public final class NodeProcess {
  /** What {@code swarm node} prints when it serves. */
  public static final String READY = "ready";

  private final Process process;
  private final CompletableFuture<Boolean> ready = new CompletableFuture<>();

  /** How a node is started. */
  record Program(List<String> line, Path data, Path log) {

    /** The JVM, its options and the class path are those of this process. */
    static Program ofThisJvm(Path data, Path log) {
      var line = new ArrayList<>(ThisProgram.line());
      line.addAll(List.of("leashed-node", "--data", data.toString()));
      return new Program(List.copyOf(line), data, log);
    }
  }

  private NodeProcess(Process process) {
    this.process = process;
  }

  static NodeProcess start(Program program) throws IOException {
    var log = ProcessBuilder.Redirect.appendTo(program.log().toFile());
    Path folder = program.data().toAbsolutePath().getParent();
    var builder = ThisProgram.in(Objects.requireNonNull(folder), program.line()).redirectError(log);
    var node = new NodeProcess(builder.start());
    Thread.ofVirtual().name("node-output").start(node::read);
    return node;
  }

  private void read() {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals(READY)) {
          ready.complete(true);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      ready.complete(false);
    }
  }

  /**
   * Completes with whether the node serves, or ended before it did. There is a process to hit in
   * the meantime.
   */
  CompletableFuture<Boolean> ready() {
    return ready;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Its workers, and what they have started. */
  Collection<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Waits for its end, and tells its exit code. */
  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  /**
   * Has it end in order.
   *
   * @return whether it did within a minute
   */
  boolean stop() throws InterruptedException, IOException {
    try (OutputStream leash = process.getOutputStream()) {
      leash.flush();
    }
    return process.waitFor(1, TimeUnit.MINUTES);
  }

  /** Ends it and all that it has started, in no order. */
  void destroy() {
    var all = new ArrayList<>(descendants());
    process.destroyForcibly();
    all.forEach(ProcessHandle::destroyForcibly);
  }
}
