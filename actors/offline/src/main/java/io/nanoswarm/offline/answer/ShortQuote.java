package io.nanoswarm.offline.answer;

import io.nanoswarm.blackboard.Evidence;
import io.nanoswarm.offline.research.Finding;
import io.nanoswarm.offline.text.Markdown;
import io.nanoswarm.offline.text.Source;
import java.util.Set;

/** One line that shows what stands at a place. */
final class ShortQuote {
  private static final int LENGTH = 120;

  private ShortQuote() {}

  /** The first line of code if there is any, else the best sentence; empty if it is said above. */
  static String of(Finding finding, Source source, Set<String> said) {
    Evidence evidence = finding.evidence();
    String code =
        source
            .code(evidence.firstLine(), evidence.lastLine())
            .lines()
            .map(String::strip)
            .filter(line -> line.length() > 8 && !line.startsWith("@") && !line.startsWith("```"))
            .filter(line -> line.indexOf('`') < 0)
            .findFirst()
            .orElse("");
    if (!code.isEmpty()) {
      return " \u2014 `" + Markdown.shorten(code, LENGTH) + "`";
    }
    if (finding.sentence().isEmpty() || said.contains(finding.sentence())) {
      return "";
    }
    return " \u2014 " + Markdown.shorten(finding.sentence(), LENGTH);
  }
}
