package io.nanoswarm.offline.imports;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The files and folders of a workspace, and what relative paths in it mean. Pure. */
final class FileTree {
  private final Set<String> files;
  private final Set<String> folders = new HashSet<>();

  FileTree(Collection<String> files) {
    this.files = new HashSet<>(files);
    for (String file : files) {
      String folder = folder(file);
      while (folders.add(folder) && !folder.isEmpty()) {
        folder = folder(folder);
      }
    }
  }

  /** Empty for what lies in the workspace itself. */
  static String folder(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  boolean hasFile(String path) {
    return files.contains(path);
  }

  boolean hasFolder(String path) {
    return folders.contains(path);
  }

  /** Empty if it leads out of the workspace. */
  static Optional<String> path(String folder, String relative) {
    String at = folder;
    for (String step : relative.split("/", -1)) {
      if (step.isEmpty() || step.equals(".")) {
        continue;
      }
      if (step.equals("..")) {
        if (at.isEmpty()) {
          return Optional.empty();
        }
        at = folder(at);
      } else {
        at = at.isEmpty() ? step : at + "/" + step;
      }
    }
    return Optional.of(at);
  }

  /** How many folders two paths have in common. */
  static int common(String a, String b) {
    int common = 0;
    for (int i = 0; i < Math.min(a.length(), b.length()) && a.charAt(i) == b.charAt(i); i++) {
      if (a.charAt(i) == '/') {
        common++;
      }
    }
    return common;
  }
}
