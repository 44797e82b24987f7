package io.nanoswarm.launch;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file from which a JVM takes classes that are loaded and linked already. A control node and
 * its workers run the same jars, so the workers take theirs from the file that the control node was
 * started with. A JVM that cannot use the file, since a jar or the JDK has changed, starts without
 * it.
 */
public final class AotCache {
  /** The JVM's option; the file's path follows. */
  public static final String OPTION = "-XX:AOTCache=";

  private AotCache() {}

  /** What this JVM was started with, if it is there. */
  public static Optional<Path> ofThisJvm() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith(OPTION))
        .map(argument -> Path.of(argument.substring(OPTION.length())))
        .filter(Files::isRegularFile)
        .findFirst();
  }
}
