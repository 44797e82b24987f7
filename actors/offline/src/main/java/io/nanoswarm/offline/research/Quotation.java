package io.nanoswarm.offline.research;

import io.nanoswarm.offline.text.Passage;
import io.nanoswarm.offline.text.Source;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** What of a passage is quoted, and when two quotations say the same. */
final class Quotation {
  private static final int MAX_LINES = 24;

  /** Of UTF-8, so that an entry holds it twice in any script; one line alone is never longer. */
  private static final int MAX_BYTES = 8000;

  private static final int LINES_BEFORE_FOCUS = 6;
  private static final int TELLING = 40;
  private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}]+");

  private Quotation() {}

  /** The lines around the one that matters most, if the passage is too long for a quotation. */
  static Passage window(Passage passage, int focus, Source source) {
    Passage window = fewLines(passage, focus);
    int first = window.first();
    int last = window.last();
    while (first < last && bytes(source.text(first, last)) > MAX_BYTES) {
      if (focus - first > last - focus) {
        first++;
      } else {
        last--;
      }
    }
    return new Passage(first, last, passage.name());
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static Passage fewLines(Passage passage, int focus) {
    int lines = passage.last() - passage.first() + 1;
    if (lines <= MAX_LINES) {
      return passage;
    }
    int first =
        Math.clamp(
            (long) focus - LINES_BEFORE_FOCUS, passage.first(), passage.last() - MAX_LINES + 1);
    return new Passage(first, first + MAX_LINES - 1, passage.name());
  }

  /** Equal for findings that say the same: their best sentences, or their lines, by letters. */
  static String gist(Finding finding) {
    String text =
        finding.sentence().length() >= TELLING ? finding.sentence() : finding.evidence().quote();
    return NO_LETTER.matcher(text).replaceAll("").toLowerCase(Locale.ROOT);
  }
}
