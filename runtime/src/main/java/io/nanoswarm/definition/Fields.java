package io.nanoswarm.definition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The fields of one mapping of a file. Whatever is not as it should be is told to the {@link
 * Places}, and read as if it were not there.
 */
final class Fields {
  private static final int MOST_SHOWN = 40;

  private final Places places;
  private final String at;
  private final Map<String, Node> values = new LinkedHashMap<>();

  /**
   * @param at where the mapping stands
   * @param known the keys it may have, none for any
   */
  Fields(Places places, String at, @Nullable Node node, List<String> known) {
    this.places = places;
    this.at = at;
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(each -> add(each.getKeyNode(), each.getValueNode(), known));
    } else if (node != null && !isNull(node)) {
      places.flaw(
          node,
          "%s (expected: %s)"
              .formatted(
                  at.isEmpty() && node instanceof ScalarNode ? "a text" : kind(node),
                  known.isEmpty() ? "names and values" : String.join(", ", known)));
    }
  }

  private void add(Node key, Node value, List<String> known) {
    if (!(key instanceof ScalarNode scalar)) {
      places.flaw(key, kind(key) + " as a key (expected: a word)");
      return;
    }
    String name = scalar.getValue();
    if (!known.isEmpty() && !known.contains(name)) {
      places.flaw(
          key,
          "unknown key '%s'%s".formatted(shortened(name), DefinitionCheck.suggestion(name, known)));
    } else if (values.containsKey(name)) {
      places.flaw(key, "'%s' stands here twice".formatted(name));
    } else {
      values.put(name, value);
      places.mark(path(name), isNull(value) ? key : value);
    }
  }

  List<String> names() {
    return List.copyOf(values.keySet());
  }

  String path(String name) {
    return at.isEmpty() ? name : at + "." + name;
  }

  @Nullable Node node(String name) {
    Node node = values.get(name);
    return node == null || isNull(node) ? null : node;
  }

  Fields map(String name, List<String> known) {
    return new Fields(places, path(name), node(name), known);
  }

  /** Every value, as it is made from the mapping that it is; null where there is none. */
  <T> Map<String, T> each(List<String> known, BiFunction<String, Fields, @Nullable T> reading) {
    var all = new LinkedHashMap<String, T>();
    for (String name : names()) {
      T value = reading.apply(name, map(name, known));
      if (value != null) {
        all.put(name, value);
      }
    }
    return all;
  }

  @Nullable String text(String name) {
    Node node = node(name);
    return node == null ? null : scalar(node, "text");
  }

  String text(String name, String otherwise) {
    String text = text(name);
    return text == null ? otherwise : text;
  }

  <T> @Nullable T value(String name, Function<String, T> reading) {
    Node node = node(name);
    return node == null ? null : value(node, reading);
  }

  int number(String name, int otherwise) {
    Integer number = value(name, Fields::parse);
    return number == null ? otherwise : number;
  }

  private static int parse(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException("'%s' (expected: a number)".formatted(text));
    }
  }

  /** A list, or a single value that stands for a list of one. */
  <T> List<T> list(String name, Function<String, T> reading) {
    Node node = node(name);
    var all = new ArrayList<T>();
    if (node != null) {
      var elements = node instanceof SequenceNode list ? list.getValue() : List.of(node);
      for (int i = 0; i < elements.size(); i++) {
        places.mark("%s[%d]".formatted(path(name), i), elements.get(i));
        T value = value(elements.get(i), reading);
        if (value != null) {
          all.add(value);
        }
      }
    }
    return all;
  }

  private <T> @Nullable T value(Node node, Function<String, T> reading) {
    String text = scalar(node, "a value");
    try {
      return text == null ? null : reading.apply(text);
    } catch (IllegalArgumentException e) {
      places.flaw(node, String.valueOf(e.getMessage()));
      return null;
    }
  }

  private @Nullable String scalar(Node node, String expected) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    places.flaw(node, "%s (expected: %s)".formatted(kind(node), expected));
    return null;
  }

  /** A file that is no swarm's may hold anything, secrets too. */
  private static String shortened(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() == text.length() && line.length() <= MOST_SHOWN
        ? line
        : line.substring(0, Math.min(line.length(), MOST_SHOWN)) + "…";
  }

  private static boolean isNull(Node node) {
    return Tag.NULL.equals(node.getTag());
  }

  private static String kind(Node node) {
    return switch (node) {
      case SequenceNode _ -> "a list";
      case MappingNode _ -> "a mapping";
      case ScalarNode scalar -> "'" + shortened(scalar.getValue()) + "'";
      default -> "something else";
    };
  }
}
