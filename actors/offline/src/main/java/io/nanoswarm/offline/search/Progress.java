package io.nanoswarm.offline.search;

import java.util.List;

/** Hears in a few words what is being done. */
@FunctionalInterface
public interface Progress {
  void doing(String what);

  /** Says which file is read, about ten times in a part however many files it has. */
  default void reading(String path, int index, List<?> files) {
    int step = Math.max(1, files.size() / 10);
    if (index % step == 0) {
      doing("reading " + path);
    }
  }
}
