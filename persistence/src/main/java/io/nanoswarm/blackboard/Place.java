package io.nanoswarm.blackboard;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A line of a file, as people, editors and terminals know it.
 *
 * <p>Guarantees: {@link #text} and {@link #parse} are each other's inverse. A PDF has pages rather
 * than lines that anybody could open: its lines are counted page by page, line {@code n} of page
 * {@code p} as {@code p * 1000 + n}, so that the page follows from the line alone.
 *
 * @param path of the file, relative to the workspace
 * @param line from 1
 */
public record Place(String path, int line) {
  /** The lines that a page may have, and the step from one page's lines to the next one's. */
  public static final int LINES_OF_PAGE = 1000;

  private static final Pattern PAGE = Pattern.compile("(.+):p(\\d{1,6}):(\\d{1,3})");
  private static final Pattern LINE = Pattern.compile("(.+):(\\d{1,9})");

  public Place {
    if (line < 1) {
      throw new IllegalArgumentException("line: %d of %s (expected: >= 1)".formatted(line, path));
    }
  }

  /** Whether the lines of a file are counted page by page. */
  public static boolean hasPages(String path) {
    return path.toLowerCase(Locale.ROOT).endsWith(".pdf");
  }

  /** The page that the line stands on, from 1, if the file has pages. */
  public OptionalInt page() {
    return hasPages(path) && line >= LINES_OF_PAGE
        ? OptionalInt.of(line / LINES_OF_PAGE)
        : OptionalInt.empty();
  }

  /** {@code path:line}, or {@code path:pPAGE:line}. */
  public String text() {
    return page().isPresent()
        ? "%s:p%d:%d".formatted(path, page().getAsInt(), line % LINES_OF_PAGE)
        : path + ":" + line;
  }

  /** What {@link #text} wrote; empty for anything else. */
  public static Optional<Place> parse(String text) {
    var page = PAGE.matcher(text);
    if (page.matches() && hasPages(page.group(1))) {
      int line = Integer.parseInt(page.group(2)) * LINES_OF_PAGE + Integer.parseInt(page.group(3));
      return line < LINES_OF_PAGE ? Optional.empty() : Optional.of(new Place(page.group(1), line));
    }
    var plain = LINE.matcher(text);
    return plain.matches() && Integer.parseInt(plain.group(2)) > 0
        ? Optional.of(new Place(plain.group(1), Integer.parseInt(plain.group(2))))
        : Optional.empty();
  }
}
