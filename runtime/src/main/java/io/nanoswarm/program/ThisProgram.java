package io.nanoswarm.program;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** How to start the program that runs once more. */
public final class ThisProgram {
  /** Of the command line. */
  private static final String MAIN = "io.nanoswarm.SwarmMain";

  private static final Pattern NAMES_A_FILE =
      Pattern.compile("NANOSWARM_(CONFIG|\\w+_FILE|TLS_(CERTIFICATE|KEY|CA))");

  private ThisProgram() {}

  /**
   * For a node of this program or another version of it, to be run in a folder of its own: files
   * that its environment names by a path relative to this process' folder are the same ones there.
   */
  public static ProcessBuilder in(Path folder, List<String> line) {
    var builder = new ProcessBuilder(line).directory(new File(folder.toString()));
    builder.environment().putAll(environment(System.getenv()));
    return builder;
  }

  /** What {@link #in} makes of the environment. */
  static Map<String, String> environment(Map<String, String> environment) {
    var told = new HashMap<>(environment);
    told.replaceAll((name, value) ->
        NAMES_A_FILE.matcher(name).matches() && !value.isEmpty()
            ? Path.of(value).toAbsolutePath().toString()
            : value);
    return told;
  }

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
