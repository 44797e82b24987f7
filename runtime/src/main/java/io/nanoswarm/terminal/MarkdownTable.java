package io.nanoswarm.terminal;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.node.Node;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** A table of Markdown in aligned columns; if it is too wide, row by row. */
final class MarkdownTable {
  private static final int GAP = 2;

  private final Look look;
  private final int width;
  private final List<List<AttributedString>> rows = new ArrayList<>();
  private final List<Boolean> right = new ArrayList<>();

  private MarkdownTable(TableBlock table, Look look, int width) {
    this.look = look;
    this.width = width;
    for (var part = table.getFirstChild(); part != null; part = part.getNext()) {
      for (var row = part.getFirstChild(); row != null; row = row.getNext()) {
        add(row, rows.isEmpty() ? Tone.DIM.style() : AttributedStyle.DEFAULT);
      }
    }
  }

  static List<AttributedString> render(TableBlock table, Look look, int width) {
    var laidOut = new MarkdownTable(table, look, width);
    return laidOut.isTooWide() ? laidOut.records() : laidOut.columns();
  }

  private void add(Node row, AttributedStyle style) {
    var cells = new ArrayList<AttributedString>();
    for (var node = row.getFirstChild(); node != null; node = node.getNext()) {
      if (rows.isEmpty()) {
        right.add(
            node instanceof TableCell cell && cell.getAlignment() == TableCell.Alignment.RIGHT);
      }
      cells.add(InlineText.of(node, look, style));
    }
    rows.add(cells);
  }

  private int widest(int column) {
    return rows.stream()
        .filter(row -> column < row.size())
        .mapToInt(row -> row.get(column).columnLength())
        .max()
        .orElse(0);
  }

  private boolean isTooWide() {
    int all = GAP * (right.size() - 1);
    for (int i = 0; i < right.size(); i++) {
      all += widest(i);
    }
    return all > width;
  }

  private List<AttributedString> columns() {
    var lines = new ArrayList<AttributedString>();
    for (List<AttributedString> row : rows) {
      var line = look.line();
      int at = 0;
      for (int i = 0; i < row.size(); i++) {
        int room = widest(i);
        if (row.get(i).length() > 0) {
          line.to(right.get(i) ? at + room - row.get(i).columnLength() : at).add(row.get(i));
        }
        at += room + GAP;
      }
      lines.add(line.done());
      if (lines.size() == 1) {
        lines.add(look.line().text(Tone.DIM, look.glyph(Glyph.RULE).repeat(at - GAP)).done());
      }
    }
    return lines;
  }

  /** The first cell of a row leads; the others follow it, each behind its title. */
  private List<AttributedString> records() {
    var lines = new ArrayList<AttributedString>();
    for (List<AttributedString> row : rows.subList(1, rows.size())) {
      for (int i = 0; i < row.size(); i++) {
        if (row.get(i).length() > 0) {
          var line = look.line();
          if (i > 0) {
            line.space(2).add(rows.getFirst().get(i)).text(": ");
          }
          lines.addAll(Wrapping.wrap(line.add(row.get(i)).done(), width, 4));
        }
      }
    }
    return lines;
  }
}
