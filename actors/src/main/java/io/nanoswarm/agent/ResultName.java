package io.nanoswarm.agent;

import io.nanoswarm.session.TaskId;
import java.util.List;

/** Makes the name of an entry from that of a task: children stand in the folder of their parent. */
final class ResultName {
  private static final int FOLDERS = 3;
  private static final int LONGEST = 64;

  private ResultName() {}

  /** What is deeper than entries may stand is written as one name. */
  static String of(TaskId task) {
    List<String> names = List.of(task.name().split("\\."));
    int folders = Math.min(FOLDERS, names.size() - 1);
    String last = String.join("-", names.subList(folders, names.size()));
    var path = new StringBuilder();
    names.subList(0, folders).forEach(name -> path.append(name).append('/'));
    return path.append(shortened(last)).toString();
  }

  private static String shortened(String name) {
    if (name.length() <= LONGEST) {
      return name;
    }
    String hash = "-" + Integer.toHexString(name.hashCode());
    return name.substring(0, LONGEST - hash.length()) + hash;
  }
}
