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

  /** The best sentence if it is not said above, else the first line of code; empty without both. */
  static String of(Finding finding, Source source, Set<String> said) {
    if (!finding.sentence().isEmpty() && !said.contains(finding.sentence())) {
      return " \u2014 " + Markdown.shorten(finding.sentence(), LENGTH);
    }
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
    return code.isEmpty() ? "" : " \u2014 " + Markdown.code(code, LENGTH);
  }
}
