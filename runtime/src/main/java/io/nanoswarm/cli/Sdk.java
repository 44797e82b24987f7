package io.nanoswarm.cli;

import io.nanoswarm.client.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The jars that projects of agents are built with, as the build leaves them in a folder beside
 * those of this program: there is no public repository that has them.
 *
 * <p>A project's copies have a version of their own, made from their contents, so that Maven's
 * cache never takes those of one build for those of another.
 */
final class Sdk {
  private static final String GROUP = "io.nanoswarm";
  private static final Pattern JAR = Pattern.compile("(nanoswarm-[a-z-]+)-(\\d[^/]*)\\.jar");
  private static final String PARENT = "pom.xml";
  private static final int VERSION_BYTES = 4;

  private final Path folder;

  /**
   * @param folder with the SDK's jars, each with its own pom within, and the parent's beside them
   */
  Sdk(Path folder) {
    this.folder = folder;
  }

  /**
   * @throws UserError if this program does not come with an SDK
   */
  static Sdk ofThisProgram() {
    Path folder = besideTheJar();
    if (folder == null || !Files.isRegularFile(folder.resolve(PARENT))) {
      throw UserError.environment(
          "this build of the program has no SDK beside it", "start it as `swarm new …`");
    }
    return new Sdk(folder);
  }

  private static @Nullable Path besideTheJar() {
    try {
      Path jar = Path.of(Sdk.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path lib = jar.getParent();
      return lib == null ? null : lib.resolveSibling("sdk");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Writes a Maven repository.
   *
   * @return the version that the SDK has there
   */
  String install(Path repository) throws IOException {
    List<Path> jars = jars();
    String was = jars.isEmpty() ? "" : part(jars.getFirst(), 2);
    String version = was + "-" + hash(jars);
    pom(repository, "nanoswarm", version, Files.readString(folder.resolve(PARENT)), was);
    for (Path jar : jars) {
      String artifact = part(jar, 1);
      pom(repository, artifact, version, ownPom(jar, artifact), was);
      Path copy = place(repository, artifact, version, "jar");
      Files.copy(jar, copy);
      checksum(copy);
    }
    return version;
  }

  private List<Path> jars() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> JAR.matcher(file.getFileName().toString()).matches())
          .sorted()
          .toList();
    }
  }

  private static String part(Path jar, int group) {
    var matcher = JAR.matcher(jar.getFileName().toString());
    return matcher.matches() ? matcher.group(group) : "";
  }

  private static String ownPom(Path jar, String artifact) throws IOException {
    try (var file = new JarFile(jar.toFile())) {
      var entry = file.getJarEntry("META-INF/maven/%s/%s/pom.xml".formatted(GROUP, artifact));
      if (entry == null) {
        throw new IOException(jar + " has no pom");
      }
      try (InputStream in = file.getInputStream(entry)) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  private static void pom(Path repository, String artifact, String version, String text, String was)
      throws IOException {
    Path file = place(repository, artifact, version, "pom");
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Files.writeString(
        file, text.replace("<version>" + was + "</version>", "<version>" + version + "</version>"));
    checksum(file);
  }

  /** Maven warns of every file that has none. */
  private static void checksum(Path file) throws IOException {
    byte[] hash = digest("SHA-1").digest(Files.readAllBytes(file));
    Files.writeString(
        file.resolveSibling(file.getFileName() + ".sha1"), HexFormat.of().formatHex(hash));
  }

  private static Path place(Path repository, String artifact, String version, String type) {
    return repository
        .resolve(GROUP.replace('.', '/'))
        .resolve(artifact)
        .resolve(version)
        .resolve("%s-%s.%s".formatted(artifact, version, type));
  }

  private static String hash(List<Path> jars) throws IOException {
    var digest = digest("SHA-256");
    for (Path jar : jars) {
      digest.update(Files.readAllBytes(jar));
    }
    return HexFormat.of().formatHex(digest.digest(), 0, VERSION_BYTES);
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
