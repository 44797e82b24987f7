package io.nanoswarm.offline.text;

import io.nanoswarm.offline.text.Line.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a file where its author paused: before headings, before a comment that opens a declaration,
 * at blank lines of little indentation; elsewhere just when a passage would be too long.
 */
final class PassageCutter {
  /** Below this a passage takes in the next block, unless a heading or declaration begins. */
  private static final int FEW_LINES = 5;

  private static final int OUTER_INDENTATION = 4;

  private final List<Line> lines;
  private final Outline outline;
  private final List<Passage> passages = new ArrayList<>();

  private PassageCutter(String path, List<Line> lines) {
    this.lines = lines;
    this.outline = new Outline(path, lines);
  }

  static List<Passage> cut(String path, List<Line> lines) {
    var cutter = new PassageCutter(path, lines);
    int start = 0;
    while (start < lines.size()) {
      int end = cutter.end(start);
      cutter.add(start, end);
      start = end;
    }
    return List.copyOf(cutter.passages);
  }

  /** The line before which the passage that begins at {@code start} ends. */
  private int end(int start) {
    int limit = Math.min(lines.size(), start + Passage.MAX_LINES);
    int fallback = limit;
    for (int i = start + 1; i < limit; i++) {
      int strength = strength(i);
      if (strength == 3 || (strength == 2 && i - start >= FEW_LINES)) {
        return i;
      }
      if (strength == 1 && i - start >= Passage.MAX_LINES / 2) {
        fallback = i;
      }
    }
    return limit == lines.size() ? limit : fallback;
  }

  private int strength(int at) {
    Line line = lines.get(at);
    if (line.kind() == Kind.HEADING) {
      return 3;
    }
    Line before = lines.get(at - 1);
    if (line.text().length() > Lines.LONGEST || before.text().length() > Lines.LONGEST) {
      return 3;
    }
    if (line.text().strip().startsWith("/**")) {
      return 3;
    }
    if (before.kind() != Kind.BLANK || line.kind() == Kind.BLANK) {
      return 0;
    }
    boolean inComment = !before.text().isBlank();
    boolean outer = line.indentation() <= OUTER_INDENTATION && !line.text().startsWith("}");
    return outer && !inComment ? 2 : 1;
  }

  private void add(int start, int end) {
    int first = start;
    int last = end;
    while (first < last && !speaks(lines.get(first))) {
      first++;
    }
    while (last > first && !speaks(lines.get(last - 1))) {
      last--;
    }
    boolean any = false;
    for (int i = first; i < last; i++) {
      any |= lines.get(i).kind() == Kind.PROSE || isMoreThanBraces(lines.get(i));
    }
    if (any) {
      first = withOpening(start, first);
      last = withClosing(end, last);
      passages.add(new Passage(first + 1, last, outline.name(first, last)));
    }
  }

  /** A quotation that begins inside a comment begins with its opening, if that is right above. */
  private int withOpening(int start, int first) {
    return first > start && lines.get(first - 1).text().strip().startsWith("/*")
        ? first - 1
        : first;
  }

  private int withClosing(int end, int last) {
    return last < end && lines.get(last).text().strip().equals("*/") ? last + 1 : last;
  }

  private static boolean speaks(Line line) {
    return line.kind() != Kind.BLANK && line.kind() != Kind.NOISE;
  }

  private static boolean isMoreThanBraces(Line line) {
    return line.kind() == Kind.CODE && line.text().chars().anyMatch(Character::isLetter);
  }
}
