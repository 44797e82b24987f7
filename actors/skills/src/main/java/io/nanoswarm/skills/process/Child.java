package io.nanoswarm.skills.process;

import io.nanoswarm.skills.exec.ChildCommand;
import io.nanoswarm.skills.exec.ChildLimits;
import io.nanoswarm.skills.exec.ChildProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process of ours, with its standard streams.
 *
 * <p>Guarantees: when it has ended, by itself or killed, all that it has started is killed as well,
 * and {@link #onEnd} completes after that. It ends when this JVM does, however that happens. Not
 * promised: finding what hides on purpose, see {@link ChildProcess}.
 */
final class Child {
  private static final Logger LOG = LoggerFactory.getLogger(Child.class);

  private final ChildProcess process;
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();

  /**
   * What is to be started.
   *
   * @param line the program and its arguments
   * @param folder where it is started
   * @param environment all of it
   * @param memoryBytes of address space, each process of it; 0 for no limit
   */
  record Order(List<String> line, Path folder, Map<String, String> environment, long memoryBytes) {
    Order {
      line = List.copyOf(line);
      environment = Map.copyOf(environment);
    }

    /** Through a shell that lays the limit on itself, and says so where it cannot. */
    private List<String> limited() {
      if (memoryBytes == 0) {
        return line;
      }
      var limited = new ArrayList<String>();
      limited.addAll(
          List.of(
              "/bin/sh",
              "-c",
              """
              ulimit -v "$0" 2>/dev/null || echo 'the limit of memory is not enforced here' >&2
              exec "$@"
              """,
              Long.toString(memoryBytes / 1024)));
      limited.addAll(line);
      return limited;
    }
  }

  private Child(ChildProcess process) {
    this.process = process;
  }

  static Child start(Order order) throws IOException {
    var process =
        ChildProcess.start(
            new ChildCommand(
                order.limited(), order.folder(), order.environment(), ChildLimits.NONE));
    var child = new Child(process);
    try {
      var leash = Leash.fasten(process.mark());
      var _ =
          process
              .onExit()
              .thenAccept(code -> Thread.ofVirtual().start(() -> child.bury(code, leash)));
      return child;
    } catch (IOException e) {
      process.close();
      throw e;
    }
  }

  private void bury(int exitCode, Leash leash) {
    killAll();
    leash.loosen();
    ended.complete(exitCode);
  }

  OutputStream stdin() {
    return process.input();
  }

  InputStream stdout() {
    return process.output();
  }

  InputStream stderr() {
    return process.errors();
  }

  long pid() {
    return process.pid();
  }

  /** Its exit code, when nothing of it is left. */
  CompletionStage<Integer> onEnd() {
    return ended.minimalCompletionStage();
  }

  /** Does not wait; {@link #onEnd} tells when it is done. Idempotent. */
  void kill() {
    Thread.ofVirtual().start(this::killAll);
  }

  private void killAll() {
    try {
      process.close();
    } catch (IllegalStateException e) {
      LOG.warn("process [{}] or something that it has started does not end", process.pid(), e);
    }
  }
}
