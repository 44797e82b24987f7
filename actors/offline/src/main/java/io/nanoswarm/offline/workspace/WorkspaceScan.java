package io.nanoswarm.offline.workspace;

import io.nanoswarm.workspace.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Lists what agents may read in a folder.
 *
 * <p>Guarantees: the same files give the same manifest. Nothing outside the folder is read, links
 * are not followed, and what {@code .gitignore} and {@code .ignore} files, names, sizes or contents
 * rule out, or nobody wants, is counted by its reason. No content is kept: at most one file of 1
 * MiB per thread is in memory.
 *
 * <p>Not promised: that files stay as they were listed. Whoever reads one asks {@link SourceText},
 * which notices.
 */
public final class WorkspaceScan {
  private static final int EXAMPLES = 3;

  private final Set<Path> excluded;

  /**
   * @param excluded folders that are never searched, as the data folder of the swarm; they need not
   *     exist
   */
  public WorkspaceScan(Set<Path> excluded) {
    this.excluded = new HashSet<>();
    for (Path each : excluded) {
      this.excluded.add(real(each));
    }
  }

  /**
   * Scans a folder; blocks for seconds on a large one.
   *
   * @throws WorkspaceProblem if it is missing, no folder, unreadable, or holds nothing to read
   */
  public Manifest scan(Path folder) throws WorkspaceProblem, InterruptedException {
    return scan(folder, FileChoice.ALL);
  }

  /**
   * Scans for the wanted files of a folder; blocks for seconds on a large one.
   *
   * @throws WorkspaceProblem as {@link #scan(Path)}, or if a pattern is none
   */
  public Manifest scan(Path folder, FileChoice choice)
      throws WorkspaceProblem, InterruptedException {
    Path root = usable(folder);
    var walk = new FolderWalk(root, excluded, choice.matcher());
    walk.walk();
    var files = new ArrayList<Manifest.File>();
    var passed = new ArrayList<>(walk.passed());
    for (FileCheck.Result result : check(root, walk.files())) {
      switch (result) {
        case FileCheck.Listed(var file) -> files.add(file);
        case FileCheck.Skipped(var reason, var path) ->
            passed.add(new FolderWalk.Passed(reason, path));
      }
    }
    files.sort(Comparator.comparing(Manifest.File::path));
    List<Manifest.Skipped> skipped = byReason(passed);
    if (files.isEmpty() && !choice.equals(FileChoice.ALL)) {
      throw new WorkspaceProblem(
          "%s leaves nothing to read in %s%s".formatted(choice, root, reasons(skipped)),
          "patterns are those of .gitignore: *.md at any depth, docs/ with all that is in it,"
              + " /src/**/*.java from the workspace on; put them in quotes");
    }
    if (files.isEmpty()) {
      throw new WorkspaceProblem(
          "%s holds no file that can be read%s".formatted(root, reasons(skipped)),
          "name a folder with text or source files");
    }
    return new Manifest(files, skipped, choice.include(), choice.exclude());
  }

  private Path usable(Path folder) throws WorkspaceProblem {
    if (!Files.exists(folder)) {
      throw new WorkspaceProblem(
          folder + " does not exist", "check the path; it is relative to the current folder");
    }
    if (!Files.isDirectory(folder)) {
      throw new WorkspaceProblem(folder + " is not a folder", "name the folder that holds it");
    }
    if (!Files.isReadable(folder) || !Files.isExecutable(folder)) {
      throw new WorkspaceProblem(
          folder + " cannot be read", "check its permissions, or name another folder");
    }
    Path root = real(folder);
    for (Path each = root; each != null; each = each.getParent()) {
      if (excluded.contains(each)) {
        throw new WorkspaceProblem(
            folder + " lies in the swarm's own data folder", "name another folder");
      }
    }
    return root;
  }

  private static List<FileCheck.Result> check(Path root, List<Path> files)
      throws InterruptedException {
    int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);
    try (var pool = Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().factory())) {
      try {
        var tasks = new ArrayList<Callable<FileCheck.Result>>(files.size());
        files.forEach(file -> tasks.add(() -> FileCheck.of(root, file)));
        var results = new ArrayList<FileCheck.Result>(files.size());
        for (Future<FileCheck.Result> each : pool.invokeAll(tasks)) {
          results.add(each.get());
        }
        return results;
      } catch (ExecutionException e) {
        throw new IllegalStateException("checking a file threw", e.getCause());
      } finally {
        pool.shutdownNow();
      }
    }
  }

  private static List<Manifest.Skipped> byReason(List<FolderWalk.Passed> passed) {
    var byReason = new TreeMap<String, List<String>>();
    for (FolderWalk.Passed each : passed) {
      byReason.computeIfAbsent(each.reason().text(), _ -> new ArrayList<>()).add(each.path());
    }
    var skipped = new ArrayList<Manifest.Skipped>();
    byReason.forEach((reason, paths) -> {
      var examples = paths.stream().sorted().limit(EXAMPLES).toList();
      skipped.add(new Manifest.Skipped(reason, paths.size(), examples));
    });
    return skipped;
  }

  private static String reasons(List<Manifest.Skipped> skipped) {
    if (skipped.isEmpty()) {
      return ": it is empty";
    }
    return " (passed over: %s)"
        .formatted(
            String.join(
                ", ", skipped.stream().map(each -> each.files() + " " + each.reason()).toList()));
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException _) {
      return path.toAbsolutePath().normalize();
    }
  }
}
