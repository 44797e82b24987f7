package io.nanoswarm.offline.critique;

import io.nanoswarm.offline.question.Coverage;
import io.nanoswarm.offline.research.Research;
import io.nanoswarm.offline.text.Markdown;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is sent back to the researchers: the findings among the best that are off the question, and
 * the words that they should have spoken of. Pure; the same findings bring the same objection,
 * however the workspace was cut.
 *
 * @param off places that are off the question, best first
 * @param words that a place must speak of some of
 */
public record Objection(List<String> off, List<String> words) {
  private static final String PLACES = "off";

  public Objection {
    off = List.copyOf(off);
    words = List.copyOf(words);
  }

  /**
   * To the findings that one part alone could have brought: which come after those depends on the
   * cut.
   */
  public static Optional<Objection> to(Critique critique, Coverage coverage) {
    List<String> off =
        critique.judged().stream()
            .limit(Research.MAX_FINDINGS)
            .filter(each -> each.verdict() == Verdict.OFF_TOPIC)
            .map(each -> each.finding().evidence().place())
            .toList();
    return off.isEmpty() ? Optional.empty() : Optional.of(new Objection(off, coverage.mainWords()));
  }

  /** As a task is told it. */
  public Map<String, String> parameters() {
    return Map.of(PLACES, String.join("\n", off));
  }

  /** The places of {@link #parameters}; none if there are none. */
  public static List<String> off(Optional<String> parameter) {
    return parameter.map(text -> text.lines().toList()).orElse(List.of());
  }

  /** The name of the parameter that {@link #off(Optional)} reads. */
  public static String parameter() {
    return PLACES;
  }

  /** What was wrong, for whoever looks again. */
  public String text() {
    return "%s of the best findings speak of no main word of the question: %s. Look for places that speak of %s."
        .formatted(off.size(), String.join(", ", off), Markdown.list(words));
  }
}
