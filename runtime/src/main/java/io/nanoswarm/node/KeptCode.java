package io.nanoswarm.node;

import io.nanoswarm.agent.AgentCode;
import io.nanoswarm.agent.CodeFolders;
import io.nanoswarm.artifact.ArtifactStore;
import io.nanoswarm.artifact.PackedFolder;
import io.nanoswarm.store.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps users' code in the state that it has when a swarm begins to use it, so that the next build
 * disturbs no agent that runs; where other machines run agents as well, with copies for them.
 * Blocks; safe for many threads.
 *
 * <p>What is kept lasts as long as the node runs: {@link #clear} is the first thing that the next
 * one does.
 */
final class KeptCode {
  private static final int VERSION_BYTES = 8;

  private final Path folder;
  private final @Nullable ArtifactStore shared;

  /**
   * Files in one state.
   *
   * @param folder where they are kept, absolute
   * @param version a hash over their names and contents
   */
  record Kept(Path folder, List<AgentCode.Part> parts, String version) {
    Kept {
      parts = List.copyOf(parts);
    }

    /** Where they are on this node, absolute. */
    List<String> classPath() {
      return parts.stream().map(part -> folder.resolve(part.name()).toString()).toList();
    }

    /** An agent of this code. */
    AgentCode code(String implementation) {
      return new AgentCode(implementation, parts, version);
    }

    /**
     * Whether a class of this name is among them.
     *
     * @throws ZipException if a file among them is no jar
     */
    boolean holds(String name) throws IOException {
      String file = name.replace('.', '/') + ".class";
      for (String each : classPath()) {
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
      for (String each : classPath()) {
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

  /** One part of the code has more than can be copied to other machines. */
  static final class TooLarge extends Exception {
    private TooLarge(String part) {
      super(
          "%s has more than can be copied to other machines (at most %d MiB)"
              .formatted(part, PackedFolder.MOST_BYTES >> 20));
    }
  }

  /** Of a node whose machine alone runs its agents. */
  KeptCode(Path folder) {
    this(folder, null);
  }

  /**
   * @param shared where copies are put for other machines; null for none
   */
  KeptCode(Path folder, @Nullable ArtifactStore shared) {
    this.folder = folder.toAbsolutePath();
    this.shared = shared;
  }

  /** Forgets everything. Only while no agent runs. */
  void clear() throws IOException {
    Folders.delete(folder);
  }

  /**
   * Keeps files as they are now.
   *
   * @param sources absolute paths of jars and folders
   * @throws NoSuchFileException if one of them is not there
   * @throws IOException if one of them cannot be copied
   */
  Kept keep(List<String> sources) throws IOException, TooLarge {
    if (sources.isEmpty()) {
      return new Kept(folder, List.of(), "");
    }
    Files.createDirectories(folder);
    Path fresh = Files.createTempDirectory(folder, "new-");
    try {
      var digest = sha256();
      var names = new ArrayList<String>();
      for (int i = 0; i < sources.size(); i++) {
        Path source = Path.of(sources.get(i));
        names.add(name(i, source));
        copy(source, fresh.resolve(names.getLast()), digest);
      }
      String version = HexFormat.of().formatHex(digest.digest(), 0, VERSION_BYTES);
      Path place = folder.resolve(version);
      move(fresh, place);
      var parts = new ArrayList<AgentCode.Part>();
      for (String name : names) {
        parts.add(part(place, name));
      }
      return new Kept(place, parts, version);
    } finally {
      Folders.delete(fresh);
    }
  }

  /** Keeps files as they were when the copies were made. */
  Kept keep(KeptSwarm.Copies copies, ArtifactStore artifacts) throws CodeFolders.CodeMissing {
    var code = new AgentCode("its agents", copies.parts(), copies.version());
    Path place = new CodeFolders(folder, "this node").of(code, artifacts);
    return new Kept(place, copies.parts(), copies.version());
  }

  private AgentCode.Part part(Path place, String name) throws IOException, TooLarge {
    Path file = place.resolve(name);
    boolean isFolder = Files.isDirectory(file);
    if (shared == null) {
      return new AgentCode.Part(name, isFolder, null);
    }
    return new AgentCode.Part(name, isFolder, shared.put(isFolder ? packed(file) : whole(file)));
  }

  /** Not deflated, which may make other bytes on the JDK of another control node. */
  private static byte[] packed(Path place) throws IOException, TooLarge {
    List<String> files;
    try (Stream<Path> walk = Files.walk(place)) {
      files =
          walk.filter(Files::isRegularFile)
              .sorted()
              .map(file -> place.relativize(file).toString())
              .toList();
    }
    try {
      return PackedFolder.pack(place, files, ZipEntry.STORED);
    } catch (PackedFolder.TooLarge _) {
      throw new TooLarge(sourceName(place));
    }
  }

  private static byte[] whole(Path file) throws IOException, TooLarge {
    if (Files.size(file) > PackedFolder.MOST_BYTES) {
      throw new TooLarge(sourceName(file));
    }
    return Files.readAllBytes(file);
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
