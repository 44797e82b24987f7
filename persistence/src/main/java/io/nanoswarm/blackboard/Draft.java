package io.nanoswarm.blackboard;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * An entry before it is posted.
 *
 * @param path where it shall stand; posting to the path of an entry replaces it with a new revision
 * @param content Markdown, at most 64 KiB as UTF-8
 * @param evidence what the content rests on
 * @param attributes what programs want to know of it, by name
 */
public record Draft(
    EntryPath path, String content, List<Evidence> evidence, Map<String, String> attributes) {
  /** Of content and quotations together, as UTF-8. */
  public static final int MAX_BYTES = 64 * 1024;

  public Draft {
    evidence = List.copyOf(evidence);
    attributes = Map.copyOf(attributes);
    int bytes = content.getBytes(StandardCharsets.UTF_8).length;
    for (Evidence each : evidence) {
      bytes += each.quote().getBytes(StandardCharsets.UTF_8).length;
    }
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "entry %s: %d bytes (expected: at most %d; put more into an artifact)"
              .formatted(path, bytes, MAX_BYTES));
    }
  }

  public static Draft of(EntryPath path, String content) {
    return new Draft(path, content, List.of(), Map.of());
  }
}
