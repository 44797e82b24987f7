package io.nanoswarm.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class LoadPageTest {
  private final String page = LoadPage.of(Reports.some());

  @Test
  void the_page_needs_nothing_beside_it() {
    assertThat(page)
        .doesNotContain("<script", "<link", "src=", "url(", "@import")
        .containsOnlyOnce("<style>")
        .contains("prefers-color-scheme: dark");
  }

  @Test
  void every_drawing_is_sound() throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    int drawings = 0;
    for (int from = page.indexOf("<svg"); from >= 0; from = page.indexOf("<svg", from + 1)) {
      String svg = page.substring(from, page.indexOf("</svg>", from) + "</svg>".length());
      var root = factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
      assertThat(root.getDocumentElement().getChildNodes().getLength()).isGreaterThan(10);
      assertThat(svg).doesNotContain("NaN", "Infinity");
      drawings++;
    }
    assertThat(drawings).isEqualTo(3);
  }

  @Test
  void what_was_found_is_told() {
    assertThat(page)
        .contains("N* = ")
        .contains("kill -9")
        .contains("With 8 agents 3 tasks were not completed.")
        .contains("swarm load --agents 1,2,4,8")
        .contains("0.60");
  }

  @Test
  void text_is_escaped() {
    assertThat(page).contains("Linux &lt;test&gt;").doesNotContain("Linux <test>");
  }
}
