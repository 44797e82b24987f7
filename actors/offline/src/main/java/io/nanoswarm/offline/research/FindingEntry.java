package io.nanoswarm.offline.research;

import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.blackboard.Evidence;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.offline.question.Coverage;
import io.nanoswarm.offline.question.Question;
import io.nanoswarm.offline.text.Markdown;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A finding as it stands on the blackboard: Markdown for people, attributes for programs. */
public final class FindingEntry {
  private static final String KIND = "finding";

  // Of findings whose file was compared with the question in meaning.
  private static final String BY_WORDS = "score-by-words";
  private static final String NEARNESS = "nearness";

  private static final Pattern SPACE = Pattern.compile(" ");

  private FindingEntry() {}

  /**
   * @param number its place among the findings of one task, from 1
   */
  public static Draft draft(String task, int number, Finding finding, Coverage coverage) {
    String name = "%02d-%s".formatted(number, Markdown.slug(finding.name(), "place"));
    EntryPath path = EntryPath.in(Section.FINDINGS, task.replace('.', '-') + "/" + name);
    return new Draft(
        path,
        markdown(finding, coverage),
        List.of(finding.evidence()),
        attributes(finding, coverage));
  }

  private static Map<String, String> attributes(Finding finding, Coverage coverage) {
    var attributes = new TreeMap<String, String>();
    attributes.put("kind", KIND);
    attributes.put("name", finding.name());
    attributes.put("score", number(finding.score()));
    if (finding.nearness() > 0) {
      attributes.put(BY_WORDS, number(finding.byWords()));
      attributes.put(NEARNESS, number(finding.nearness()));
    }
    attributes.put("share", number(finding.share()));
    attributes.put("words", String.join(" ", finding.words()));
    attributes.put("weights", coverage.format());
    attributes.put("sentence", finding.sentence());
    attributes.put("sentence-line", Integer.toString(finding.sentenceLine()));
    return attributes;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  /** Empty for an entry that is no finding of ours. */
  public static Optional<Finding> parse(Entry entry) {
    Map<String, String> attributes = entry.draft().attributes();
    if (!KIND.equals(attributes.get("kind")) || entry.draft().evidence().isEmpty()) {
      return Optional.empty();
    }
    Evidence evidence = entry.draft().evidence().getFirst();
    String words = attributes.getOrDefault("words", "");
    String score = attributes.getOrDefault("score", "0");
    return Optional.of(
        new Finding(
            attributes.getOrDefault("name", evidence.path()),
            evidence,
            Double.parseDouble(score),
            Double.parseDouble(attributes.getOrDefault(BY_WORDS, score)),
            Double.parseDouble(attributes.getOrDefault(NEARNESS, "0")),
            Double.parseDouble(attributes.getOrDefault("share", "0")),
            SPACE.splitAsStream(words).filter(word -> !word.isEmpty()).toList(),
            attributes.getOrDefault("sentence", ""),
            Integer.parseInt(attributes.getOrDefault("sentence-line", "1"))));
  }

  /** How much each word of the question tells, as the researchers measured it. */
  public static Coverage coverage(Question question, List<Entry> entries) {
    return entries.stream()
        .filter(entry -> KIND.equals(entry.draft().attributes().get("kind")))
        .map(entry -> entry.draft().attributes().getOrDefault("weights", ""))
        .findFirst()
        .map(weights -> Coverage.parse(question, weights))
        .orElseGet(() -> Coverage.even(question));
  }

  private static String markdown(Finding finding, Coverage coverage) {
    Evidence evidence = finding.evidence();
    var text = new StringBuilder();
    text.append("# ").append(finding.name()).append("\n\n");
    text.append("`").append(evidence.place()).append("`\n\n");
    if (!finding.sentence().isEmpty()) {
      text.append("> ").append(finding.sentence()).append("\n\n");
    }
    String score = String.format(Locale.ROOT, "%.2f", finding.score());
    text.append(
        finding.words().isEmpty()
            ? "Its file is near to the question in meaning (score %s).\n\n".formatted(score)
            : "Speaks of %s: %d of the %d words asked for (score %s).\n\n"
                .formatted(
                    Markdown.list(finding.words()),
                    finding.words().size(),
                    coverage.question().aspects().size(),
                    score));
    text.append(Markdown.fence(evidence.path(), evidence.quote()));
    return text.toString();
  }
}
