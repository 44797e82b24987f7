package io.nanoswarm.artifact;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Files of a folder as one artifact, for machines that do not have it.
 *
 * <p>Guarantees: the same files make the same bytes; nothing is written outside the folder that is
 * unpacked into; what {@link #make} makes is whole under its name, whoever is killed meanwhile. All
 * methods block; several processes may make the same folder at once.
 */
public final class PackedFolder {
  /** The most that a copy may have: workers hold it in memory once, and some have 64 MiB. */
  public static final int MOST_BYTES = 16 << 20;

  private static final FileTime NO_TIME = FileTime.from(Instant.parse("1980-01-01T12:00:00Z"));

  private PackedFolder() {}

  /** The files have more than {@link #MOST_BYTES}, packed. */
  public static final class TooLarge extends Exception {
    public TooLarge(String what) {
      super("%s has more than %d MiB, packed".formatted(what, MOST_BYTES >> 20));
    }
  }

  /** Puts into an empty folder what belongs there. */
  @FunctionalInterface
  public interface Filling {
    void into(Path folder) throws IOException;
  }

  /**
   * Packs files; one that has gone meanwhile is left out.
   *
   * @param files below the root, in the order in which they are packed
   * @param method of {@link ZipEntry}: what is stored makes the same bytes whichever JDK packs it,
   *     what is deflated is smaller
   */
  public static byte[] pack(Path root, List<String> files, int method)
      throws IOException, TooLarge {
    var packed = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(packed)) {
      for (String file : files) {
        byte[] content;
        try {
          content = Files.readAllBytes(root.resolve(file));
        } catch (NoSuchFileException _) {
          continue;
        }
        zip.putNextEntry(entry(file, content, method));
        zip.write(content);
        zip.closeEntry();
        if (packed.size() > MOST_BYTES) {
          throw new TooLarge(root.toString());
        }
      }
    }
    return packed.toByteArray();
  }

  private static ZipEntry entry(String name, byte[] content, int method) {
    var entry = new ZipEntry(name);
    entry.setLastModifiedTime(NO_TIME);
    entry.setMethod(method);
    if (method == ZipEntry.STORED) {
      var sum = new CRC32();
      sum.update(content);
      entry.setCrc(sum.getValue());
      entry.setSize(content.length);
    }
    return entry;
  }

  /**
   * @param folder is there already, and has none of the files
   * @throws IOException if it cannot be written, or a file belongs outside it
   */
  public static void unpack(byte[] packed, Path folder) throws IOException {
    try (var zip = new ZipInputStream(new ByteArrayInputStream(packed))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder)) {
          throw new IOException("a copy names a file outside its folder: " + entry.getName());
        }
        Files.createDirectories(parent(file));
        Files.copy(zip, file);
      }
    }
  }

  /** Makes a folder, unless another process is faster: what it has made is as good. */
  public static void make(Path folder, Filling filling) throws IOException {
    Path part = Files.createTempDirectory(Files.createDirectories(parent(folder)), "part-");
    try {
      filling.into(part);
      Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    } finally {
      delete(part);
    }
  }

  /** With all that is in it, if it is there. */
  public static void delete(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  private static Path parent(Path file) throws IOException {
    return Optional.ofNullable(file.getParent())
        .orElseThrow(() -> new IOException("no folder to put %s into".formatted(file)));
  }
}
