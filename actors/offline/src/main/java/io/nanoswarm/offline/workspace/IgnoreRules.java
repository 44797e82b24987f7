package io.nanoswarm.offline.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the {@code .gitignore} files from the workspace down to one folder; those of the
 * inner folder decide first, as git does.
 *
 * @param rules of this folder, if it has any
 * @param outer of the folder around it
 */
record IgnoreRules(Path folder, @Nullable IgnoreNode rules, @Nullable IgnoreRules outer) {

  /** A file of rules that cannot be read holds none. */
  static IgnoreRules of(Path folder, @Nullable IgnoreRules outer) {
    Path file = folder.resolve(".gitignore");
    if (!Files.isRegularFile(file)) {
      return new IgnoreRules(folder, null, outer);
    }
    try (InputStream in = Files.newInputStream(file)) {
      var rules = new IgnoreNode();
      rules.parse(in);
      return new IgnoreRules(folder, rules, outer);
    } catch (IOException _) {
      return new IgnoreRules(folder, null, outer);
    }
  }

  boolean ignores(Path path, boolean isFolder) {
    for (IgnoreRules level = this; level != null; level = level.outer) {
      if (level.rules != null) {
        String relative = PathNames.relative(level.folder, path);
        Boolean decision = level.rules.checkIgnored(relative, isFolder);
        if (decision != null) {
          return decision;
        }
      }
    }
    return false;
  }
}
