package io.nanoswarm.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;
import org.jline.utils.AttributedString;

/** Pure: Markdown as styled lines for a terminal. Prose is wrapped, code is not. */
public final class MarkdownText {
  /** Longer lines of prose are hard to read. */
  private static final int WIDEST = 96;

  private final Look look;
  private final int width;

  private MarkdownText(Look look, int width) {
    this.look = look;
    this.width = width;
  }

  public static List<AttributedString> render(String markdown, Look look, int width) {
    var document =
        Parser.builder().extensions(List.of(TablesExtension.create())).build().parse(markdown);
    return new MarkdownText(look, Math.min(width, WIDEST)).blocks(document, true);
  }

  /**
   * @param loose whether an empty line stands between two blocks
   */
  private List<AttributedString> blocks(Node parent, boolean loose) {
    var lines = new ArrayList<AttributedString>();
    for (var node = parent.getFirstChild(); node != null; node = node.getNext()) {
      var block = block(node);
      if (loose && !lines.isEmpty() && !block.isEmpty()) {
        lines.add(AttributedString.EMPTY);
      }
      lines.addAll(block);
    }
    return lines;
  }

  private List<AttributedString> block(Node node) {
    return switch (node) {
      case Heading heading -> heading(heading);
      case Paragraph paragraph -> paragraph(paragraph);
      case ListBlock list -> list(list);
      case BlockQuote quote ->
          new MarkdownText(look, width - 2)
              .blocks(quote, true).stream()
                  .map(line -> look.line().glyph(Tone.DIM, Glyph.QUOTE).space(1).add(line).done())
                  .toList();
      case TableBlock table -> MarkdownTable.render(table, look, width);
      case FencedCodeBlock code -> code(code.getLiteral());
      case IndentedCodeBlock code -> code(code.getLiteral());
      case HtmlBlock html -> code(html.getLiteral());
      case ThematicBreak _ ->
          List.of(look.line().text(Tone.DIM, look.glyph(Glyph.RULE).repeat(width)).done());
      default -> blocks(node, true);
    };
  }

  private List<AttributedString> heading(Heading heading) {
    var tone = heading.getLevel() <= 2 ? Tone.TITLE : Tone.STRONG;
    var line = look.line();
    if (!look.color()) {
      line.text("#".repeat(heading.getLevel()) + " ");
    }
    return Wrapping.wrap(
        line.add(InlineText.of(heading, look, tone.style())).done(), width, line.width());
  }

  private List<AttributedString> paragraph(Paragraph paragraph) {
    return InlineText.linesOf(paragraph, look).stream()
        .flatMap(line -> Wrapping.wrap(line, width, 0).stream())
        .toList();
  }

  private List<AttributedString> list(ListBlock list) {
    var lines = new ArrayList<AttributedString>();
    int number = list instanceof OrderedList ordered ? start(ordered) : 0;
    for (var item = list.getFirstChild(); item != null; item = item.getNext()) {
      var mark = list instanceof BulletList ? look.glyph(Glyph.BULLET) : number++ + ".";
      int indent = mark.length() + 1;
      var content = new MarkdownText(look, width - indent).blocks(item, !list.isTight());
      if (!list.isTight() && !lines.isEmpty()) {
        lines.add(AttributedString.EMPTY);
      }
      for (int i = 0; i < Math.max(1, content.size()); i++) {
        var line = look.line().text(Tone.ACCENT, i == 0 ? mark + " " : " ".repeat(indent));
        lines.add(content.isEmpty() ? line.done() : line.add(content.get(i)).done());
      }
    }
    return lines;
  }

  private static int start(OrderedList list) {
    var start = list.getMarkerStartNumber();
    return start == null ? 1 : start;
  }

  private List<AttributedString> code(String literal) {
    return Stream.of(literal.stripTrailing().split("\n", -1))
        .map(line ->
            QuietCode.add(
                    look.line().glyph(Tone.DIM, Glyph.CODE).space(1), line.replace("\t", "    "))
                .done())
        .toList();
  }

  /** The lines joined as they are printed, each ended by a line feed. */
  public static String print(List<AttributedString> lines, Look look) {
    var text = new StringBuilder();
    lines.forEach(line -> text.append(look.print(line)).append('\n'));
    return text.toString();
  }
}
