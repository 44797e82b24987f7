package io.nanoswarm.skills.exec;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to run.
 *
 * @param line a program, by its name on the path or by an absolute path, and its arguments; no
 *     shell sees it
 * @param folder where it starts
 * @param environment all it sees of one, see {@link ChildEnvironment}
 */
public record ChildCommand(
    List<String> line, Path folder, Map<String, String> environment, ChildLimits limits) {
  public ChildCommand {
    line = List.copyOf(line);
    environment = Map.copyOf(environment);
    if (line.isEmpty()) {
      throw new IllegalArgumentException("line: [] (expected: a program)");
    }
  }
}
