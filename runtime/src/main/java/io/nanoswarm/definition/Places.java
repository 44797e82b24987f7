package io.nanoswarm.definition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** Where in a file everything stands that was read, and what is wrong there. Mutable. */
final class Places {
  private final String file;
  private final Map<String, Node> nodes = new HashMap<>();
  private final List<Line> lines = new ArrayList<>();

  private record Line(int line, int column, String text) {}

  /**
   * @param file its name, as it is told to people
   */
  Places(String file) {
    this.file = file;
  }

  void mark(String at, Node node) {
    nodes.put(at, node);
  }

  void flaw(@Nullable Node node, String text) {
    flaw(node == null ? null : node.getStartMark(), text);
  }

  void flaw(@Nullable Mark mark, String text) {
    lines.add(
        mark == null
            ? new Line(1, 1, text)
            : new Line(mark.getLine() + 1, mark.getColumn() + 1, text));
  }

  /** At the place itself, or at what it would stand in. */
  void flaw(Flaw flaw) {
    String at = flaw.at();
    while (!nodes.containsKey(at) && at.contains(".")) {
      at = at.substring(0, at.lastIndexOf('.'));
    }
    boolean exact = at.equals(flaw.at());
    flaw(nodes.get(at), exact || nodes.containsKey(at) ? flaw.text() : flaw.toString());
  }

  boolean sound() {
    return lines.isEmpty();
  }

  FlawedSwarmFile problem() {
    return new FlawedSwarmFile(
        lines.stream()
            .sorted(Comparator.comparingInt(Line::line).thenComparingInt(Line::column))
            .map(line -> "%s:%d:%d: %s".formatted(file, line.line(), line.column(), line.text()))
            .distinct()
            .toList());
  }
}
