package io.nanoswarm.offline.workspace;

import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.artifact.ArtifactStore;
import io.nanoswarm.workspace.Manifest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The files of a workspace as one artifact, for machines that do not have its folder.
 *
 * <p>Guarantees: the same files make the same bytes; a folder that is unpacked is whole under its
 * name, whoever is killed meanwhile; nothing is written outside it.
 */
public final class WorkspaceCopy {
  /** The most that a copy may have, packed: agents hold it in memory once, and some have 64 MiB. */
  public static final int MOST_BYTES = 16 << 20;

  private static final FileTime NO_TIME = FileTime.from(Instant.parse("1980-01-01T12:00:00Z"));
  private static final int KEPT = 8;
  private static final Duration KEPT_FOR = Duration.ofDays(1);

  private WorkspaceCopy() {}

  /**
   * Packs the files of a manifest; one that has gone meanwhile is left out. Blocks.
   *
   * @throws WorkspaceProblem if they are too many to be copied
   */
  public static byte[] pack(Path root, Manifest manifest) throws IOException, WorkspaceProblem {
    var packed = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(packed)) {
      for (Manifest.File file : manifest.files()) {
        byte[] content;
        try {
          content = Files.readAllBytes(root.resolve(file.path()));
        } catch (NoSuchFileException _) {
          continue;
        }
        var entry = new ZipEntry(file.path());
        entry.setLastModifiedTime(NO_TIME);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
        if (packed.size() > MOST_BYTES) {
          throw new WorkspaceProblem(
              "%s has more than can be copied to other machines (at most %d MiB, packed)"
                  .formatted(root, MOST_BYTES >> 20),
              "leave some out with --exclude, or mount it on all machines and set"
                  + " NANOSWARM_COPY_WORKSPACE=off");
        }
      }
    }
    return packed.toByteArray();
  }

  /** The folder of a copy, below a cache that several processes share. Blocks. */
  static Path in(Path cache, ArtifactRef copy, ArtifactStore artifacts) throws IOException {
    Path all = Files.createDirectories(cache.resolve("workspaces"));
    Path folder = all.resolve(copy.sha256());
    if (Files.isDirectory(folder)) {
      return folder;
    }
    Path part = Files.createTempDirectory(all, "part-");
    try {
      unpack(new ByteArrayInputStream(artifacts.get(copy)), part);
      try {
        Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        if (!Files.isDirectory(folder)) {
          throw e;
        }
      }
    } finally {
      delete(part);
    }
    forgetOld(all, folder);
    return folder;
  }

  private static void unpack(InputStream packed, Path folder) throws IOException {
    try (var zip = new ZipInputStream(packed)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = folder.resolve(entry.getName()).normalize();
        if (!file.startsWith(folder)) {
          throw new IOException("a copy names a file outside its folder: " + entry.getName());
        }
        Files.createDirectories(file.getParent());
        Files.copy(zip, file);
      }
    }
  }

  /** But for the one that has just been made. */
  private static void forgetOld(Path all, Path but) throws IOException {
    List<Path> folders;
    try (Stream<Path> found = Files.list(all)) {
      folders =
          found
              .filter(folder -> !folder.equals(but))
              .sorted(Comparator.comparing(WorkspaceCopy::madeAt).reversed())
              .skip(KEPT)
              .toList();
    }
    Instant before = madeAt(but).minus(KEPT_FOR);
    for (Path folder : folders) {
      if (madeAt(folder).isBefore(before)) {
        delete(folder);
      }
    }
  }

  private static Instant madeAt(Path folder) {
    try {
      return Files.getLastModifiedTime(folder).toInstant();
    } catch (IOException _) {
      return Instant.MAX; // another process has just removed it
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
