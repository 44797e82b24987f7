package io.nanoswarm.script;

import io.nanoswarm.Foreground;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * The real script {@code swarm} in a checkout without sources, on a system without Java: a JDK is
 * what a test installs, and notes how it was called; so does Maven.
 */
final class ScriptFixture {
  private static final List<String> MODULES =
      List.of(
          "cluster-config",
          "persistence",
          "actors",
          "actors/testkit",
          "actors/offline",
          "actors/skills",
          "runtime");

  private static final List<String> TOOLS =
      List.of(
          "bash",
          "sh",
          "sed",
          "readlink",
          "dirname",
          "find",
          "head",
          "tail",
          "sort",
          "date",
          "mkdir",
          "cp",
          "mv",
          "rm",
          "cat",
          "grep",
          "flock",
          "setpriv",
          "nice",
          "env",
          "sleep",
          "true",
          "touch");

  private static final String JAVA =
      """
      #!/bin/sh
      case "$*" in
        *TrainingMain*)
          echo trained >>"$RECORDS/training"
          [ ! -e "$RECORDS/training-hangs" ] || { echo $$ >"$RECORDS/hanging"; exec sleep 600; }
          exit 0 ;;
      esac
      printf '%s\\n' "$0" "$@" >"$RECORDS/java"
      [ -e "$RECORDS/waits" ] || exit 7
      trap 'exit 43' TERM
      trap 'exit 44' INT
      touch "$RECORDS/ready"
      while :; do sleep 1 & wait $!; done
      """;

  private static final String MAVEN =
      """
      #!/bin/sh
      echo "$*" >>"$RECORDS/builds"
      [ ! -e "$RECORDS/build-hangs" ] || { echo $$ >"$RECORDS/hanging"; exec sleep 600; }
      [ ! -e "$RECORDS/build-fails" ] || { echo '[ERROR] it does not compile'; exit 1; }
      echo "[INFO] Building nanoswarm-cluster-config 1"
      mkdir -p "$CHECKOUT/runtime/target/dist/lib" "$CHECKOUT/runtime/target/dist/sdk"
      touch "$CHECKOUT/runtime/target/dist/lib/nanoswarm.jar"
      echo '[INFO] BUILD SUCCESS'
      """;

  /** What a process that has ended left. */
  record Ended(int code, String err) {}

  private final Path checkout;
  private final Path home;
  private final Path system;
  private final Path tools;
  private final Path records;
  private final Map<String, String> environment = new HashMap<>();

  ScriptFixture(Path root) throws IOException {
    checkout = Files.createDirectories(root.resolve("check out"));
    home = Files.createDirectories(root.resolve("home"));
    system = Files.createDirectories(root.resolve("system"));
    tools = Files.createDirectories(root.resolve("bin"));
    records = Files.createDirectories(root.resolve("records"));
    for (String script : List.of("swarm", "jdk.sh")) {
      Files.copy(Path.of("..", script), checkout.resolve(script));
    }
    executable(checkout.resolve("swarm"));
    Files.createFile(checkout.resolve("pom.xml"));
    for (String module : MODULES) {
      Files.createDirectories(checkout.resolve(module).resolve("src/main"));
      Files.createFile(checkout.resolve(module).resolve("pom.xml"));
    }
    for (String tool : TOOLS) {
      Optional<Path> real = onPath(tool);
      if (real.isPresent()) {
        executable(
            Files.writeString(
                tools.resolve(tool), "#!/bin/sh\nexec '%s' \"$@\"\n".formatted(real.get())));
      }
    }
    executable(Files.writeString(tools.resolve("mvn"), MAVEN));
  }

  private static Optional<Path> onPath(String tool) {
    for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
      Path file = Path.of(folder, tool);
      if (Files.isExecutable(file)) {
        return Optional.of(file.toAbsolutePath());
      }
    }
    return Optional.empty();
  }

  Path home() {
    return home;
  }

  /** What stands for the root folder. */
  Path system() {
    return system;
  }

  /** The folder whose programs are found by their names. */
  Path tools() {
    return tools;
  }

  Path checkout() {
    return checkout;
  }

  void set(String variable, Path value) {
    environment.put(variable, value.toString());
  }

  /** A JDK, as far as the script looks at one. */
  Path installJdk(Path folder, String version) throws IOException {
    Files.createDirectories(folder.resolve("bin"));
    Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    executable(Files.writeString(folder.resolve("bin/java"), JAVA));
    executable(Files.writeString(folder.resolve("bin/javac"), "#!/bin/sh\n"));
    return folder;
  }

  /** From now on: {@code waits} for java, {@code build-hangs} and so on. */
  void let(String what) throws IOException {
    Files.createFile(records.resolve(what));
  }

  Process start(String... arguments) throws IOException {
    var line = new ArrayList<>(Foreground.prefix());
    line.add(checkout.resolve("swarm").toString());
    line.addAll(List.of(arguments));
    var builder = new ProcessBuilder(line);
    builder.environment().clear();
    builder.environment().put("PATH", tools.toString());
    builder.environment().put("HOME", home.toString());
    builder.environment().put("NANOSWARM_SYSTEM_ROOT", system.toString());
    builder.environment().put("RECORDS", records.toString());
    builder.environment().put("CHECKOUT", checkout.toString());
    builder.environment().putAll(environment);
    return builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
  }

  Ended run(String... arguments) throws Exception {
    Process process = start(arguments);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), err);
  }

  /** The java that was called to run the program, and with what; empty if none was. */
  List<String> called() throws IOException {
    Path file = records.resolve("java");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  int times(String what) throws IOException {
    return lines(what).size();
  }

  /** What Maven was called with, each time. */
  List<String> builds() throws IOException {
    return lines("builds");
  }

  private List<String> lines(String what) throws IOException {
    Path file = records.resolve(what);
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  void awaitReady() {
    Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> recorded("ready") != null);
  }

  /** The process that hangs, once it does. */
  ProcessHandle awaitHanging() throws IOException {
    Awaitility.await().atMost(60, TimeUnit.SECONDS).until(() -> recorded("hanging") != null);
    return ProcessHandle.of(Long.parseLong(String.valueOf(recorded("hanging")))).orElseThrow();
  }

  /** Null until the file has been written whole; a {@code ready} is empty. */
  private @Nullable String recorded(String name) throws IOException {
    Path file = records.resolve(name);
    if (!Files.exists(file)) {
      return null;
    }
    String text = Files.readString(file);
    return text.endsWith("\n") ? text.strip() : name.equals("ready") ? name : null;
  }

  /** As if what was built last had been built long ago, and a source had been changed since. */
  void changeSource(String path) throws IOException {
    Path built =
        Path.of(Files.readString(checkout.resolve("runtime/target/run/current"))).resolve("built");
    var past = Instant.parse("2020-01-01T00:00:00Z");
    try (var all = Files.walk(checkout)) {
      for (Path each : all.toList()) {
        Files.setLastModifiedTime(each, FileTime.from(past.minusSeconds(60)));
      }
    }
    Files.setLastModifiedTime(built, FileTime.from(past));
    Path source = checkout.resolve(path);
    if (!Files.exists(source)) {
      Files.createFile(source);
    }
    Files.setLastModifiedTime(source, FileTime.from(past.plusSeconds(60)));
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
