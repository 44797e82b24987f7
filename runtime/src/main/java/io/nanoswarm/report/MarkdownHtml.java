package io.nanoswarm.report;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Markdown that nobody vouches for, as a part of a page.
 *
 * <p>Guarantees: tags in it are text, links lead to web and mail addresses alone, and nothing in it
 * makes a browser load anything: a picture is its description.
 */
final class MarkdownHtml {
  private static final List<TablesExtension> EXTENSIONS =
      List.of((TablesExtension) TablesExtension.create());

  private MarkdownHtml() {}

  /** Without its title, which the page has. */
  static String of(String markdown) {
    Node document = Parser.builder().extensions(EXTENSIONS).build().parse(markdown);
    if (document.getFirstChild() instanceof Heading heading && heading.getLevel() == 1) {
      heading.unlink();
    }
    var images = new ArrayList<Image>();
    document.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Image image) {
            images.add(image);
            visitChildren(image);
          }
        });
    images.forEach(MarkdownHtml::describe);
    return HtmlRenderer.builder()
        .extensions(EXTENSIONS)
        .escapeHtml(true)
        .sanitizeUrls(true)
        .build()
        .render(document);
  }

  private static void describe(Image image) {
    image.insertBefore(new Text("[picture: "));
    while (image.getFirstChild() != null) {
      image.insertBefore(image.getFirstChild());
    }
    image.insertBefore(new Text("]"));
    image.unlink();
  }
}
