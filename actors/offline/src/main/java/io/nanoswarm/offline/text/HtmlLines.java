package io.nanoswarm.offline.text;

import io.nanoswarm.offline.text.Line.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeFilter;

/**
 * Tells the lines of a page of HTML apart by what a reader sees of them: headings, paragraphs and
 * code; what is there for browsers or to get about on the site says nothing.
 *
 * <p>The prose of a line has {@code <} and {@code &} escaped, and {@code <p>} where a paragraph
 * begins, as comments in HTML have.
 */
final class HtmlLines implements NodeFilter {
  private static final Set<String> UNSEEN =
      Set.of(
          "script",
          "style",
          "noscript",
          "template",
          "svg",
          "nav",
          "footer",
          "button",
          "select",
          "iframe",
          "form");
  private static final Set<String> ROLES = Set.of("navigation", "search", "banner", "contentinfo");
  private static final Pattern ANCHOR =
      Pattern.compile("\\b(?:headerlink|anchor|anchorjs-link|hash-link|heading-anchor)\\b");
  private static final Pattern SPACE = Pattern.compile("[\\s\u00a0]+");
  private static final Pattern MARKED_BLANK = Pattern.compile("(?:<p>|\\s)*");

  private final List<String> texts;
  private final StringBuilder[] seen;
  private final Kind[] kinds;
  private int preformatted;
  private int heading = -1;
  private boolean paragraph = true;

  private HtmlLines(List<String> texts) {
    this.texts = texts;
    this.seen = new StringBuilder[texts.size()];
    this.kinds = new Kind[texts.size()];
    Arrays.fill(kinds, Kind.BLANK);
  }

  static List<Line> of(List<String> texts) {
    var lines = new HtmlLines(texts);
    lines.traverse(
        Parser.htmlParser().setTrackPosition(true).parseInput(String.join("\n", texts), ""));
    return lines.lines();
  }

  @Override
  public FilterResult head(Node node, int depth) {
    switch (node) {
      case Element element -> {
        if (isUnseen(element)) {
          return FilterResult.SKIP_ENTIRELY;
        }
        begin(element);
      }
      case TextNode text -> add(text);
      default -> {}
    }
    return FilterResult.CONTINUE;
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (node instanceof Element element) {
      paragraph |= element.isBlock() || isCell(element);
      preformatted -= element.normalName().equals("pre") ? 1 : 0;
      heading = isHeading(element) ? -1 : heading;
    }
    return FilterResult.CONTINUE;
  }

  private static boolean isUnseen(Element element) {
    return UNSEEN.contains(element.normalName())
        || element.hasAttr("hidden")
        || ROLES.contains(element.attr("role").toLowerCase(Locale.ROOT))
        || (element.normalName().equals("a") && ANCHOR.matcher(element.className()).find());
  }

  private void begin(Element element) {
    paragraph |= element.isBlock() || isCell(element) || element.normalName().equals("br");
    preformatted += element.normalName().equals("pre") ? 1 : 0;
    if (isHeading(element)) {
      heading = Math.clamp(element.sourceRange().start().lineNumber() - 1L, 0, texts.size() - 1);
      if (kinds[heading] == Kind.HEADING && seen[heading] != null) {
        seen[heading].setLength(0); // of several on one line, the last is about what follows
      }
    }
  }

  private static boolean isCell(Element element) {
    return element.normalName().equals("td") || element.normalName().equals("th");
  }

  private static boolean isHeading(Element element) {
    String name = element.normalName();
    return (name.length() == 2 && name.charAt(0) == 'h' && Character.isDigit(name.charAt(1)))
        || name.equals("title");
  }

  private void add(TextNode text) {
    if (!text.sourceRange().isTracked()) {
      return;
    }
    int at = text.sourceRange().start().lineNumber() - 1;
    for (String piece : text.getWholeText().split("\n", -1)) {
      if (at >= 0 && at < texts.size() && !piece.isBlank()) {
        add(heading >= 0 ? heading : at, piece);
      }
      at++;
    }
  }

  private void add(int at, String piece) {
    StringBuilder line = seen[at] == null ? new StringBuilder() : seen[at];
    seen[at] = line;
    if (preformatted > 0) {
      kinds[at] = kinds[at] == Kind.BLANK ? Kind.CODE : kinds[at];
      line.append(piece);
    } else {
      boolean over = kinds[at] == Kind.HEADING;
      kinds[at] = heading >= 0 || over ? Kind.HEADING : Kind.PROSE;
      if (paragraph && heading < 0) {
        line.append(line.isEmpty() ? "<p>" : " <p>");
      }
      line.append(heading >= 0 ? piece : piece.replace("&", "&amp;").replace("<", "&lt;"));
    }
    paragraph = false;
  }

  private List<Line> lines() {
    var lines = new ArrayList<Line>(texts.size());
    for (int i = 0; i < seen.length; i++) {
      String text = texts.get(i);
      String prose = seen[i] == null ? "" : seen[i].toString();
      if (kinds[i] != Kind.CODE) {
        prose = SPACE.matcher(prose).replaceAll(" ").strip();
      }
      boolean says = !MARKED_BLANK.matcher(prose).matches() && text.length() <= Lines.LONGEST;
      lines.add(says ? new Line(kinds[i], text, prose) : new Line(Kind.BLANK, text, ""));
    }
    return List.copyOf(lines);
  }
}
