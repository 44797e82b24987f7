package io.nanoswarm.offline.structure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.blackboard.Evidence;
import io.nanoswarm.blackboard.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A structure as it stands on the blackboard, at {@code designs/structure.md}: Markdown for people,
 * and the whole of it as JSON in the attribute {@code structure}.
 */
public final class StructureEntry {
  private static final String KIND = "structure";
  private static final ObjectMapper JSON = new ObjectMapper();

  private StructureEntry() {}

  /**
   * @param evidence the lines that the structure's places name
   */
  public static Draft draft(Structure structure, List<Evidence> evidence) {
    return new Draft(
        EntryPath.in(Section.DESIGNS, KIND),
        StructureText.of(structure),
        evidence,
        Map.of("kind", KIND, KIND, json(structure)));
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
