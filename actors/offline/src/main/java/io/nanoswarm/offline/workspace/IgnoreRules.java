package io.nanoswarm.offline.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.jspecify.annotations.Nullable;

/**
 * The rules of {@code .ignore} and {@code .gitignore} files from the workspace down to one folder,
 * and of the workspace's {@code .git/info/exclude}. Those of the inner folder decide first, as git
 * does, and in one folder those of {@code .ignore}, as ripgrep does.
 *
 * @param rules of this folder, the first to decide first
 * @param outer of the folder around it
 */
record IgnoreRules(Path folder, List<Rules> rules, @Nullable IgnoreRules outer) {

  /** What one file says. */
  record Rules(SkipReason reason, IgnoreNode node) {}

  /** A file of rules that cannot be read holds none. */
  static IgnoreRules of(Path folder, @Nullable IgnoreRules outer) {
    var rules = new ArrayList<Rules>();
    read(folder.resolve(".ignore"), SkipReason.IGNORED_BY_IGNORE).ifPresent(rules::add);
    read(folder.resolve(".gitignore"), SkipReason.IGNORED).ifPresent(rules::add);
    if (outer == null) {
      read(folder.resolve(".git/info/exclude"), SkipReason.IGNORED_BY_EXCLUDE)
          .ifPresent(rules::add);
    }
    return new IgnoreRules(folder, List.copyOf(rules), outer);
  }

  private static Optional<Rules> read(Path file, SkipReason reason) {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      var node = new IgnoreNode();
      node.parse(in);
      return Optional.of(new Rules(reason, node));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** Which file says that a path is ignored; empty if it is not. */
  Optional<SkipReason> ignores(Path path, boolean isFolder) {
    for (IgnoreRules level = this; level != null; level = level.outer) {
      String relative = PathNames.relative(level.folder, path);
      for (Rules each : level.rules) {
        Boolean decision = each.node.checkIgnored(relative, isFolder);
        if (decision != null) {
          return decision ? Optional.of(each.reason) : Optional.empty();
        }
      }
    }
    return Optional.empty();
  }
}
