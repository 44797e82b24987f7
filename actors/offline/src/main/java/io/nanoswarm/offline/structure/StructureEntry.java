package io.nanoswarm.offline.structure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.blackboard.Evidence;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A structure as it stands on the blackboard, as {@code designs/structure.md}: Markdown for people,
 * and the whole of it as JSON in the attribute {@code structure}.
 */
public final class StructureEntry {
  private static final String KIND = "structure";
  private static final int MARGIN = 256;
  private static final ObjectMapper JSON = new ObjectMapper();

  private StructureEntry() {}

  /**
   * If it is too much for an entry, the weakest dependencies are left out, and counted.
   *
   * @param evidence the lines that the structure's places name
   */
  public static Draft draft(Structure structure, List<Evidence> evidence, EntryPath path) {
    Structure whole = structure;
    String text = StructureText.of(whole);
    while (bytes(text, json(whole), evidence) > Draft.MAX_BYTES - MARGIN
        && !whole.dependencies().isEmpty()) {
      whole = whole.halved();
      text = StructureText.of(whole);
    }
    Set<Structure.Place> places = whole.places();
    List<Evidence> kept =
        evidence.stream()
            .filter(each -> places.contains(new Structure.Place(each.path(), each.firstLine())))
            .toList();
    return new Draft(path, text, kept, Map.of("kind", KIND, KIND, json(whole)));
  }

  private static int bytes(String text, String json, List<Evidence> evidence) {
    int bytes = utf8(text) + utf8(json);
    for (Evidence each : evidence) {
      bytes += utf8(each.path()) + utf8(each.quote());
    }
    return bytes;
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Empty for an entry that is no structure of ours. */
  public static Optional<Structure> parse(Entry entry) {
    Map<String, String> attributes = entry.draft().attributes();
    String json = attributes.get(KIND);
    if (!KIND.equals(attributes.get("kind")) || json == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(json, Structure.class));
    } catch (JsonProcessingException _) {
      return Optional.empty(); // another agent's idea of a structure
    }
  }

  private static String json(Structure structure) {
    try {
      return JSON.writeValueAsString(structure);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a structure has no JSON form", e);
    }
  }
}
