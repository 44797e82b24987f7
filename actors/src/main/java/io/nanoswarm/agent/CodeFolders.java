package io.nanoswarm.agent;

import io.nanoswarm.artifact.ArtifactStore;
import io.nanoswarm.artifact.PackedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The folders of a machine that hold users' code, one for each of its versions. What this machine
 * does not have is made of the copies in the artifact store.
 *
 * <p>Guarantees: a folder is whole under its name, whoever is killed meanwhile; nothing is written
 * outside it. Safe for many threads, one of which fetches at a time, and for many processes.
 */
public final class CodeFolders {
  private final Path all;
  private final String machine;
  private final ReentrantLock fetching = new ReentrantLock();

  /** The code is not on this machine; the message says which, and what to do. */
  public static final class CodeMissing extends Exception {
    private final boolean forGood;

    private CodeMissing(String message, boolean forGood) {
      super(message);
      this.forGood = forGood;
    }

    private CodeMissing(String message, IOException cause) {
      super(message, cause);
      forGood = false;
    }

    /** Whether trying again is pointless. */
    public boolean isForGood() {
      return forGood;
    }
  }

  /**
   * @param all the folder of the folders
   * @param machine what it is called to people, as "machine 10.0.0.7:25520"
   */
  public CodeFolders(Path all, String machine) {
    this.all = all;
    this.machine = machine;
  }

  /** Where they are in the cache of a machine, which its node and all of its workers share. */
  public static Path below(Path cache) {
    return cache.resolve("code");
  }

  /**
   * The folder that the parts of this code are in; of code without parts, none that matters.
   * Blocks.
   *
   * @param artifacts where the copies are
   */
  public Path of(AgentCode code, ArtifactStore artifacts) throws CodeMissing {
    Path folder = all.resolve(code.version());
    if (code.parts().isEmpty()) {
      return folder;
    }
    if (Files.isDirectory(folder)) {
      // Whoever fetches other code may wait for it.
      return folder;
    }
    fetching.lock();
    try {
      if (!Files.isDirectory(folder)) {
        checkCopies(code, folder);
        PackedFolder.make(folder, part -> fill(part, code, artifacts));
      }
      return folder;
    } catch (IOException e) {
      throw new CodeMissing(
          "%s, and cannot be copied there: %s; open the session anew, or have its swarm taken in again with `swarm reload`"
              .formatted(missing(code, folder), e.getMessage()),
          e);
    } finally {
      fetching.unlock();
    }
  }

  private void checkCopies(AgentCode code, Path folder) throws CodeMissing {
    if (code.parts().stream().anyMatch(part -> part.copy() == null)) {
      throw new CodeMissing(
          "%s, and was not copied, since no other machine was to use it; open the session anew, or have its swarm taken in again with `swarm reload`"
              .formatted(missing(code, folder)),
          true);
    }
  }

  private String missing(AgentCode code, Path folder) {
    return "the code of %s (%s) is not on %s, at %s"
        .formatted(code.implementation(), code.titles(), machine, folder);
  }

  private static void fill(Path folder, AgentCode code, ArtifactStore artifacts)
      throws IOException {
    for (AgentCode.Part part : code.parts()) {
      var copy = part.copy();
      if (copy == null) {
        throw new IOException("%s has no copy".formatted(part.title()));
      }
      byte[] content = artifacts.get(copy);
      Path place = folder.resolve(part.name());
      if (part.folder()) {
        PackedFolder.unpack(content, Files.createDirectory(place));
      } else {
        Files.write(place, content);
      }
    }
  }
}
