package io.nanoswarm.top;

import io.nanoswarm.terminal.Line;
import io.nanoswarm.terminal.Look;
import io.nanoswarm.terminal.Tone;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jline.utils.AttributedString;

/**
 * Rows in aligned columns that fit a width: the last column gives way first, and then columns go,
 * the least telling ones first. Pure.
 *
 * @param all of which the first stays and the last is as wide as there is room
 */
record Columns<R>(List<Column<R>> all, Look look) {
  private static final int GAP = 2;

  /** Columns go before the last one is narrower than this. */
  private static final int LEAST_LAST = 16;

  /** None but the last is wider. */
  private static final int WIDEST = 40;

  Columns {
    all = List.copyOf(all);
  }

  /**
   * One column.
   *
   * @param worth those with the least go first when there is little room
   * @param right whether its cells end at the same place, as numbers do
   * @param cell what it says of a row
   */
  record Column<R>(String title, int worth, boolean right, Function<R, Line> cell) {}

  /** The header, then every row. */
  List<AttributedString> lines(List<R> rows, int width) {
    var shown = new ArrayList<>(all);
    int least = Math.min(LEAST_LAST, width(all.getLast(), rows));
    while (shown.size() > 2 && taken(shown, rows) + least > width) {
      shown.subList(1, shown.size() - 1).stream()
          .min(Comparator.comparingInt(Column::worth))
          .ifPresent(shown::remove);
    }
    int[] widths = shown.stream().mapToInt(column -> width(column, rows)).toArray();
    var lines = new ArrayList<AttributedString>();
    lines.add(line(shown, widths, width, column -> look.line().text(Tone.DIM, column.title())));
    rows.forEach(row -> lines.add(line(shown, widths, width, column -> column.cell().apply(row))));
    return lines;
  }

  private AttributedString line(
      List<Column<R>> shown, int[] widths, int width, Function<Column<R>, Line> cells) {
    var line = look.line();
    for (int i = 0; i < shown.size(); i++) {
      var cell = cells.apply(shown.get(i));
      if (i == shown.size() - 1) {
        line.add(cell.within(Math.max(0, width - line.width())));
      } else {
        var text = cell.within(widths[i]);
        int end = line.width() + widths[i];
        line.to(shown.get(i).right() ? end - text.columnLength() : 0).add(text).to(end + GAP);
      }
    }
    return line.within(width);
  }

  private int taken(List<Column<R>> shown, List<R> rows) {
    return shown.subList(0, shown.size() - 1).stream()
        .mapToInt(column -> width(column, rows) + GAP)
        .sum();
  }

  private int width(Column<R> column, List<R> rows) {
    int widest = rows.stream().mapToInt(row -> column.cell().apply(row).width()).max().orElse(0);
    return Math.min(WIDEST, Math.max(column.title().length(), widest));
  }
}
