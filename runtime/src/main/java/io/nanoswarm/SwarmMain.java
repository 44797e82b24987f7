package io.nanoswarm;

import io.nanoswarm.cli.Surroundings;
import io.nanoswarm.cli.SwarmCli;
import io.nanoswarm.http.EndpointServer;
import io.nanoswarm.node.LocalNodes;
import io.nanoswarm.node.SwarmSetup;
import io.nanoswarm.terminal.Console;
import java.nio.file.Path;
import java.time.InstantSource;

/** The program {@code swarm}. */
public final class SwarmMain {
  private SwarmMain() {}

  public static void main(String[] args) {
    var environment = System.getenv();
    var clock = InstantSource.system();
    String version = version();
    var surroundings =
        new Surroundings(
            new LocalNodes(SwarmSetup.offline(), EndpointServer::start, version, clock),
            Console.system(environment),
            environment,
            Path.of("").toAbsolutePath(),
            clock,
            version);
    int exitCode = SwarmCli.run(surroundings, args);
    System.out.flush();
    Runtime.getRuntime().exit(exitCode);
  }

  private static String version() {
    String version = SwarmMain.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
