package io.nanoswarm.offline.document;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The lines of a page of HTML: those of its file, unless a program wrote it on lines too long to be
 * quoted; then such a line is taken apart where something new begins on the page.
 *
 * <p>Guarantees: the same text gives the same lines, and no character is lost but line ends.
 */
public final class HtmlSource {
  /** A paragraph may stand on one line. */
  private static final int LONGEST = 2000;

  private static final Pattern BEGINNING =
      Pattern.compile(
          "(?i)(?=</?(?:h[1-6]|p|li|dt|dd|tr|pre|div|section|article|table|ul|ol|dl|blockquote|"
              + "script|style|nav|header|footer|main|aside|head|body|title|details|summary)"
              + "[\\s>/])");

  private HtmlSource() {}

  public static List<String> lines(String html) {
    var lines = new ArrayList<String>();
    html.lines()
        .forEach(line -> {
          if (line.length() > LONGEST) {
            lines.addAll(BEGINNING.splitAsStream(line).toList());
          } else {
            lines.add(line);
          }
        });
    return lines;
  }
}
