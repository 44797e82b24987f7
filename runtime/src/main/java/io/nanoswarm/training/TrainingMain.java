package io.nanoswarm.training;

import io.nanoswarm.cli.Surroundings;
import io.nanoswarm.cli.SwarmCli;
import io.nanoswarm.http.EndpointServer;
import io.nanoswarm.node.LocalNodes;
import io.nanoswarm.node.SwarmSetup;
import io.nanoswarm.terminal.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;

/**
 * Runs one question over a small folder, with control node and workers in one JVM, so that the JDK
 * learns what a swarm loads; to be started with {@code -XX:AOTCacheOutput}. Exits as the question
 * does.
 */
public final class TrainingMain {
  private TrainingMain() {}

  /**
   * @param args the folder to search
   */
  public static void main(String[] args) throws IOException {
    Path scratch = Files.createTempDirectory("nanoswarm-training");
    int exitCode;
    try {
      var setup = SwarmSetup.offline().launchedBy(WorkersInThisJvm::new);
      var clock = InstantSource.system();
      var surroundings =
          new Surroundings(
              new LocalNodes(setup, EndpointServer::start, "training", clock),
              Console.system(Map.of()),
              Map.of(),
              scratch,
              clock,
              "training");
      exitCode =
          SwarmCli.run(
              surroundings,
              "run",
              "what happens when an agent dies?",
              "--workspace",
              Path.of(args[0]).toAbsolutePath().toString(),
              "--timeout",
              "60s",
              "--data",
              scratch.resolve("data").toString());
    } finally {
      delete(scratch);
    }
    System.out.flush();
    Runtime.getRuntime().exit(exitCode);
  }

  private static void delete(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
