package io.nanoswarm.offline.figures;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.blackboard.Evidence;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Figures as they stand on the blackboard, as {@code designs/figures.md}: Markdown for people, and
 * the whole of them as JSON in the attribute {@code figures}.
 */
public final class FiguresEntry {
  private static final String KIND = "figures";
  private static final ObjectMapper JSON = new ObjectMapper();

  private FiguresEntry() {}

  /**
   * @param evidence the lines that the figures' places name
   */
  public static Draft draft(Figures figures, List<Evidence> evidence, EntryPath path) {
    return new Draft(
        path, FiguresText.of(figures), evidence, Map.of("kind", KIND, KIND, json(figures)));
  }

  /** Empty for an entry that holds no figures of ours. */
  public static Optional<Figures> parse(Entry entry) {
    Map<String, String> attributes = entry.draft().attributes();
    String json = attributes.get(KIND);
    if (!KIND.equals(attributes.get("kind")) || json == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(json, Figures.class));
    } catch (JsonProcessingException _) {
      return Optional.empty(); // another agent's idea of figures
    }
  }

  private static String json(Figures figures) {
    try {
      return JSON.writeValueAsString(figures);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("figures have no JSON form", e);
    }
  }
}
