package io.nanoswarm.terminal;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;

/** What stands inside one block of Markdown, as styled text that is not wrapped yet. */
final class InlineText {
  private final Look look;
  private final List<AttributedString> lines = new ArrayList<>();
  private Line line;

  private InlineText(Look look) {
    this.look = look;
    line = look.line();
  }

  /** All of it on one line. */
  static AttributedString of(Node block, Look look, AttributedStyle style) {
    var text = new InlineText(look);
    text.addChildren(block, style);
    text.breakLine();
    var all = look.line();
    for (int i = 0; i < text.lines.size(); i++) {
      all.space(i == 0 ? 0 : 1).add(text.lines.get(i));
    }
    return all.done();
  }

  /** A line for every hard break; soft ones are spaces. */
  static List<AttributedString> linesOf(Node block, Look look) {
    var text = new InlineText(look);
    text.addChildren(block, AttributedStyle.DEFAULT);
    text.breakLine();
    return text.lines;
  }

  private void addChildren(Node parent, AttributedStyle style) {
    for (var node = parent.getFirstChild(); node != null; node = node.getNext()) {
      add(node, style);
    }
  }

  private void add(Node node, AttributedStyle style) {
    switch (node) {
      case Text text -> line.styled(style, text.getLiteral());
      case Code code -> addCode(code, style);
      case Emphasis _ -> addChildren(node, style.italic());
      case StrongEmphasis _ -> addChildren(node, style.bold());
      case Link link -> addLink(link, style);
      case Image image -> line.styled(style, "[image: ").text(image.getDestination() + "]");
      case HtmlInline html -> line.styled(style, html.getLiteral());
      case HardLineBreak _ -> breakLine();
      case SoftLineBreak _ -> line.space(1);
      default -> addChildren(node, style);
    }
  }

  private void addCode(Code code, AttributedStyle style) {
    if (look.color()) {
      line.styled(style.foreground(AttributedStyle.YELLOW), code.getLiteral());
    } else {
      line.text("`" + code.getLiteral() + "`");
    }
  }

  private void addLink(Link link, AttributedStyle style) {
    int before = line.width();
    addChildren(link, style.underline());
    var target = link.getDestination();
    boolean told = line.done().toString().endsWith(target) || line.width() == before;
    if (!told) {
      line.text(Tone.DIM, " (" + target + ")");
    }
  }

  private void breakLine() {
    lines.add(line.done());
    line = look.line();
  }
}
