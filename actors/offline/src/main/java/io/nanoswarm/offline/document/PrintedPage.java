package io.nanoswarm.offline.document;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Tells headings, code and paragraphs of one page apart by how they are set. Pure. */
final class PrintedPage {
  static final String HEADING = "## ";
  static final String CODE = "    ";

  private static final double LARGER = 1.15;
  private static final int LONGEST_HEADING = 120;
  private static final Pattern HYPHENATED = Pattern.compile("(?s).*\\p{Ll}-");
  private static final Pattern GOES_ON = Pattern.compile("\\p{Ll}.*");

  private final List<PrintedLine> printed;
  private final long usual;
  private final List<String> lines = new ArrayList<>();

  private PrintedPage(List<PrintedLine> printed) {
    this.printed = printed;
    this.usual = usual(printed);
  }

  /** What does not fit stands in the last line. */
  static List<String> lines(List<PrintedLine> printed, int most) {
    var page = new PrintedPage(printed);
    page.write();
    if (page.lines.size() <= most) {
      return List.copyOf(page.lines);
    }
    var fitting = new ArrayList<>(page.lines.subList(0, most - 1));
    fitting.add(String.join(" ", page.lines.subList(most - 1, page.lines.size())));
    return List.copyOf(fitting);
  }

  /** The size that most of the page is set in, code apart. */
  private static long usual(List<PrintedLine> printed) {
    var characters = new TreeMap<Long, Integer>();
    printed.stream()
        .filter(line -> !line.isMonospaced())
        .forEach(line -> characters.merge(line.size(), line.characters(), Integer::sum));
    long usual = 0;
    int most = 0;
    for (var each : characters.entrySet()) {
      if (each.getValue() > most) {
        usual = each.getKey();
        most = each.getValue();
      }
    }
    return usual;
  }

  private void write() {
    boolean few = printed.stream().filter(this::looksLikeHeading).count() * 3 <= printed.size() + 2;
    boolean hyphenated = false;
    PrintedLine before = null;
    for (PrintedLine line : printed) {
      String text = line.text();
      if (few && looksLikeHeading(line)) {
        heading(text, before != null && looksLikeHeading(before) && before.size() == line.size());
        hyphenated = false;
      } else if (line.isMonospaced()) {
        lines.add(CODE + text);
        hyphenated = false;
      } else {
        if (line.beginsParagraph() && !hyphenated && !lines.isEmpty()) {
          lines.add("");
        }
        String rest = hyphenated && GOES_ON.matcher(text).matches() ? join(text) : text;
        if (!rest.isEmpty()) {
          lines.add(rest);
        }
        hyphenated = HYPHENATED.matcher(text).matches();
      }
      before = line;
    }
  }

  private boolean looksLikeHeading(PrintedLine line) {
    String text = line.text();
    if (line.isMonospaced()
        || text.length() > LONGEST_HEADING
        || text.chars().filter(Character::isLetter).count() < 3) {
      return false;
    }
    boolean larger = line.size() >= LARGER * usual;
    boolean bolder =
        line.isBold() && line.size() >= usual && line.beginsParagraph() && !text.endsWith(".");
    return larger || bolder;
  }

  private void heading(String text, boolean goesOn) {
    if (goesOn && !lines.isEmpty() && lines.getLast().startsWith(HEADING)) {
      lines.add(lines.removeLast() + " " + text);
    } else {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.add(HEADING + text);
    }
  }

  /** Puts the rest of a word that was cut at the line's end where the word began. */
  private String join(String text) {
    String before = lines.removeLast();
    int space = text.indexOf(' ');
    String rest = space < 0 ? text : text.substring(0, space);
    lines.add(before.substring(0, before.length() - 1) + rest);
    return space < 0 ? "" : text.substring(space + 1).strip();
  }
}
