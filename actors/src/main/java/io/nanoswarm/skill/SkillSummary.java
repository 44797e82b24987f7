package io.nanoswarm.skill;

import io.nanoswarm.session.Need;
import java.util.List;
import java.util.stream.Collectors;

/** Skills in words, for an agent's instructions. */
final class SkillSummary {
  private SkillSummary() {}

  /** A line for each skill; then the instructions of those that have some. */
  static String of(List<SkillCard> cards) {
    String lines = cards.stream().map(SkillSummary::line).collect(Collectors.joining("\n"));
    String instructions =
        cards.stream()
            .filter(card -> !card.instructions().isBlank() && card.lacking().isEmpty())
            .map(card -> "### Skill: %s\n\n%s".formatted(card.name(), card.instructions().strip()))
            .collect(Collectors.joining("\n\n---\n\n"));
    return instructions.isEmpty() ? lines : lines + "\n\n" + instructions;
  }

  private static String line(SkillCard card) {
    String description = card.description().isBlank() ? card.name().value() : card.description();
    return "- **%s** — %s%s"
        .formatted(card.name(), description.strip().replaceAll("\\s+", " "), unavailable(card));
  }

  private static String unavailable(SkillCard card) {
    return card.lacking().isEmpty()
        ? ""
        : card.lacking().stream()
            .map(Need::value)
            .collect(Collectors.joining(", ", " (unavailable here: needs ", ")"));
  }
}
