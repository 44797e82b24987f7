package io.nanoswarm.offline.text;

import io.nanoswarm.offline.text.Line.Kind;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;

/** Joins lines of prose into paragraphs, and cuts these into sentences. */
final class Sentences {
  private static final Pattern ITEM =
      Pattern.compile("^(?:(?:[-*+\u2022]|\\d+[.)])(?=\\s|$)|<li>|<p>|</?ul>|</?ol>|\\|)\\s*");
  private static final Pattern QUOTE = Pattern.compile("^(?:>\\s?)+");
  private static final Pattern JAVADOC_TAG =
      Pattern.compile("^@(?:param|throws|exception)\\s+(\\S+)\\s+|^@(?:return|returns)\\s+");
  private static final Pattern OTHER_TAG =
      Pattern.compile(
          "^@(?:see|since|author|version|serial|jls|spec|hidden|apiNote|implNote|implSpec)\\b.*");
  private static final Pattern HTML =
      Pattern.compile("</?(?:[a-z][a-z0-9]*)(?:\\s[^<>]*)?/?>", Pattern.CASE_INSENSITIVE);

  // Of AsciiDoc: <<seda-component,SEDA>> reads as SEDA.
  private static final Pattern CROSS_REFERENCE = Pattern.compile("<<(?:[^<>,]*,\\s*)?([^<>,]+)>>");
  private static final Pattern ADMONITION =
      Pattern.compile("^(?:TIP|NOTE|IMPORTANT|WARNING|CAUTION):\\s*");

  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern CELLS = Pattern.compile("\\s*(?<!\\\\)\\|\\s*");

  /** Stands before each line of a paragraph, so that its number is known whatever is changed. */
  private static final char LINE = '\ue000';

  private final boolean markdown;
  private final List<Sentence> sentences = new ArrayList<>();
  private final StringBuilder paragraph = new StringBuilder();
  private final List<Integer> numbers = new ArrayList<>();
  private boolean quoted;

  private Sentences(boolean markdown) {
    this.markdown = markdown;
  }

  /**
   * @param markdown whether the lines are those of a text rather than of comments
   */
  static List<Sentence> in(List<Line> lines, int first, int last, boolean markdown) {
    var result = new Sentences(markdown);
    int from = first;
    while (from > 1 && lines.get(from - 2).kind() == Kind.PROSE) {
      from--;
    }
    int to = last;
    while (to < lines.size() && lines.get(to).kind() == Kind.PROSE) {
      to++;
    }
    for (int number = from; number <= to; number++) {
      Line line = lines.get(number - 1);
      if (line.kind() != Kind.PROSE || OTHER_TAG.matcher(line.prose()).matches()) {
        result.endParagraph();
      } else {
        result.add(line.prose(), number);
      }
    }
    result.endParagraph();
    return result.sentences.stream()
        .filter(sentence -> sentence.line() >= first && sentence.line() <= last)
        .toList();
  }

  private void add(String prose, int number) {
    String text = QUOTE.matcher(prose).replaceFirst("");
    boolean quote = text.length() < prose.length();
    if (quote != quoted || text.startsWith("[!")) {
      endParagraph();
      quoted = quote;
    }
    var tag = JAVADOC_TAG.matcher(text);
    if (tag.find()) {
      endParagraph();
      text = (tag.group(1) == null ? "" : "`" + tag.group(1) + "`: ") + text.substring(tag.end());
    }
    var item = ITEM.matcher(text);
    while (item.find()) {
      endParagraph();
      text = text.startsWith("|") ? row(text) : text.substring(item.end());
      item = ITEM.matcher(text);
    }
    if (!text.isBlank()) {
      numbers.add(number);
      paragraph.append(LINE).append(text.replace(LINE, ' ')).append(' ');
    }
  }

  /** A row of a table reads as a sentence with dashes between its cells. */
  private static String row(String text) {
    String inner =
        text.substring(1, text.endsWith("|") ? Math.max(1, text.length() - 1) : text.length());
    return CELLS.matcher(inner.strip()).replaceAll(" \u2014 ").replace("\\|", "|");
  }

  private void endParagraph() {
    String marked = paragraph.toString();
    var text = new StringBuilder();
    var starts = new ArrayList<Integer>();
    for (char c : (markdown ? InlineMarks.unlinked(marked, LINE) : marked).toCharArray()) {
      if (c == LINE) {
        starts.add(text.length());
      } else {
        text.append(c);
      }
    }
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
    breaks.setText(text.toString());
    int from = breaks.first();
    for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
      if (isWithinWord(text, to)) {
        continue;
      }
      String sentence = clean(text.substring(from, to));
      if (!sentence.isEmpty()) {
        sentences.add(new Sentence(sentence, lineAt(from, starts)));
      }
      from = to;
    }
    paragraph.setLength(0);
    numbers.clear();
  }

  /** As between the dots and the rest of {@code ../swarm}. Not every script has spaces. */
  private static boolean isWithinWord(CharSequence text, int end) {
    char last = text.charAt(end - 1);
    return end < text.length() && last < 128 && !Character.isWhitespace(last);
  }

  private int lineAt(int offset, List<Integer> starts) {
    int line = numbers.getFirst();
    for (int i = 0; i < starts.size(); i++) {
      if (starts.get(i) <= offset) {
        line = numbers.get(i);
      }
    }
    return line;
  }

  private String clean(String text) {
    String result = text.indexOf('{') < 0 ? text : CommentMarks.strip(text);
    if (markdown) {
      result = ADMONITION.matcher(result).replaceFirst("");
      result = result.contains("<<") ? CROSS_REFERENCE.matcher(result).replaceAll("$1") : result;
    }
    result = result.indexOf('<') < 0 ? result : HTML.matcher(result).replaceAll("");
    result = result.indexOf('&') < 0 ? result : Parser.unescapeEntities(result, false);
    return InlineMarks.paired(SPACE.matcher(result).replaceAll(" ").strip(), markdown);
  }
}
