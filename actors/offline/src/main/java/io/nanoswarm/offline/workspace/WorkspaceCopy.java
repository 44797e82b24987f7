package io.nanoswarm.offline.workspace;

import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.artifact.ArtifactStore;
import io.nanoswarm.artifact.PackedFolder;
import io.nanoswarm.workspace.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * The files of a workspace as one artifact, for machines that do not have its folder.
 *
 * <p>Guarantees: the same files make the same bytes; a folder that is unpacked is whole under its
 * name, whoever is killed meanwhile; nothing is written outside it.
 */
public final class WorkspaceCopy {
  private static final int KEPT = 8;
  private static final Duration KEPT_FOR = Duration.ofDays(1);

  private WorkspaceCopy() {}

  /**
   * Packs the files of a manifest; one that has gone meanwhile is left out. Blocks.
   *
   * @throws WorkspaceProblem if they are too many to be copied
   */
  public static byte[] pack(Path root, Manifest manifest) throws IOException, WorkspaceProblem {
    try {
      return PackedFolder.pack(
          root, manifest.files().stream().map(Manifest.File::path).toList(), ZipEntry.DEFLATED);
    } catch (PackedFolder.TooLarge _) {
      throw new WorkspaceProblem(
          "%s has more than can be copied to other machines (at most %d MiB, packed)"
              .formatted(root, PackedFolder.MOST_BYTES >> 20),
          "leave some out with --exclude, or mount it on all machines and set"
              + " NANOSWARM_COPY_WORKSPACE=off");
    }
  }

  /** The folder of a copy, below a cache that several processes share. Blocks. */
  static Path in(Path cache, ArtifactRef copy, ArtifactStore artifacts) throws IOException {
    Path all = Files.createDirectories(cache.resolve("workspaces"));
    Path folder = all.resolve(copy.sha256());
    if (Files.isDirectory(folder)) {
      return folder;
    }
    PackedFolder.make(folder, part -> PackedFolder.unpack(artifacts.get(copy), part));
    forgetOld(all, folder);
    return folder;
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
        PackedFolder.delete(folder);
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
}
