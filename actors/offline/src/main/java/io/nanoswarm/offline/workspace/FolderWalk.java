package io.nanoswarm.offline.workspace;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One walk through a folder: lists the files worth opening and what was passed over by its name or
 * kind alone. A skipped folder counts once, for whatever is in it. Links are never followed, so
 * that the walk ends and stays inside.
 */
final class FolderWalk {
  static final int MAX_FILES = 200_000;

  /** A path that was passed over. */
  record Passed(SkipReason reason, String path) {}

  private final Path root;
  private final Set<Path> excluded;
  private final FileChoice.Matcher choice;
  private final List<Path> files = new ArrayList<>();
  private final List<Passed> passed = new ArrayList<>();

  FolderWalk(Path root, Set<Path> excluded, FileChoice.Matcher choice) {
    this.root = root;
    this.excluded = excluded;
    this.choice = choice;
  }

  List<Path> files() {
    return files;
  }

  List<Passed> passed() {
    return passed;
  }

  void walk() throws WorkspaceProblem, InterruptedException {
    folder(root, null);
  }

  private void folder(Path folder, @Nullable IgnoreRules outer)
      throws WorkspaceProblem, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    var children = new ArrayList<Path>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(children::add);
    } catch (IOException | java.nio.file.DirectoryIteratorException _) {
      passed.add(new Passed(SkipReason.UNREADABLE, PathNames.relative(root, folder) + "/"));
      return;
    }
    children.sort(null);
    IgnoreRules rules = IgnoreRules.of(folder, outer);
    for (Path child : children) {
      child(child, rules);
    }
  }

  private void child(Path child, IgnoreRules rules) throws WorkspaceProblem, InterruptedException {
    BasicFileAttributes attributes;
    try {
      attributes =
          Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException _) {
      passed.add(new Passed(SkipReason.UNREADABLE, PathNames.relative(root, child)));
      return;
    }
    boolean isFolder = attributes.isDirectory();
    Optional<SkipReason> reason = reason(child, attributes, rules);
    if (reason.isPresent()) {
      passed.add(new Passed(reason.get(), PathNames.relative(root, child) + (isFolder ? "/" : "")));
    } else if (isFolder) {
      folder(child, rules);
    } else if (files.size() < MAX_FILES) {
      files.add(child);
    } else {
      throw new WorkspaceProblem(
          "%s holds more than %,d files".formatted(root, MAX_FILES),
          "name a folder further inside, or rule out what does not matter with --exclude");
    }
  }

  private Optional<SkipReason> reason(
      Path child, BasicFileAttributes attributes, IgnoreRules rules) {
    if (excluded.contains(child)) {
      return Optional.of(SkipReason.EXCLUDED);
    }
    if (child.getFileName().toString().startsWith(".")) {
      return Optional.of(SkipReason.HIDDEN);
    }
    if (attributes.isSymbolicLink()) {
      return Optional.of(SkipReason.LINK);
    }
    Optional<SkipReason> ignored = rules.ignores(child, attributes.isDirectory());
    if (ignored.isPresent()) {
      return ignored;
    }
    String path = PathNames.relative(root, child);
    if (choice.excludes(path, attributes.isDirectory())) {
      return Optional.of(SkipReason.EXCLUDED_BY_USER);
    }
    if (attributes.isDirectory()) {
      return BuildOutput.is(child) ? Optional.of(SkipReason.BUILD_OUTPUT) : Optional.empty();
    }
    if (!attributes.isRegularFile()) {
      return Optional.of(SkipReason.SPECIAL);
    }
    if (!choice.includes(path)) {
      return Optional.of(SkipReason.NOT_INCLUDED);
    }
    if (PathNames.isBinary(child.toString())) {
      return Optional.of(SkipReason.BINARY);
    }
    return attributes.size() > PathNames.maxBytes(child.toString())
        ? Optional.of(SkipReason.huge(child.toString()))
        : Optional.empty();
  }
}
