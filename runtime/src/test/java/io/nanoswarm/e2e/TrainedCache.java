package io.nanoswarm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.launch.AotCache;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The file that {@code ./swarm} has made after a build, from which every JVM starts faster; made
 * once, beside the packaged jars. So these tests run what users run, and take a third less time.
 */
final class TrainedCache {
  /** What decides about the use of the file must be the same when it is made and used. */
  private static final List<String> ALWAYS =
      List.of(
          "-XX:+UseSerialGC",
          "--sun-misc-unsafe-memory-access=allow",
          "--enable-native-access=ALL-UNNAMED");

  private static final TrainedCache OF_THESE_TESTS = new TrainedCache();

  private TrainedCache() {}

  /** Options of a JVM that uses the file, with this class path. */
  static List<String> options(String classPath) throws IOException {
    var options = new ArrayList<>(ALWAYS);
    options.addAll(List.of("-Xlog:aot*=off", "-Xlog:cds*=off"));
    options.add(AotCache.OPTION + OF_THESE_TESTS.file(classPath));
    return options;
  }

  private synchronized Path file(String classPath) throws IOException {
    Path built = Path.of(System.getProperty("swarm.dist")).resolveSibling("tests.aot");
    File file = built.toFile();
    if (!file.isFile() || file.lastModified() < newestOf(classPath)) {
      train(classPath, built);
    }
    return built;
  }

  private static long newestOf(String classPath) {
    long newest = 0;
    for (String jar : classPath.split(File.pathSeparator, -1)) {
      newest = Math.max(newest, new File(jar).lastModified());
    }
    return newest;
  }

  private static void train(String classPath, Path file) throws IOException {
    var line = new ArrayList<String>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(ALWAYS);
    line.addAll(List.of("-Xmx512m", "-XX:AOTCacheOutput=" + file, "-cp", classPath));
    line.addAll(
        List.of(
            "io.nanoswarm.training.TrainingMain",
            Path.of("..", "docs").toAbsolutePath().normalize().toString()));
    File log = file.resolveSibling("tests.aot.log").toFile();
    var process = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log).start();
    try {
      assertThat(process.waitFor()).as("see %s", log).isZero();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    assertThat(file).isNotEmptyFile();
  }
}
