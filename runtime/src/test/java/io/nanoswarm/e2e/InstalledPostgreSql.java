package io.nanoswarm.e2e;

import io.nanoswarm.FreePort;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * A server of the PostgreSQL that is installed on this machine, on loopback: with clients of the
 * same version, which those of the other tests do not have. Its role {@code swarm} may make
 * databases, and needs no password. It ends with {@link #close}.
 */
final class InstalledPostgreSql implements AutoCloseable {
  private static final List<String> NEEDED =
      List.of("initdb", "postgres", "pg_ctl", "createuser", "createdb", "pg_dump", "pg_restore");

  private final Path programs;
  private final Path folder;
  private final int port;

  /** The folder with the newest one's programs; null if there is none with all that is needed. */
  static @Nullable Path programs() throws IOException {
    var folders = new ArrayList<Path>();
    Path debian = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(debian)) {
      try (Stream<Path> versions = Files.list(debian)) {
        versions.map(version -> version.resolve("bin")).forEach(folders::add);
      }
    }
    folders.sort(Comparator.comparingInt(InstalledPostgreSql::version).reversed());
    Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(Path::of).forEach(folders::add);
    return folders.stream()
        .filter(
            bin -> NEEDED.stream().allMatch(program -> Files.isExecutable(bin.resolve(program))))
        .findFirst()
        .orElse(null);
  }

  private static int version(Path bin) {
    String name = bin.getParent().getFileName().toString();
    return name.matches("\\d{1,4}") ? Integer.parseInt(name) : 0;
  }

  /** Aborts the test, and says why, where none can be started. */
  static InstalledPostgreSql start(Path programs, Path folder)
      throws IOException, InterruptedException {
    var server =
        new InstalledPostgreSql(programs, Files.createDirectories(folder), FreePort.next());
    try {
      server.run("initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N");
      server.run(
          "pg_ctl",
          "-w",
          "-t",
          "60",
          "-l",
          folder.resolve("log").toString(),
          "-o",
          "-p %d -h localhost -k %s -c fsync=off".formatted(server.port, folder),
          "start");
    } catch (IllegalStateException e) {
      throw new TestAbortedException(
          "PostgreSQL was not tested: that of %s cannot be started on this machine, which as root needs `unshare -U`: %s"
              .formatted(programs, e.getMessage()),
          e);
    }
    server.run("createuser", "--createdb", "swarm");
    return server;
  }

  private InstalledPostgreSql(Path programs, Path folder, int port) {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
  }

  private void run(String program, String... arguments) throws IOException, InterruptedException {
    var line = new ArrayList<String>();
    if (System.getProperty("user.name").equals("root")) {
      // The server refuses to run as root.
      line.addAll(List.of("unshare", "-U"));
    }
    line.add(programs.resolve(program).toString());
    line.addAll(List.of(arguments));
    Path said = folder.resolve("said-by-" + program);
    var builder = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.environment().put("PGDATA", folder.resolve("data").toString());
    builder.environment().put("PGHOST", "localhost");
    builder.environment().put("PGPORT", Integer.toString(port));
    builder.environment().put("PGUSER", "postgres");
    Process process = builder.start();
    if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException(program + ": " + Files.readString(said));
    }
  }

  int port() {
    return port;
  }

  /** For a shell that shall find its clients. */
  String path() {
    return programs + File.pathSeparator + System.getenv("PATH");
  }

  @Override
  public void close() throws IOException {
    try {
      run("pg_ctl", "-m", "immediate", "-w", "stop");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the server was not seen to stop", e);
    }
  }
}
