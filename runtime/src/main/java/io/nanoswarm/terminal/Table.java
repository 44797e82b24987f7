package io.nanoswarm.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jline.utils.AttributedString;

/**
 * Rows in aligned columns; the last column gives way when the width does not suffice. A column
 * without a header takes no room while all its cells are empty.
 */
public final class Table {
  private static final int GAP = 2;
  private static final int LEAST_LAST = 8;

  private final Look look;
  private final List<String> header;
  private final List<List<AttributedString>> rows = new ArrayList<>();

  public Table(Look look, String... header) {
    this.look = look;
    this.header = List.of(header);
  }

  /** One cell for every column. */
  public Table row(Line... cells) {
    if (cells.length != header.size()) {
      throw new IllegalArgumentException(
          "cells: %d (expected: %d)".formatted(cells.length, header.size()));
    }
    rows.add(IntStream.range(0, cells.length).mapToObj(i -> cells[i].done()).toList());
    return this;
  }

  public List<AttributedString> render(int width) {
    int last = header.size() - 1;
    var widths = IntStream.range(0, last).map(this::widest).toArray();
    int taken = IntStream.of(widths).map(Table::step).sum();
    int room = Math.max(LEAST_LAST, width - taken);
    var lines = new ArrayList<AttributedString>();
    var top = look.line();
    for (int i = 0; i <= last; i++) {
      top.text(Tone.DIM, header.get(i));
      pad(top, widths, i);
    }
    lines.add(top.done());
    for (var row : rows) {
      var line = look.line();
      for (int i = 0; i < last; i++) {
        line.add(row.get(i));
        pad(line, widths, i);
      }
      lines.add(line.add(Line.cut(row.get(last), room, look)).done());
    }
    return lines;
  }

  private static void pad(Line line, int[] widths, int column) {
    if (column < widths.length) {
      line.to(IntStream.rangeClosed(0, column).map(i -> step(widths[i])).sum());
    }
  }

  private static int step(int width) {
    return width == 0 ? 0 : width + GAP;
  }

  private int widest(int column) {
    return Math.max(
        header.get(column).length(),
        rows.stream().mapToInt(row -> row.get(column).columnLength()).max().orElse(0));
  }
}
