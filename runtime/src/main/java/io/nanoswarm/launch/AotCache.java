package io.nanoswarm.launch;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Where the classes of a worker lie loaded and linked ahead of time, for one JDK and one class
 * path.
 *
 * <p>Guarantees: a cache is found only for exactly the jars and the JDK it was made from; one that
 * is half written is never found. Without one, workers start later and take more memory, and all
 * else is the same.
 */
public final class AotCache {
  private static final Duration MADE_WITHIN = Duration.ofMinutes(3);

  /** Enough for both compilers: what they learn fits small workers, too. */
  private static final int TRAINING_HEAP_MEGABYTES = 128;

  private static final int CACHES_KEPT = 3;

  private final Path folder;
  private final Path file;

  private AotCache(Path folder, String name) {
    this.folder = folder;
    this.file = folder.resolve(name);
  }

  /**
   * The place of the cache for this JVM's class path; empty if there can be none, since the JDK
   * takes jars only and the class path has folders.
   *
   * @param folder where caches are kept
   */
  public static Optional<AotCache> forThisJvm(Path folder) {
    return at(folder, System.getProperty("java.class.path"));
  }

  static Optional<AotCache> at(Path folder, String classPath) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(System.getProperty("java.vm.version").getBytes(StandardCharsets.UTF_8));
      for (var entry : classPath.split(Pattern.quote(File.pathSeparator), -1)) {
        var jar = Path.of(entry);
        if (!Files.isRegularFile(jar)) {
          return Optional.empty();
        }
        var print = "%s %d %s%n".formatted(jar, Files.size(jar), Files.getLastModifiedTime(jar));
        digest.update(print.getBytes(StandardCharsets.UTF_8));
      }
      var name = HexFormat.of().formatHex(digest.digest(), 0, 8);
      return Optional.of(new AotCache(folder, "worker-" + name + ".aot"));
    } catch (IOException _) {
      return Optional.empty();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  Path file() {
    return file;
  }

  /** The cache, if it was made. */
  public Optional<Path> find() {
    return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
  }

  /**
   * Makes the cache, unless it is there: lets a JVM of its own, in no cluster but its own, live a
   * worker's life. Blocks for about half a minute, of which a third is one processor's work, at the
   * lowest priority where the system has any. Failing is no error: workers then go on without.
   *
   * <p>The JVM ends with this one, and a cache half made is thrown away.
   *
   * @return whether there is a cache now
   */
  public boolean make() {
    if (find().isPresent()) {
      return true;
    }
    var pid = ProcessHandle.current().pid();
    var making = file.resolveSibling(file.getFileName() + "." + pid + ".tmp");
    try {
      Files.createDirectories(folder);
      if (train(making)) {
        Files.move(making, file, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.deleteIfExists(making);
      Files.deleteIfExists(Path.of(making + ".config"));
      // Every upgrade makes one of some 70 MB; the last few stay for those who go back.
      NewestFiles.keep(CACHES_KEPT, folder, "worker-*.aot");
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return find().isPresent();
  }

  private static boolean train(Path making) throws IOException, InterruptedException {
    var worker =
        WorkerCommand.ofThisJvm(System.getProperty("java.class.path"), null)
            .line(TRAINING_HEAP_MEGABYTES, Training.class);
    var line = new ArrayList<String>();
    if (Files.isExecutable(Path.of("/usr/bin/nice"))) {
      line.addAll(List.of("/usr/bin/nice", "-n", "19"));
    }
    line.addAll(worker);
    line.add(line.indexOf("-cp"), "-XX:AOTCacheOutput=" + making);
    var builder = new ProcessBuilder(line);
    builder.environment().clear();
    builder.environment().putAll(WorkerCommand.environment(System.getenv()));
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    var process = builder.start();
    try {
      return process.waitFor(MADE_WITHIN.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
