package io.nanoswarm.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A script that runs, and all that it has printed. Nothing of it is left when it is closed. */
final class Terminal implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 300;
  private static final Pattern SESSION = Pattern.compile("session (\\w{8}): ");

  private final Process process;
  private final Thread reader;
  private final StringBuilder output = new StringBuilder();
  private boolean over;

  private Terminal(Process process) {
    this.process = process;
    reader = Thread.ofVirtual().start(this::read);
  }

  /** Stops at the first command that fails. Nobody types anything. */
  static Terminal run(String script, Path folder, Map<String, String> environment)
      throws IOException {
    var builder = new ProcessBuilder(List.of("bash", "-euo", "pipefail", "-c", script));
    builder.directory(folder.toFile());
    builder.environment().putAll(environment);
    var process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    return new Terminal(process);
  }

  private void read() {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (output) {
          output.append(line).append('\n');
          output.notifyAll();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      synchronized (output) {
        over = true;
        output.notifyAll();
      }
    }
  }

  /** Waits until it has printed this. */
  void await(String text) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    synchronized (output) {
      while (output.indexOf(text) < 0) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (over || left <= 0) {
          throw new AssertionError("'%s' was not printed, but:\n%s".formatted(text, output));
        }
        output.wait(left);
      }
    }
  }

  /** Waits for its end, which has to be a good one. */
  String finished() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("it did not end; it printed:\n" + printed());
    }
    reader.join();
    if (process.exitValue() != 0) {
      throw new AssertionError(
          "exit code %d; it printed:\n%s".formatted(process.exitValue(), printed()));
    }
    return printed();
  }

  String printed() {
    synchronized (output) {
      return output.toString();
    }
  }

  /** The id of the session that it has opened. */
  String session() {
    var matcher = SESSION.matcher(printed());
    if (!matcher.find()) {
      throw new AssertionError("no session was opened:\n" + printed());
    }
    return matcher.group(1);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
