package io.nanoswarm.offline.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.offline.document.HtmlSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class HtmlLinesTest {
  private static final List<String> PAGE =
      """
      <!DOCTYPE html>
      <html><head><title>Pumps &amp; levers</title>
      <style>p { color: red }</style>
      <script>var hidden = "never seen";</script></head>
      <body>
      <nav><a href="/">Home of all pages</a></nav>
      <h2 id="start">Starting <code>the pump</code><a class="headerlink" href="#start">¶</a></h2>
      <p>The pump is started by
      the <b>green</b> lever. A List&lt;String&gt; holds the rest.</p>
      <p>Never pull the red one.</p>
      <pre><code><span class="kw">pump</span> --start \\
        --lever=<span class="s">green</span></code></pre>
      <footer>Copyright of everybody</footer>
      </body></html>
      """
          .lines()
          .toList();

  private final Source source = Source.of("docs/pump.html", PAGE);

  @Test
  void sentences_are_what_a_reader_sees_and_stand_on_the_lines_of_the_file() {
    assertThat(source.sentences(1, PAGE.size()))
        .containsExactly(
            new Sentence("The pump is started by the green lever.", 8),
            new Sentence("A List<String> holds the rest.", 9),
            new Sentence("Never pull the red one.", 10));
  }

  @Test
  void scripts_styles_and_what_leads_about_the_site_say_nothing() {
    String all = source.prose(1, PAGE.size()) + source.code(1, PAGE.size());

    assertThat(all).doesNotContain("never seen", "color", "Home of all", "Copyright", "¶");
  }

  @Test
  void code_is_read_without_its_tags() {
    assertThat(source.code(1, PAGE.size()).lines())
        .containsExactly("pump --start \\", "  --lever=green");
  }

  @Test
  void a_passage_is_named_by_its_heading_and_quoted_as_it_stands_in_the_file() {
    Passage passage =
        source.passages().stream()
            .filter(each -> each.first() <= 8 && each.last() >= 8)
            .findFirst()
            .orElseThrow();

    assertThat(passage.name()).isEqualTo("Starting the pump");
    assertThat(source.text(passage.first(), passage.last()))
        .contains("the <b>green</b> lever. A List&lt;String&gt;");
  }

  @Test
  void a_page_on_one_line_is_read_as_well() {
    String filler = "<p>Something else is said here of the weather.</p>".repeat(80);
    List<String> lines =
        HtmlSource.lines(String.join("", PAGE).replace("</body>", filler + "</body>"));
    Source oneLine = Source.of("docs/pump.html", lines);

    assertThat(String.join("", lines)).contains(String.join("", PAGE.subList(0, 12)));
    assertThat(oneLine.sentences(1, lines.size()))
        .extracting(Sentence::text)
        .contains("Never pull the red one.", "Something else is said here of the weather.");
    assertThat(oneLine.passages()).anyMatch(each -> each.name().equals("Starting the pump"));
  }

  @Test
  void of_several_headings_on_one_line_the_last_names_what_follows() {
    Source source =
        Source.of(
            "a.html", List.of("<title>Site</title><h1>Pumps</h1>", "<p>A pump is green.</p>"));

    assertThat(source.passages()).extracting(Passage::name).containsExactly("Pumps");
  }

  @Test
  void broken_html_is_read_as_far_as_it_goes() {
    Source broken = Source.of("a.html", List.of("<p>Begun <b>and never", "ended. <td>So it is."));

    assertThat(broken.sentences(1, 2)).isNotEmpty();
  }
}
