package io.nanoswarm.program;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How to start the program that runs once more. */
public final class ThisProgram {
  /** Of the command line. */
  private static final String MAIN = "io.nanoswarm.SwarmMain";

  private ThisProgram() {}

  /**
   * The JVM, its options and the class path are those of this process; arguments are to come.
   * Agents of debuggers and profilers, which take a port or a file, are left out.
   */
  public static List<String> line() {
    var line = new ArrayList<String>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !option.startsWith("-agent") && !option.startsWith("-javaagent"))
        .forEach(line::add);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
    return List.copyOf(line);
  }
}
