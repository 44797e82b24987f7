package io.nanoswarm.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.nanoswarm.api.EntryView;
import io.nanoswarm.blackboard.Evidence;
import io.nanoswarm.blackboard.Place;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place that was found, and what stands there.
 *
 * @param name what the place is called in its file
 * @param score how well it answers, comparable within a session; 0 if nobody said
 * @param verdict of the critic, as {@code keep} or {@code weak}; null if there is none
 * @param sentence the one that answers best; empty if none does
 * @param sentenceLine where it begins
 */
public record FoundPlace(
    String name,
    PlaceView at,
    int lastLine,
    double score,
    @Nullable String verdict,
    String sentence,
    int sentenceLine,
    String quote) {
  static final Comparator<FoundPlace> BY_MERIT =
      Comparator.comparingDouble(FoundPlace::score)
          .reversed()
          .thenComparing(each -> each.at().path())
          .thenComparingInt(each -> each.at().line());

  static Optional<FoundPlace> of(EntryView entry, Optional<EntryView> critique) {
    if (!"finding".equals(entry.attributes().get("kind")) || entry.evidence().isEmpty()) {
      return Optional.empty();
    }
    Evidence evidence = entry.evidence().getFirst();
    return Optional.of(
        new FoundPlace(
            entry.attributes().getOrDefault("name", evidence.path()),
            PlaceView.of(new Place(evidence.path(), evidence.firstLine())),
            evidence.lastLine(),
            number(entry.attributes().get("score")),
            critique.map(each -> each.attributes().get("verdict " + evidence.place())).orElse(null),
            entry.attributes().getOrDefault("sentence", ""),
            (int) number(entry.attributes().get("sentence-line")),
            evidence.quote()));
  }

  /** Whether the answer may rest on it. */
  @JsonIgnore
  public boolean isKept() {
    return verdict == null || verdict.equals("keep");
  }

  private static double number(@Nullable String text) {
    try {
      return text == null ? 0 : Double.parseDouble(text);
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
