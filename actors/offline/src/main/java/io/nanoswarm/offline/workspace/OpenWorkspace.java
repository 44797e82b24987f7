package io.nanoswarm.offline.workspace;

import io.nanoswarm.artifact.ArtifactStore;
import io.nanoswarm.session.Workspace;
import io.nanoswarm.workspace.Manifest;
import io.nanoswarm.workspace.ManifestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of a session on this machine, with the list of its files. */
public record OpenWorkspace(Path root, Manifest manifest) {

  /**
   * Reads the list from the artifact store; blocks.
   *
   * @throws IOException if the folder is not on this machine, or the list is not in the store
   */
  public static OpenWorkspace open(Workspace workspace, ArtifactStore artifacts)
      throws IOException {
    Path root = Path.of(workspace.root());
    if (!Files.isDirectory(root)) {
      throw new IOException("folder %s is not on this machine".formatted(root));
    }
    return new OpenWorkspace(root, ManifestJson.read(artifacts.get(workspace.manifest())));
  }
}
