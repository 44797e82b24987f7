package io.nanoswarm.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.nanoswarm.Foreground;
import io.nanoswarm.api.ApiJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The real program in a process of its own, started with {@code --json}, and what it prints. */
final class SwarmProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 240;

  private final Process process;
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final List<String> strays = new CopyOnWriteArrayList<>();
  private final StringBuilder errors = new StringBuilder();
  private final List<Watch> watches = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Void> read = new CompletableFuture<>();

  private record Watch(Predicate<JsonNode> what, CompletableFuture<JsonNode> seen) {}

  private SwarmProcess(Process process) {
    this.process = process;
    Thread.ofVirtual().start(this::readEvents);
    Thread.ofVirtual().start(this::readErrors);
  }

  static SwarmProcess start(Path data, String... arguments) throws IOException {
    return start(data, List.of(), arguments);
  }

  /**
   * @param options of the JVM, besides the usual ones
   */
  static SwarmProcess start(Path data, List<String> options, String... arguments)
      throws IOException {
    return start(data, Map.of(), options, arguments);
  }

  /** With variables in its environment. */
  static SwarmProcess start(Path data, Map<String, String> environment, String... arguments)
      throws IOException {
    return start(data, environment, List.of(), arguments);
  }

  static SwarmProcess start(
      Path data, Map<String, String> environment, List<String> options, String... arguments)
      throws IOException {
    var line = new ArrayList<>(Foreground.prefix());
    line.addAll(program(options));
    line.addAll(List.of(arguments));
    line.addAll(List.of("--data", data.toString()));
    var builder = new ProcessBuilder(line);
    builder.environment().putAll(environment);
    return new SwarmProcess(builder.start());
  }

  /** What starts the packaged program. */
  static List<String> program() throws IOException {
    return program(List.of());
  }

  private static List<String> program(List<String> options) throws IOException {
    var line = new ArrayList<String>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(TrainedCache.options(classPath()));
    line.add("-XX:TieredStopAtLevel=1");
    line.addAll(options);
    line.addAll(List.of("-cp", classPath(), "io.nanoswarm.SwarmMain"));
    return line;
  }

  /** The jars that users run, as they were packaged. */
  private static String classPath() throws IOException {
    try (var jars = Files.list(Path.of(System.getProperty("swarm.dist")))) {
      return jars.map(Path::toString)
          .filter(jar -> jar.endsWith(".jar"))
          .sorted()
          .collect(Collectors.joining(":"));
    }
  }

  private void readEvents() {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        if (!text.startsWith("{")) {
          strays.add(text);
          continue;
        }
        JsonNode event = ApiJson.mapper().readTree(text);
        events.add(event);
        watches.stream()
            .filter(watch -> watch.what().test(event))
            .forEach(watch -> watch.seen().complete(event));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      read.complete(null);
      watches.forEach(watch ->
          watch
              .seen()
              .completeExceptionally(new AssertionError("the program ended before:\n" + report())));
    }
  }

  private void readErrors() {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      for (String text = lines.readLine(); text != null; text = lines.readLine()) {
        synchronized (errors) {
          errors.append(text).append('\n');
          errors.notifyAll();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first event, seen already or to come, that is meant. */
  JsonNode await(Predicate<JsonNode> what) throws InterruptedException {
    var watch = new Watch(what, new CompletableFuture<>());
    watches.add(watch);
    events.stream().filter(what).findFirst().ifPresent(watch.seen()::complete);
    if (read.isDone() && !watch.seen().isDone()) {
      throw new AssertionError("the program ended before:\n" + report());
    }
    return get(watch.seen());
  }

  JsonNode await(String event) throws InterruptedException {
    return await(json -> is(json, event));
  }

  static boolean is(JsonNode json, String event) {
    return json.path("event").asText().equals(event);
  }

  /** Every event of a kind that was printed so far. */
  List<JsonNode> all(String event) {
    return events.stream().filter(json -> is(json, event)).toList();
  }

  /** Waits for the end of the program. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the program did not end:\n" + report());
    }
    get(read);
    if (!strays.isEmpty()) {
      throw new AssertionError("printed, and not as JSON:\n" + String.join("\n", strays));
    }
    return process.exitValue();
  }

  /** Of a command that does not print JSON. */
  int plainExitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the program did not end:\n" + report());
    }
    return process.exitValue();
  }

  private <T> T get(CompletableFuture<T> future) throws InterruptedException {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("nothing came:\n" + report(), e);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause().getMessage(), e.getCause());
    }
  }

  /** Waits until a line with this text was printed beside the answer. */
  void awaitError(String text) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    synchronized (errors) {
      while (errors.indexOf(text) < 0) {
        long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        if (left <= 0 || !process.isAlive()) {
          throw new AssertionError("it never said '%s':\n%s".formatted(text, report()));
        }
        errors.wait(Math.min(left, 500));
      }
    }
  }

  String errors() {
    synchronized (errors) {
      return errors.toString();
    }
  }

  String report() {
    return events.stream().map(JsonNode::toString).collect(Collectors.joining("\n"))
        + "\n"
        + errors();
  }

  void signal(String name) throws IOException, InterruptedException {
    signal(name, process.pid());
  }

  static void signal(String name, long pid) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
  }

  /** The JVMs that this program has started. */
  List<ProcessHandle> children() {
    return process.children().toList();
  }

  /** Command lines and environments of processes, as the system shows them. */
  static String visible(List<ProcessHandle> processes) throws IOException {
    var seen = new StringBuilder();
    for (ProcessHandle each : processes) {
      // Cut off where it is long, so that the whole is read below where it can be.
      each.info().commandLine().ifPresent(seen::append);
      for (String shown : List.of("cmdline", "environ")) {
        Path file = Path.of("/proc", Long.toString(each.pid()), shown);
        if (Files.isReadable(file)) {
          seen.append(Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    }
    return seen.toString();
  }

  long pid() {
    return process.pid();
  }

  /** Waits until a process is gone; one that never was is. */
  static void awaitEnd(ProcessHandle process) throws InterruptedException {
    try {
      process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("process " + process.pid() + " still runs", e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
