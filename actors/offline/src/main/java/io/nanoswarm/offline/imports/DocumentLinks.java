package io.nanoswarm.offline.imports;

import java.util.Optional;

/** What a link of a document leads to: a file or folder beside it, or from the workspace's root. */
final class DocumentLinks implements Links.Meaning {
  private final FileTree tree;

  DocumentLinks(FileTree tree) {
    this.tree = tree;
  }

  @Override
  public Optional<String> of(String file, String name) {
    String folder = name.startsWith("/") ? "" : FileTree.folder(file);
    return FileTree.path(folder, name).flatMap(this::existing);
  }

  private Optional<String> existing(String path) {
    for (String ending : new String[] {"", ".md", "/index.md", "/README.md"}) {
      if (tree.hasFile(path + ending)) {
        return Optional.of(path + ending);
      }
    }
    return !path.isEmpty() && tree.hasFolder(path) ? Optional.of(path + "/") : Optional.empty();
  }
}
