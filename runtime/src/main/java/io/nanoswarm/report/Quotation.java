package io.nanoswarm.report;

import io.nanoswarm.blackboard.Place;
import io.nanoswarm.drawing.Svg;
import java.util.List;

/** The lines of a found place with their numbers; those of its best sentence are marked. */
final class Quotation {
  private Quotation() {}

  static String html(FoundPlace found) {
    List<String> lines = found.quote().lines().toList();
    int first = found.at().line();
    int mark = found.sentence().isEmpty() ? -1 : found.sentenceLine() - first;
    int unsaid = found.sentence().length();
    var html = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      boolean marked = mark >= 0 && i >= mark && unsaid > 0;
      unsaid -= marked ? Math.max(1, lines.get(i).strip().length()) : 0;
      int number =
          Place.hasPages(found.at().path()) ? (first + i) % Place.LINES_OF_PAGE : first + i;
      html.append(marked ? "<mark>" : "<span>")
          .append("<i>")
          .append(number)
          .append("</i>")
          .append(Svg.escaped(lines.get(i)))
          .append(marked ? "</mark>" : "</span>")
          .append('\n');
    }
    return html.toString();
  }
}
