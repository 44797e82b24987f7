package io.nanoswarm.offline.text;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The few forms of Markdown that entries are written in. */
public final class Markdown {
  private static final Pattern NOT_IN_SLUG = Pattern.compile("[^a-z0-9]+");
  private static final Pattern EDGES = Pattern.compile("^-+|-+$");
  private static final Pattern BACKTICKS = Pattern.compile("`{3,}");
  private static final Pattern FENCE_NAME = Pattern.compile("[a-z0-9]{1,10}");
  private static final int SLUG = 40;

  private Markdown() {}

  /** A part of an entry's path that tells people what it is. */
  public static String slug(String name, String otherwise) {
    String slug = NOT_IN_SLUG.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("-");
    slug = EDGES.matcher(slug).replaceAll("");
    slug = EDGES.matcher(slug.substring(0, Math.min(SLUG, slug.length()))).replaceAll("");
    return slug.isEmpty() ? otherwise : slug;
  }

  /** Lines of a file, fenced so that nothing in them ends the fence. */
  public static String fence(String path, String lines) {
    int longest =
        BACKTICKS.matcher(lines).results().mapToInt(each -> each.group().length()).max().orElse(2);
    String fence = "`".repeat(longest + 1);
    String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    String language = FENCE_NAME.matcher(extension).matches() ? extension : "";
    return fence + language + "\n" + lines + "\n" + fence + "\n";
  }

  /** Words in bold: {@code **task**, **agent**}. */
  public static String list(List<String> words) {
    return String.join(", ", words.stream().map(word -> "**" + word + "**").toList());
  }

  /** A text for a cell of a table. */
  public static String cell(String text) {
    return text.replace("|", "\\|").replace('\n', ' ');
  }

  /** A text cut between words to fit a line, without marks that the cut has left alone. */
  public static String shorten(String text, int length) {
    return text.length() <= length ? text : InlineMarks.paired(cut(text, length), true) + " \u2026";
  }

  /** A line of code in backticks, cut to fit a line. */
  public static String code(String code, int length) {
    return "`" + (code.length() <= length ? code : cut(code, length) + " \u2026") + "`";
  }

  private static String cut(String text, int length) {
    int space = text.lastIndexOf(' ', length);
    return text.substring(0, space > length / 2 ? space : length);
  }
}
