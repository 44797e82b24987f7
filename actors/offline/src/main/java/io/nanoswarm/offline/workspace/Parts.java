package io.nanoswarm.offline.workspace;

import io.nanoswarm.workspace.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Cuts a workspace into parts that can be searched side by side: neighbours by path, balanced by
 * bytes. Pure: the same files and number give the same parts, none of them empty.
 */
public final class Parts {
  static final int FILES_PER_PART = 60;
  static final int MAX_PARTS = 12;
  private static final int FOLDERS_SHOWN = 3;

  private Parts() {}

  /** How many parts a workspace is cut into: one for every 60 files, at most 12. */
  public static int count(int files) {
    return Math.clamp(Math.ceilDiv(files, FILES_PER_PART), 1, MAX_PARTS);
  }

  /**
   * The files of every part; fewer parts than asked for if there are fewer files.
   *
   * @param files sorted by path
   */
  public static List<List<Manifest.File>> cut(List<Manifest.File> files, int parts) {
    int count = Math.clamp(parts, 1, Math.max(1, files.size()));
    long total = files.stream().mapToLong(Manifest.File::size).sum();
    var result = new ArrayList<List<Manifest.File>>();
    int from = 0;
    long before = 0;
    for (int part = 1; part <= count; part++) {
      int last = files.size() - (count - part);
      int to = Math.min(from + 1, files.size());
      before += from < to ? files.get(from).size() : 0;
      long share = total * part / count;
      while (to < last && (part == count || before + files.get(to).size() / 2 <= share)) {
        before += files.get(to).size();
        to++;
      }
      result.add(List.copyOf(files.subList(from, to)));
      from = to;
    }
    return List.copyOf(result);
  }

  /** The folders of a part for people, as {@code actors/, docs/ and 3 more}. */
  public static String folders(List<Manifest.File> part) {
    var folders = new LinkedHashSet<String>();
    for (Manifest.File file : part) {
      int slash = file.path().indexOf('/');
      folders.add(slash < 0 ? file.path() : file.path().substring(0, slash + 1));
    }
    var shown = folders.stream().limit(FOLDERS_SHOWN).toList();
    int more = folders.size() - shown.size();
    return String.join(", ", shown) + (more > 0 ? " and %d more".formatted(more) : "");
  }
}
