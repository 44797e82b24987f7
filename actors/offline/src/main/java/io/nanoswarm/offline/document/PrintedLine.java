package io.nanoswarm.offline.document;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.TextPosition;

/** One line on a page: its words, and how they were set. */
final class PrintedLine {
  private static final Pattern BOLD = Pattern.compile("bold|black|heavy|semib|demi");
  private static final Pattern MONOSPACED =
      Pattern.compile("mono|courier|consol|menlo|typewriter|code|cmtt|fixed");
  private static final Pattern LIGATURE = Pattern.compile("[\ufb00-\ufb06]");
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Co}\\p{Cn}\u00ad\u200b-\u200f\u2028-\u202e\ufeff\ufffd]");
  private static final Pattern SPACE = Pattern.compile("[\\p{Zs}\t]+");

  private final StringBuilder text = new StringBuilder();
  private boolean beginsParagraph;
  private double sizes;
  private int set;
  private int bold;
  private int monospaced;

  void beginParagraph() {
    beginsParagraph = true;
  }

  void add(String words, List<TextPosition> positions) {
    text.append(words);
    for (TextPosition each : positions) {
      String name = name(each.getFont());
      set++;
      sizes += each.getFontSizeInPt();
      bold += BOLD.matcher(name).find() ? 1 : 0;
      monospaced += MONOSPACED.matcher(name).find() ? 1 : 0;
    }
  }

  private static String name(PDFont font) {
    String name = font == null ? null : font.getName();
    return name == null ? "" : name.toLowerCase(Locale.ROOT);
  }

  boolean isEmpty() {
    return text().isEmpty();
  }

  String text() {
    String plain =
        LIGATURE
            .matcher(text)
            .replaceAll(each -> Normalizer.normalize(each.group(), Normalizer.Form.NFKC));
    plain = SPACE.matcher(plain).replaceAll(" ");
    return UNPRINTABLE.matcher(plain).replaceAll("").strip();
  }

  boolean beginsParagraph() {
    return beginsParagraph;
  }

  int characters() {
    return set;
  }

  /** In half points, so that sizes that look the same are the same. */
  long size() {
    return set == 0 ? 0 : Math.round(2 * sizes / set);
  }

  boolean isBold() {
    return set > 0 && bold > 0.9 * set;
  }

  boolean isMonospaced() {
    return set > 0 && monospaced > 0.9 * set;
  }
}
