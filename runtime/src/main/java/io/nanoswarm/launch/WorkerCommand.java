package io.nanoswarm.launch;

import io.nanoswarm.skills.interpreter.VersionFolders;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a worker JVM is called: nothing that is secret, nothing that is not needed.
 *
 * @param java the executable
 * @param classPath as the JVM takes it
 * @param aotCache classes loaded and linked ahead of time, if there are any
 */
record WorkerCommand(Path java, String classPath, @Nullable Path aotCache) {

  /** From here on a role is taken to compute rather than to wait: it makes garbage in bulk. */
  private static final int COMPUTING_HEAP_MEGABYTES = 128;

  /**
   * From here on a role is taken to compute for long. Just then the second compiler is worth its
   * price: in a run of some twenty seconds it took a third of all the processor time.
   */
  private static final int LONG_COMPUTING_HEAP_MEGABYTES = 256;

  private static final Set<String> PASSED_ON =
      Set.of("PATH", "HOME", "LANG", "TMPDIR", "TZ", "JAVA_HOME");

  /** The class path of this JVM, and behind it what users add: a cache fits its beginning. */
  static String classPath(List<Path> added) {
    var classPath = new StringBuilder(System.getProperty("java.class.path"));
    added.forEach(path -> classPath.append(File.pathSeparator).append(path));
    return classPath.toString();
  }

  /** With the JVM that runs this. */
  static WorkerCommand ofThisJvm(String classPath, @Nullable Path aotCache) {
    return new WorkerCommand(
        Path.of(System.getProperty("java.home"), "bin", "java"), classPath, aotCache);
  }

  List<String> line(int heapMegabytes, Class<?> main) {
    var line = new ArrayList<String>();
    line.add(java.toString());
    line.addAll(memory(heapMegabytes));
    line.addAll(compilers(heapMegabytes));
    line.addAll(
        List.of(
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:ArchiveRelocationMode=0",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-Dlogback.configurationFile=logback-worker.xml",
            // Threads that log while logging starts are no news.
            "-Dslf4j.internal.verbosity=ERROR"));
    if (aotCache != null) {
      line.add("-XX:AOTCache=" + aotCache);
      // A cache that does not fit is not used, and no reason to speak.
      line.addAll(List.of("-Xlog:aot*=off", "-Xlog:cds*=off"));
    }
    line.addAll(List.of("-cp", classPath, main.getName()));
    return List.copyOf(line);
  }

  /**
   * Stacks are touched as they grow, so a limit saves no memory until a thread runs deep: 512 KiB
   * is half the default and leaves room for parsers and automata that recurse.
   */
  private static List<String> memory(int heapMegabytes) {
    int young = heapMegabytes < COMPUTING_HEAP_MEGABYTES ? 4 : 16;
    return List.of(
        "-XX:+UseSerialGC",
        "-Xss512k",
        "-Xms%dm".formatted(young + 6),
        "-Xmn%dm".formatted(young),
        "-Xmx%dm".formatted(heapMegabytes));
  }

  /**
   * What is reserved costs no memory until it is used. With 32m, a start came so near to full that
   * the JVM collected all of its heap to make room: some 7 % of the processor time of a short run.
   */
  private static List<String> compilers(int heapMegabytes) {
    return heapMegabytes < LONG_COMPUTING_HEAP_MEGABYTES
        ? List.of("-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=64m")
        : List.of("-XX:ReservedCodeCacheSize=96m");
  }

  /**
   * Of an environment just what a JVM needs, and what skills were allowed by name: other keys and
   * tokens stay behind.
   */
  static Map<String, String> visible(Map<String, String> own, Collection<String> allowed) {
    var passedOn = new TreeMap<String, String>();
    own.forEach((name, value) -> {
      if (PASSED_ON.contains(name)
          || VersionFolders.VARIABLES.contains(name)
          || allowed.contains(name)
          || name.startsWith("LC_")) {
        passedOn.put(name, value);
      }
    });
    return passedOn;
  }

  /** {@link #visible}, and what is set for the JVM itself. */
  static Map<String, String> environment(Map<String, String> own, Collection<String> allowed) {
    var passedOn = visible(own, allowed);
    // One arena for all threads: glibc's default of several costs megabytes each.
    passedOn.put("MALLOC_ARENA_MAX", "1");
    return passedOn;
  }
}
