package io.nanoswarm.offline.critique;

import io.nanoswarm.blackboard.Evidence;
import io.nanoswarm.offline.workspace.SourceText;
import io.nanoswarm.workspace.Manifest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Opens cited places and compares. Blocks while files are read. */
public final class VerbatimCheck {
  private final Path root;
  private final Map<String, Manifest.File> files = new HashMap<>();

  public VerbatimCheck(Path root, Manifest manifest) {
    this.root = root;
    manifest.files().forEach(file -> files.put(file.path(), file));
  }

  /** What is wrong with a quotation; empty if it stands there, in the file as it was listed. */
  public Optional<String> problem(Evidence evidence) {
    Manifest.File file = files.get(evidence.path());
    if (file == null) {
      return Optional.of(evidence.path() + " is not in the workspace");
    }
    try {
      SourceText text = SourceText.around(root, file, evidence.firstLine(), evidence.lastLine());
      if (evidence.lastLine() > text.lines().size()) {
        return Optional.of("%s ends before %s".formatted(file.path(), evidence.place()));
      }
      String there =
          String.join("\n", text.lines().subList(evidence.firstLine() - 1, evidence.lastLine()));
      return there.equals(evidence.quote())
          ? Optional.empty()
          : Optional.of("something else stands at " + evidence.place());
    } catch (SourceText.FileChanged e) {
      return Optional.of(e.getMessage());
    }
  }
}
