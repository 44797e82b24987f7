package io.nanoswarm.launch;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
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
  private final Path file;

  private AotCache(Path file) {
    this.file = file;
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
      return Optional.of(new AotCache(folder.resolve("worker-" + name + ".aot")));
    } catch (IOException _) {
      return Optional.empty();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The cache, if it was made. */
  public Optional<Path> find() {
    return Files.isRegularFile(file) ? Optional.of(file) : Optional.empty();
  }
}
