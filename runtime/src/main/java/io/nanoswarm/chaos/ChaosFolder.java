package io.nanoswarm.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * Where a run keeps its files.
 *
 * @param root holds all that follows, and belongs to the run alone
 */
public record ChaosFolder(Path root) {

  /** Creates what is missing. */
  public static ChaosFolder create(Path root) throws IOException {
    var folder = new ChaosFolder(root);
    Files.createDirectories(folder.workspace());
    Files.writeString(folder.workspace().resolve("exercise.md"), "# Exercise\n");
    Files.createDirectories(folder.acknowledged());
    return folder;
  }

  /** Of the nodes. */
  public Path data() {
    return root.resolve("data");
  }

  /** What nodes print. */
  public Path log() {
    return root.resolve("node.log");
  }

  /** What sessions work on where nobody says otherwise. */
  public Path workspace() {
    return root.resolve("workspace");
  }

  /** What agents are told is stored. */
  public Path acknowledged() {
    return root.resolve("acknowledged");
  }

  /** Deletes all of it. */
  public void delete() throws IOException {
    try (var files = Files.walk(root)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(file -> {
            try {
              Files.delete(file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
