package io.nanoswarm.offline.workspace;

import io.nanoswarm.artifact.ArtifactStore;
import io.nanoswarm.session.Workspace;
import io.nanoswarm.workspace.Manifest;
import io.nanoswarm.workspace.ManifestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of a session on this machine, or a copy of it, with the list of its files.
 *
 * @param root where the files are
 */
public record OpenWorkspace(Path root, Manifest manifest) {

  /**
   * Reads the list from the artifact store; blocks.
   *
   * @param cache where copies may be unpacked
   * @throws IOException if the folder is not on this machine, nor a copy in the store, or the list
   *     is not in the store
   */
  public static OpenWorkspace open(Workspace workspace, ArtifactStore artifacts, Path cache)
      throws IOException {
    Path root = Path.of(workspace.root());
    if (!Files.isDirectory(root)) {
      if (workspace.copy() == null) {
        throw new IOException(
            "folder %s is not on this machine; mount it here, or have folders copied with NANOSWARM_COPY_WORKSPACE=on on the control nodes"
                .formatted(root));
      }
      root = WorkspaceCopy.in(cache, workspace.copy(), artifacts);
    }
    return new OpenWorkspace(root, ManifestJson.read(artifacts.get(workspace.manifest())));
  }
}
