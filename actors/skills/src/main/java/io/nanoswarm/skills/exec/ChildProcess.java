package io.nanoswarm.skills.exec;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A child process within limits, with all that it starts.
 *
 * <p>Guarantees: when {@link #close} has returned, nothing is left of it, descendants that left its
 * session included; a tree that takes more than its limits is ended, and {@link #brokenLimit} says
 * which. What a JVM leaves that ends without closing is found by {@link #endThoseOf}. Not promised:
 * that a process is found that hides on purpose, see {@link ProcessTree}.
 *
 * <p>Threads: any. Lifecycle: from {@link #start} until {@link #close}, which its owner calls in
 * any case, also when the process has ended by itself: it may have left others.
 */
public final class ChildProcess implements AutoCloseable {
  private static final String VARIABLE =
      ProcessTree.MARK.substring(0, ProcessTree.MARK.length() - 1);
  private static final String SELF = mark(ProcessHandle.current());
  private static final Optional<Path> SETSID = Programs.find("setsid", "/usr/bin:/bin");
  private static final AtomicLong STARTED = new AtomicLong();

  private final Process process;
  private final ProcessTree tree;
  private final ChildLimits limits;
  private volatile @Nullable String brokenLimit;

  private ChildProcess(Process process, ProcessTree tree, ChildLimits limits) {
    this.process = process;
    this.tree = tree;
    this.limits = limits;
  }

  /**
   * Starts the command; its standard streams are pipes. Blocks for some milliseconds.
   *
   * @throws IOException if it cannot be started, with the reason
   */
  public static ChildProcess start(ChildCommand command) throws IOException {
    String mark = SELF + STARTED.incrementAndGet() + ".";
    var builder = new ProcessBuilder(line(command)).directory(command.folder().toFile());
    builder.environment().clear();
    builder.environment().putAll(command.environment());
    builder.environment().put(VARIABLE, mark);
    Process process = builder.start();
    var tree = ProcessTree.of(process.toHandle(), SETSID.isPresent(), ProcessTree.MARK + mark);
    var child = new ChildProcess(process, tree, command.limits());
    if (!command.limits().equals(ChildLimits.NONE)) {
      Thread.ofVirtual().name("child-" + process.pid()).start(child::watch);
    }
    return child;
  }

  /**
   * Ends what a JVM started that is gone by now, or that is about to be: its children, which carry
   * its mark. Blocks until they are gone, 5 s at most.
   *
   * @param startedMillis since 1970, as the operating system says
   * @return whether all are gone
   */
  public static boolean endThoseOf(long pid, long startedMillis) {
    return new ProcessTree(ProcessTree.MARK + mark(pid, startedMillis)).end();
  }

  /** Ends all that this JVM has started: for one that halts. */
  public static boolean endAll() {
    return new ProcessTree(ProcessTree.MARK + SELF).end();
  }

  private static String mark(ProcessHandle jvm) {
    return mark(jvm.pid(), jvm.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
  }

  private static String mark(long pid, long startedMillis) {
    return pid + "-" + startedMillis + ".";
  }

  /** In a session of its own, where the system has a command for that: then it ends as a group. */
  private static List<String> line(ChildCommand command) throws IOException {
    var path = command.environment().getOrDefault("PATH", "");
    String name = command.line().getFirst();
    Path program =
        Programs.find(name, path)
            .orElseThrow(
                () -> new IOException("there is no program %s (path: %s)".formatted(name, path)));
    var line = new ArrayList<String>();
    SETSID.ifPresent(setsid -> line.add(setsid.toString()));
    line.add(program.toString());
    line.addAll(command.line().subList(1, command.line().size()));
    return line;
  }

  private void watch() {
    try {
      while (!process.waitFor(ProcessTree.LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        var weight = tree.look();
        String broken = broken(weight);
        if (broken != null) {
          brokenLimit = broken;
          tree.end();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable String broken(ProcessTree.Weight weight) {
    long megabytes = weight.bytes() >> 20;
    if (weight.processes() > limits.processes()) {
      return "it ran %d processes (at most %d)".formatted(weight.processes(), limits.processes());
    }
    return megabytes > limits.megabytes()
        ? "it took %d MB of memory (at most %d)".formatted(megabytes, limits.megabytes())
        : null;
  }

  public long pid() {
    return process.pid();
  }

  /** What its environment, and that of all it starts, has in it: a variable and its value. */
  public String mark() {
    return tree.mark();
  }

  public OutputStream input() {
    return process.getOutputStream();
  }

  public InputStream output() {
    return process.getInputStream();
  }

  public InputStream errors() {
    return process.getErrorStream();
  }

  /** Completes with its exit code when the process itself has ended; others may be left of it. */
  public CompletableFuture<Integer> onExit() {
    return process.onExit().thenApply(Process::exitValue);
  }

  /** Which limit the process was ended for, if it was. */
  public Optional<String> brokenLimit() {
    return Optional.ofNullable(brokenLimit);
  }

  /** Ends the process and all that came of it, and waits until they are gone. Idempotent. */
  @Override
  public void close() {
    if (!tree.end()) {
      throw new IllegalStateException("process %d cannot be ended".formatted(process.pid()));
    }
  }
}
