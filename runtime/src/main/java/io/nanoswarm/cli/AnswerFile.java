package io.nanoswarm.cli;

import io.nanoswarm.client.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that holds a whole answer or stays as it was. */
record AnswerFile(Path path) {

  /** Refuses what cannot be written, before any work is done for it. */
  static AnswerFile at(Path path) {
    var folder = path.getParent();
    if (Files.isDirectory(path)) {
      throw UserError.usage(
          "--output " + path + " is a folder",
          "name a file in it: --output " + path.resolve("answer.md"));
    }
    if (folder == null || !Files.isDirectory(folder)) {
      throw UserError.usage(
          "--output " + path + ": there is no folder " + folder,
          "create it, or choose another file");
    }
    if (!Files.isWritable(folder)) {
      throw UserError.usage(
          "--output " + path + ": folder " + folder + " cannot be written to",
          "choose another file");
    }
    return new AnswerFile(path);
  }

  void write(String answer) {
    try {
      var folder = path.toAbsolutePath().getParent();
      var draft = Files.createTempFile(folder, "." + path.getFileName(), ".part");
      try {
        Files.writeString(draft, answer);
        Files.move(
            draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw UserError.environment(
          "the answer cannot be written to " + path + ": " + e.getMessage(),
          "free space there, then print it with `swarm watch ID --output FILE`");
    }
  }
}
