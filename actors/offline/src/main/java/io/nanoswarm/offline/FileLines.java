package io.nanoswarm.offline;

import io.nanoswarm.blackboard.Evidence;
import io.nanoswarm.offline.workspace.OpenWorkspace;
import io.nanoswarm.offline.workspace.SourceText;
import io.nanoswarm.workspace.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads files of a workspace again where a few lines of them are wanted. Blocks. */
final class FileLines implements Function<String, List<String>> {
  /** A longer line was written by a program and is no evidence for people. */
  private static final int LONGEST = 300;

  private final Path root;
  private final Map<String, Manifest.File> files = new HashMap<>();

  FileLines(OpenWorkspace workspace) {
    this.root = workspace.root();
    workspace.manifest().files().forEach(file -> files.put(file.path(), file));
  }

  /** No lines for a file that is not there, or not what it was. */
  @Override
  public List<String> apply(String path) {
    Manifest.File file = files.get(path);
    if (file == null) {
      return List.of();
    }
    try {
      return SourceText.read(root, file).lines();
    } catch (SourceText.FileChanged _) {
      return List.of();
    }
  }

  /** A place that evidence is wanted of. */
  record Wanted(String path, int line) {}

  /** One line each, by path and line; without those that are not there any more. */
  List<Evidence> evidence(Collection<Wanted> places) {
    var byFile = new TreeMap<String, TreeSet<Integer>>();
    places.forEach(
        each -> byFile.computeIfAbsent(each.path(), _ -> new TreeSet<>()).add(each.line()));
    var evidence = new ArrayList<Evidence>();
    byFile.forEach((path, numbers) -> {
      List<String> lines = apply(path);
      for (int number : numbers) {
        if (number <= lines.size() && lines.get(number - 1).length() <= LONGEST) {
          evidence.add(new Evidence(path, number, number, lines.get(number - 1)));
        }
      }
    });
    return evidence;
  }
}
