package io.nanoswarm.offline.text;

import io.nanoswarm.offline.text.Line.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells the lines of a file apart, going through it once. */
final class Lines {
  /** A paragraph may stand on one line; what is longer was written by a program. */
  static final int LONGEST = 2000;

  private static final Pattern IMPORT =
      Pattern.compile(
          "\\s*(import\\s.*|package\\s[\\w.]+;?|from\\s+\\S+\\s+import\\s.*|#include\\s.*|using\\s[\\w.]+;)");
  private static final Pattern HEADING = Pattern.compile("(#{1,6}|={1,6})\\s+(\\S.*)");
  private static final Pattern CLOSING = Pattern.compile("\\s+[#=]+\\s*$");
  private static final Pattern UNDERLINE = Pattern.compile("(={3,}|-{3,}|~{3,})\\s*");
  private static final Pattern DASHES = Pattern.compile("-{4,}");
  private static final Pattern ATTRIBUTES = Pattern.compile("\\[[^\\[\\]]*\\]\\s*");
  private static final Pattern TAG = Pattern.compile("<!--|-->|<[^>]*>");
  private static final Pattern RULE = Pattern.compile("[-=*_#/+|: ]+");

  private final Language language;
  private final List<Line> lines = new ArrayList<>();
  private boolean inComment;

  /** The line that opened the block of code here; empty outside of one. */
  private String fence = "";

  private boolean inDocstring;

  private Lines(Language language) {
    this.language = language;
  }

  static List<Line> of(Language language, List<String> texts) {
    if (language == Language.HTML) {
      return HtmlLines.of(texts);
    }
    var lines = new Lines(language);
    for (String text : texts) {
      lines.add(text);
    }
    lines.dropLicence();
    return List.copyOf(lines.lines);
  }

  private void add(String text) {
    String stripped = text.strip();
    Line line;
    if (text.length() > LONGEST) {
      line = new Line(Kind.NOISE, text, "");
    } else if (stripped.isEmpty()) {
      line = text.isEmpty() ? Line.EMPTY : new Line(Kind.BLANK, text, "");
    } else {
      line =
          switch (language) {
            case PROSE -> ofProse(text, stripped);
            case PAGES -> ofPages(text, stripped);
            case HTML -> throw new IllegalStateException("HTML is not read line by line");
            case MARKUP -> prose(text, TAG.matcher(stripped).replaceAll(" ").strip());
            case SLASH -> ofSlash(text, stripped);
            case HASH -> ofHash(text, stripped);
            case DASH -> stripped.startsWith("--") ? comment(text, stripped) : code(text);
            case DATA -> code(text);
          };
    }
    lines.add(line);
  }

  private Line ofProse(String text, String stripped) {
    if (fence.isEmpty() ? opensFence(stripped) : closesFence(stripped)) {
      fence = fence.isEmpty() ? stripped : "";
      return new Line(Kind.CODE, text, "");
    }
    if (!fence.isEmpty()) {
      return new Line(Kind.CODE, text, "");
    }
    var heading = HEADING.matcher(stripped);
    if (heading.matches()) {
      return new Line(Kind.HEADING, text, words(heading.group(2)));
    }
    if (UNDERLINE.matcher(stripped).matches()
        && !lines.isEmpty()
        && lines.getLast().kind() == Kind.PROSE) {
      Line before = lines.removeLast();
      lines.add(new Line(Kind.HEADING, before.text(), words(before.prose())));
      return new Line(Kind.BLANK, text, "");
    }
    return prose(text, stripped);
  }

  /** As in Markdown, and as in AsciiDoc, where a line in brackets says what the block is. */
  private boolean opensFence(String stripped) {
    if (stripped.startsWith("```") || stripped.startsWith("~~~") || stripped.equals("----")) {
      dropAttributes();
      return true;
    }
    return DASHES.matcher(stripped).matches() && dropAttributes();
  }

  private boolean dropAttributes() {
    boolean there = !lines.isEmpty() && ATTRIBUTES.matcher(lines.getLast().text()).matches();
    if (there) {
      lines.add(new Line(Kind.NOISE, lines.removeLast().text(), ""));
    }
    return there;
  }

  private boolean closesFence(String stripped) {
    return fence.startsWith("-")
        ? stripped.equals(fence)
        : stripped.startsWith(fence.substring(0, 3));
  }

  private static Line ofPages(String text, String stripped) {
    if (text.startsWith("## ")) {
      return new Line(Kind.HEADING, text, stripped.substring(3));
    }
    return text.startsWith("    ") ? new Line(Kind.CODE, text, "") : prose(text, stripped);
  }

  /** What a heading says, and passages below it are called. */
  private static String words(String heading) {
    String open = CLOSING.matcher(heading).replaceFirst("");
    return InlineMarks.paired(InlineMarks.unlinked(open, ' '), true).replace("**", "");
  }

  private Line ofSlash(String text, String stripped) {
    if (inComment || stripped.startsWith("/*")) {
      int end = stripped.indexOf("*/");
      inComment = end < 0;
      return comment(text, end < 0 ? stripped : stripped.substring(0, end));
    }
    if (stripped.startsWith("//")) {
      return comment(text, stripped);
    }
    return stripped.startsWith("# ") ? comment(text, stripped) : code(text);
  }

  private Line ofHash(String text, String stripped) {
    boolean quotes = stripped.startsWith("\"\"\"") || stripped.startsWith("'''");
    if (inDocstring || quotes) {
      boolean ends = stripped.endsWith("\"\"\"") || stripped.endsWith("'''");
      boolean oneLine = quotes && ends && stripped.length() > 3;
      inDocstring = oneLine ? false : quotes != inDocstring || (inDocstring && !ends);
      return comment(text, stripped.replace("\"\"\"", "").replace("'''", ""));
    }
    if (stripped.startsWith("//")) {
      return comment(text, stripped);
    }
    return stripped.startsWith("#") ? comment(text, stripped) : code(text);
  }

  private Line comment(String text, String stripped) {
    return prose(text, CommentMarks.strip(stripped));
  }

  private static Line prose(String text, String prose) {
    boolean blank = prose.isEmpty() || RULE.matcher(prose).matches();
    return new Line(blank ? Kind.BLANK : Kind.PROSE, text, blank ? "" : prose);
  }

  private Line code(String text) {
    boolean noise = language != Language.DATA && IMPORT.matcher(text).matches();
    return new Line(noise ? Kind.NOISE : Kind.CODE, text, "");
  }

  /** A first comment that speaks of copyright says nothing about the file. */
  private void dropLicence() {
    if (language == Language.PROSE || language == Language.PAGES || language == Language.DATA) {
      return;
    }
    int end = 0;
    boolean licence = false;
    while (end < lines.size()
        && (lines.get(end).kind() == Kind.PROSE || lines.get(end).text().contains("*"))) {
      String text = lines.get(end).prose().toLowerCase(Locale.ROOT);
      licence |= text.contains("copyright") || text.contains("licensed under");
      end++;
      if (licence && lines.get(end - 1).text().contains("*/")) {
        break; // what follows is another comment, mostly that of the package
      }
    }
    for (int i = 0; licence && i < end; i++) {
      lines.set(i, new Line(Kind.NOISE, lines.get(i).text(), ""));
    }
  }
}
