package io.nanoswarm.node;

import io.nanoswarm.store.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/**
 * Keeps users' code in the state that it has when a swarm begins to use it, so that the next build
 * disturbs no agent that runs. Blocks; safe for many threads.
 *
 * <p>What is kept lasts as long as the node runs: {@link #clear} is the first thing that the next
 * one does.
 */
final class KeptCode {
  private static final int VERSION_BYTES = 8;

  private final Path folder;

  /**
   * Files in one state.
   *
   * @param classPath where their copies are, absolute
   * @param version a hash over their names and contents
   */
  record Kept(List<String> classPath, String version) {
    Kept {
      classPath = List.copyOf(classPath);
    }

    /**
     * Whether a class of this name is among them.
     *
     * @throws ZipException if a file among them is no jar
     */
    boolean holds(String name) throws IOException {
      String file = name.replace('.', '/') + ".class";
      for (String each : classPath) {
        if (holds(Path.of(each), file)) {
          return true;
        }
      }
      return false;
    }

    private static boolean holds(Path place, String file) throws IOException {
      if (Files.isDirectory(place)) {
        return Files.isRegularFile(place.resolve(file));
      }
      try (var jar = open(place)) {
        return jar.getEntry(file) != null;
      }
    }

    private static JarFile open(Path place) throws IOException {
      try {
        return new JarFile(place.toFile());
      } catch (ZipException e) {
        var named = new ZipException(sourceName(place) + " is no jar: " + e.getMessage());
        named.initCause(e);
        throw named;
      }
    }

    /** The names of all classes but those within others. */
    List<String> classes() throws IOException {
      var names = new ArrayList<String>();
      for (String each : classPath) {
        files(Path.of(each)).stream()
            .filter(file -> file.endsWith(".class") && !file.contains("$"))
            .map(file -> file.substring(0, file.length() - 6).replace('/', '.'))
            .forEach(names::add);
      }
      return names;
    }

    private static List<String> files(Path place) throws IOException {
      if (Files.isDirectory(place)) {
        try (Stream<Path> files = Files.walk(place)) {
          return files.map(file -> place.relativize(file).toString()).toList();
        }
      }
      try (var jar = open(place)) {
        return jar.stream().map(entry -> entry.getName()).toList();
      }
    }
  }

  KeptCode(Path folder) {
    this.folder = folder;
  }

  /** Forgets everything. Only while no agent runs. */
  void clear() throws IOException {
    Folders.delete(folder);
  }

  /**
   * @param sources absolute paths of jars and folders
   * @throws IOException if one of them is not there, or cannot be copied
   */
  Kept keep(List<String> sources) throws IOException {
    if (sources.isEmpty()) {
      return new Kept(List.of(), "");
    }
    Files.createDirectories(folder);
    Path fresh = Files.createTempDirectory(folder, "new-");
    try {
      var digest = sha256();
      for (int i = 0; i < sources.size(); i++) {
        Path source = Path.of(sources.get(i));
        copy(source, fresh.resolve(name(i, source)), digest);
      }
      String version = HexFormat.of().formatHex(digest.digest(), 0, VERSION_BYTES);
      Path place = folder.resolve(version);
      move(fresh, place);
      var classPath = new ArrayList<String>();
      for (int i = 0; i < sources.size(); i++) {
        classPath.add(place.resolve(name(i, Path.of(sources.get(i)))).toString());
      }
      return new Kept(classPath, version);
    } finally {
      Folders.delete(fresh);
    }
  }

  /** With a number before it, since two may be called the same; the order counts. */
  private static String name(int index, Path source) {
    return "%02d-%s".formatted(index, source.getFileName());
  }

  private static String sourceName(Path kept) {
    return String.valueOf(kept.getFileName()).replaceFirst("^\\d+-", "");
  }

  private static void copy(Path given, Path target, MessageDigest digest) throws IOException {
    Path source = given.toRealPath();
    List<Path> files;
    try (Stream<Path> walk = Files.walk(source)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    for (Path file : files) {
      String inside = source.relativize(file).toString();
      Path copy = inside.isEmpty() ? target : target.resolve(inside);
      Files.createDirectories(
          Optional.ofNullable(copy.getParent()).orElseThrow(() -> new IOException("no folder")));
      byte[] content = Files.readAllBytes(file);
      digest.update(
          "%s %d\n"
              .formatted(target.getFileName() + "/" + inside, content.length)
              .getBytes(StandardCharsets.UTF_8));
      digest.update(content);
      Files.write(copy, content);
    }
    if (files.isEmpty()) {
      Files.createDirectories(target);
    }
  }

  /** What has the same hash is the same, so whoever was first is as good. */
  private static void move(Path fresh, Path place) throws IOException {
    try {
      Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException _) {
      return;
    } catch (IOException e) {
      if (!Files.isDirectory(place)) {
        throw e;
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
