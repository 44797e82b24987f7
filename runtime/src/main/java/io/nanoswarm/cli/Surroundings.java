package io.nanoswarm.cli;

import io.nanoswarm.client.Nodes;
import io.nanoswarm.terminal.Console;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * Everything a command takes from outside.
 *
 * @param folder the working folder, absolute
 * @param version of this program
 */
public record Surroundings(
    Nodes nodes,
    Console console,
    Map<String, String> environment,
    Path folder,
    InstantSource clock,
    String version) {

  /** What the user types to get here. */
  String program() {
    return environment.getOrDefault("NANOSWARM_COMMAND", "./swarm");
  }

  /** Puts the real name of the program into text that mentions {@code `swarm …`}. */
  String naming(String text) {
    return text.replace("`swarm ", "`" + program() + " ");
  }

  Path resolve(Path path) {
    return folder.resolve(path).normalize();
  }
}
