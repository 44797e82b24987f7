package io.nanoswarm.offline.critique;

import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.offline.text.Markdown;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A critique as it stands on the blackboard. Its attributes hold the verdict on each place, by
 * {@code verdict <path:line>}, and the words and names that nothing covers under {@code uncovered}.
 */
public final class CritiqueEntry {
  private static final int ROWS = 40;
  private static final int DIFFERENCES = 5;

  private CritiqueEntry() {}

  public static String verdictOf(String place) {
    return "verdict " + place;
  }

  /**
   * @param others what was compared besides the findings
   * @param again what came of sending findings back, if any were
   */
  public static Draft draft(
      Critique critique, EvidenceCheck others, Optional<String> again, EntryPath path) {
    var attributes = new TreeMap<String, String>();
    attributes.put("kind", "critique");
    attributes.put("uncovered", String.join(", ", critique.uncovered()));
    for (Critique.Judged each : critique.judged()) {
      attributes.put(verdictOf(each.finding().evidence().place()), each.verdict().text());
    }
    for (EvidenceCheck.Failed each : others.failed()) {
      attributes.put(verdictOf(each.evidence().place()), Verdict.NOT_VERBATIM.text());
    }
    return new Draft(path, markdown(critique, again) + markdown(others), List.of(), attributes);
  }

  private static String markdown(Critique critique, Optional<String> again) {
    var text = new StringBuilder("# Critique\n\n");
    int kept = critique.kept().size();
    text.append(
        "%d of %d findings stand: every quotation was compared with its file.\n\n"
            .formatted(kept, critique.judged().size()));
    again.ifPresent(what -> text.append(what).append("\n\n"));
    if (!critique.uncovered().isEmpty()) {
      text.append("Nothing kept speaks of ")
          .append(Markdown.list(critique.uncovered()))
          .append(".\n\n");
    }
    for (Disagreements.Pair each :
        Disagreements.among(critique.kept()).stream().limit(DIFFERENCES).toList()) {
      text.append(
          "`%s` and `%s` say about the same with another figure, or one the opposite of the other.\n\n"
              .formatted(each.one().place(), each.other().place()));
    }
    if (!critique.judged().isEmpty()) {
      text.append("| verdict | score | place | why |\n|---|---|---|---|\n");
    }
    critique.judged().stream().limit(ROWS).forEach(each -> row(text, each));
    int more = critique.judged().size() - ROWS;
    if (more > 0) {
      text.append("\nand %d weaker ones.\n".formatted(more));
    }
    return text.toString();
  }

  private static String markdown(EvidenceCheck others) {
    if (others.lines() == 0) {
      return "";
    }
    var text =
        new StringBuilder(
            "\nOf %d lines that structure and figures rest on, ".formatted(others.lines()));
    if (others.failed().isEmpty()) {
      return text.append("all stand in their files.\n").toString();
    }
    text.append("%d do not stand there:\n\n".formatted(others.failed().size()));
    others.failed().stream()
        .limit(ROWS)
        .forEach(
            each -> text.append("- `%s`: %s\n".formatted(each.evidence().place(), each.why())));
    return text.toString();
  }

  private static void row(StringBuilder text, Critique.Judged each) {
    text.append(
        "| %s | %s | `%s` | %s |\n"
            .formatted(
                each.verdict().text(),
                String.format(Locale.ROOT, "%.2f", each.finding().score()),
                each.finding().evidence().place(),
                Markdown.cell(each.why())));
  }
}
