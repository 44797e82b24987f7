package io.nanoswarm.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.nanoswarm.drawing.Svg;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * An answer as one page of HTML that needs nothing beside it: no script, no font, no other file.
 *
 * <p>Guarantees: whatever stands in files, names and answers is text on the page, and nothing on it
 * makes a browser load anything.
 */
public final class AnswerPage {
  private static final String STYLE = "answer-page.css";
  private static final int QUOTATIONS = 10;
  private static final int BARS = 10;

  private final AnswerReport report;
  private final StringBuilder page = new StringBuilder();

  private AnswerPage(AnswerReport report) {
    this.report = report;
  }

  /** The whole page. */
  public static String of(AnswerReport report) {
    return new AnswerPage(report).page();
  }

  private String page() {
    AnswerReport.About about = report.session();
    add("<!DOCTYPE html>");
    add("<html lang=\"en\"><head><meta charset=\"utf-8\">");
    add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    add("<meta name=\"color-scheme\" content=\"light dark\">");
    add(
        "<meta http-equiv=\"Content-Security-Policy\""
            + " content=\"default-src 'none'; style-src 'unsafe-inline'\">");
    add("<title>" + Svg.escaped(about.goal()) + "</title><style>");
    add(style());
    add("</style></head><body><main>");
    head(about);
    add("<section class=\"answer\">");
    add(
        report.answer().markdown().isEmpty()
            ? "<p>There is no answer.</p>"
            : MarkdownHtml.of(report.answer().markdown()));
    add("</section>");
    quotations();
    structure();
    figures();
    work();
    add("</main></body></html>");
    return page.toString();
  }

  private static String style() {
    try (InputStream style = AnswerPage.class.getResourceAsStream(STYLE)) {
      if (style == null) {
        throw new IOException("missing on the class path: " + STYLE);
      }
      return new String(style.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void head(AnswerReport.About about) {
    add("<header>");
    element("h1", about.goal());
    String took =
        about.seconds() == null ? "" : String.format(Locale.ROOT, ", %.1f s", about.seconds());
    element(
        "p class=\"dim\"",
        "%s: %,d files. Session %s, %s%s."
            .formatted(
                about.workspace(),
                about.files(),
                about.id(),
                about.status().replace('-', ' '),
                took));
    if (about.reason() != null) {
      element("p class=\"remark\"", about.reason());
    }
    report.missing().forEach(each -> element("p class=\"remark\"", "Missing: " + each));
    add("</header>");
  }

  private void quotations() {
    List<FoundPlace> kept =
        report.findings().stream().filter(FoundPlace::isKept).limit(QUOTATIONS).toList();
    if (kept.isEmpty()) {
      return;
    }
    element("h2", "As it stands there");
    for (FoundPlace each : kept) {
      add("<figure class=\"quotation\"><figcaption>");
      element("b", each.name());
      element("code", each.at().place());
      add("</figcaption>");
      add("<pre tabindex=\"0\">" + Quotation.html(each) + "</pre></figure>");
    }
  }

  private void structure() {
    JsonNode structure = report.structure();
    if (structure == null || structure.path("modules").isEmpty()) {
      return;
    }
    element("h2", "How the parts hang together");
    String graph = ModuleGraph.of(structure);
    if (!graph.isEmpty()) {
      add("<div class=\"wide\">" + graph + "</div>");
    }
    table(
        "Modules",
        List.of("module", "layer", "files", "what it is"),
        rows(
            structure.path("modules"),
            each ->
                List.of(
                    each.path("path").asText(),
                    each.path("layer").asText(),
                    each.path("files").asText(),
                    each.path("purpose").asText(""))));
  }

  private void figures() {
    JsonNode figures = report.figures();
    if (figures == null) {
      return;
    }
    element("h2", "Figures");
    plot("Lines by language", figures.path("languages"), "name", "lines");
    plot("Largest files, in lines", figures.path("largest"), "path", "lines");
    plot(
        "Changed most often, in commits", figures.path("history").path("churn"), "path", "commits");
  }

  private void plot(String title, JsonNode amounts, String name, String amount) {
    var bars = new ArrayList<Bars.Bar>();
    amounts.forEach(
        each -> bars.add(new Bars.Bar(each.path(name).asText(), each.path(amount).asLong())));
    if (bars.isEmpty()) {
      return;
    }
    element("h3", title);
    add("<div class=\"wide\">" + Bars.of(title, bars.subList(0, Math.min(BARS, bars.size()))));
    add("</div>");
    table(
        "As a table",
        List.of(name, amount),
        bars.stream()
            .map(bar -> List.of(bar.name(), String.format(Locale.ROOT, "%,d", bar.amount())))
            .toList());
  }

  private void work() {
    element("h2", "Who did what");
    table(
        "Tasks",
        List.of("task", "role", "agent", "state", "seconds"),
        report.tasks().stream()
            .map(task ->
                List.of(
                    task.id(),
                    task.role(),
                    task.agent() == null ? "" : task.agent(),
                    task.state(),
                    task.seconds() == null
                        ? ""
                        : String.format(Locale.ROOT, "%.1f", task.seconds())))
            .toList());
  }

  private static List<List<String>> rows(JsonNode nodes, Function<JsonNode, List<String>> row) {
    var rows = new ArrayList<List<String>>();
    nodes.forEach(each -> rows.add(row.apply(each)));
    return rows;
  }

  private void table(String summary, List<String> header, List<List<String>> rows) {
    add("<details><summary>" + Svg.escaped(summary) + "</summary>");
    add("<div class=\"wide\"><table><thead><tr>");
    header.forEach(title -> element("th scope=\"col\"", title));
    add("</tr></thead><tbody>");
    for (List<String> row : rows) {
      add("<tr>");
      row.forEach(cell -> element("td", cell));
      add("</tr>");
    }
    add("</tbody></table></div></details>");
  }

  /**
   * @param tag with its attributes
   */
  private void element(String tag, String text) {
    add("<%s>%s</%s>".formatted(tag, Svg.escaped(text), tag.split(" ", 2)[0]));
  }

  private void add(String text) {
    page.append(text).append('\n');
  }
}
