package io.nanoswarm.report;

import io.nanoswarm.blackboard.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/** A sentence that an answer leads with, before its first section, and the places it stands on. */
public record Statement(String text, List<PlaceView> places) {
  private static final Pattern END = Pattern.compile("[\\s\u2014\u2013,;()-]+$");

  static List<Statement> in(String markdown) {
    var statements = new ArrayList<Statement>();
    Node document = Parser.builder().build().parse(markdown);
    for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading heading && heading.getLevel() > 1) {
        break;
      }
      node.accept(
          new AbstractVisitor() {
            @Override
            public void visit(Paragraph paragraph) {
              of(paragraph).ifPresent(statements::add);
            }
          });
    }
    return List.copyOf(statements);
  }

  private static Optional<Statement> of(Paragraph paragraph) {
    var text = new StringBuilder();
    var places = new ArrayList<PlaceView>();
    paragraph.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text each) {
            text.append(each.getLiteral());
          }

          @Override
          public void visit(SoftLineBreak each) {
            text.append(' ');
          }

          @Override
          public void visit(Code code) {
            Optional<Place> place = Place.parse(code.getLiteral());
            if (place.isPresent()) {
              places.add(PlaceView.of(place.get()));
            } else {
              text.append('`').append(code.getLiteral()).append('`');
            }
          }
        });
    return places.isEmpty()
        ? Optional.empty()
        : Optional.of(new Statement(END.matcher(text).replaceFirst(""), List.copyOf(places)));
  }
}
