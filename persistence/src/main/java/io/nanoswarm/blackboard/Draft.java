package io.nanoswarm.blackboard;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * An entry before it is posted.
 *
 * @param path where it shall stand; posting to the path of an entry replaces it with a new revision
 * @param content Markdown
 * @param evidence what the content rests on
 * @param attributes what programs want to know of it, by name
 */
public record Draft(
    EntryPath path, String content, List<Evidence> evidence, Map<String, String> attributes) {
  /** Of content, evidence and attributes together, as UTF-8. */
  public static final int MAX_BYTES = 64 * 1024;

  public Draft {
    evidence = List.copyOf(evidence);
    attributes = Map.copyOf(attributes);
    int bytes = bytes(content, evidence, attributes);
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "entry %s: %d bytes (expected: at most %d; put more into an artifact)"
              .formatted(path, bytes, MAX_BYTES));
    }
  }

  /** What it counts against {@link #MAX_BYTES}. */
  public int bytes() {
    return bytes(content, evidence, attributes);
  }

  public static Draft of(EntryPath path, String content) {
    return new Draft(path, content, List.of(), Map.of());
  }

  private static int bytes(
      String content, List<Evidence> evidence, Map<String, String> attributes) {
    int bytes = utf8(content);
    for (Evidence each : evidence) {
      bytes += utf8(each.path()) + utf8(each.quote());
    }
    for (Map.Entry<String, String> each : attributes.entrySet()) {
      bytes += utf8(each.getKey()) + utf8(each.getValue());
    }
    return bytes;
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
