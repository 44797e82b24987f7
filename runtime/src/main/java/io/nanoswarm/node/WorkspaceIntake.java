package io.nanoswarm.node;

import io.nanoswarm.artifact.ArtifactStore;
import io.nanoswarm.offline.workspace.FileChoice;
import io.nanoswarm.offline.workspace.WorkspaceCopy;
import io.nanoswarm.offline.workspace.WorkspaceProblem;
import io.nanoswarm.offline.workspace.WorkspaceScan;
import io.nanoswarm.session.Workspace;
import io.nanoswarm.workspace.Manifest;
import io.nanoswarm.workspace.ManifestJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Takes a folder in: lists its files and keeps the list. */
final class WorkspaceIntake {

  /** A workspace, and the manifest that it refers to. */
  record Taken(Workspace workspace, Manifest manifest) {}

  private final WorkspaceScan scan;
  private final ArtifactStore artifacts;
  private final boolean copies;
  private final Executor blocking;

  WorkspaceIntake(WorkspaceScan scan, ArtifactStore artifacts, Executor blocking) {
    this(scan, artifacts, false, blocking);
  }

  /**
   * @param copies whether the files themselves are kept as well, for machines that do not have them
   */
  WorkspaceIntake(WorkspaceScan scan, ArtifactStore artifacts, boolean copies, Executor blocking) {
    this.scan = scan;
    this.artifacts = artifacts;
    this.copies = copies;
    this.blocking = blocking;
  }

  /** Fails with {@link SwarmProblem} if the folder cannot be worked on. */
  CompletionStage<Taken> take(Path folder, FileChoice choice) {
    return CompletableFuture.supplyAsync(() -> takeNow(folder, choice), blocking);
  }

  /** The folder of a session as it is now, by the patterns that it was taken in with before. */
  CompletionStage<Taken> takeAgain(Workspace before) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            Manifest kept = ManifestJson.read(artifacts.get(before.manifest()));
            return takeNow(Path.of(before.root()), new FileChoice(kept.include(), kept.exclude()));
          } catch (IOException e) {
            throw new SwarmProblem(
                SwarmProblem.Kind.UNAVAILABLE,
                "the session's list of files cannot be read: " + e.getMessage(),
                "begin another session");
          }
        },
        blocking);
  }

  private Taken takeNow(Path folder, FileChoice choice) {
    try {
      Manifest manifest = scan.scan(folder, choice);
      long bytes = manifest.files().stream().mapToLong(Manifest.File::size).sum();
      var ref = artifacts.put(ManifestJson.write(manifest));
      var copy = copies ? artifacts.put(WorkspaceCopy.pack(folder, manifest)) : null;
      return new Taken(
          new Workspace(folder.toRealPath().toString(), ref, manifest.files().size(), bytes, copy),
          manifest);
    } catch (WorkspaceProblem e) {
      throw new SwarmProblem(
          SwarmProblem.Kind.BAD_REQUEST, String.valueOf(e.getMessage()), e.hint());
    } catch (IOException e) {
      throw new SwarmProblem(
          SwarmProblem.Kind.UNAVAILABLE,
          "the list of files cannot be kept: " + e.getMessage(),
          "free some space in the data folder");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new SwarmProblem(SwarmProblem.Kind.UNAVAILABLE, "the node is stopping", null);
    }
  }
}
