package io.nanoswarm.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class AnswerPageTest {
  private final String page =
      AnswerPage.of(
          AnswerReport.of(ReportFixture.session(), ReportFixture.ANSWER, ReportFixture.entries()));
  private final Document document = Jsoup.parse(page);

  @Test
  void whatever_stands_in_files_and_answers_is_text_on_the_page() {
    assertThat(document.select("script, img, iframe, object, embed, link, base, form")).isEmpty();
    assertThat(document.select("*"))
        .allSatisfy(element ->
            assertThat(element.attributes()).noneMatch(each -> each.getKey().startsWith("on")));
    assertThat(document.select("section.answer p").eachText()).contains(ReportFixture.HARM);
    assertThat(document.select("figure pre").text()).contains(ReportFixture.HARM);
    assertThat(document.select("figcaption b").eachText()).contains(ReportFixture.HARM);
    assertThat(document.select("td b, svg b")).isEmpty();
    assertThat(document.select("td").eachText()).contains("<b>Money</b>", "a<b>.java");
  }

  @Test
  void nothing_on_the_page_makes_a_browser_load_anything() {
    assertThat(document.select("[src], [background], [poster], [data], [style*=url], [xlink:href]"))
        .isEmpty();
    assertThat(document.select("style").html()).doesNotContain("url(", "@import");
    assertThat(document.select("a"))
        .allSatisfy(link -> assertThat(link.attr("href")).doesNotStartWith("javascript"));
    assertThat(document.select("section.answer").text()).contains("[picture: a picture]");
    assertThat(document.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
        .startsWith("default-src 'none'");
  }

  @Test
  void quotations_have_numbers_and_the_lines_of_the_sentence_are_marked() {
    Element quotation = document.select("figure.quotation").first();

    assertThat(quotation.select("figcaption code").text()).isEqualTo("src/shop/Courier.java:10");
    assertThat(quotation.select("i").eachText()).containsExactly("10", "11", "12", "13", "14");
    assertThat(quotation.select("mark i").eachText()).containsExactly("12", "13");
    assertThat(document.select("figure").text()).doesNotContain("Weak.");
  }

  @Test
  void drawings_have_a_name_a_description_and_a_table_beside_them() {
    assertThat(document.select("svg")).hasSize(4);
    assertThat(document.select("svg"))
        .allSatisfy(drawing -> {
          assertThat(drawing.attr("role")).isEqualTo("img");
          assertThat(drawing.attr("aria-label")).isNotBlank();
          assertThat(drawing.select("desc").text()).isNotBlank();
        });
    assertThat(document.select("svg .module")).hasSize(6);
    assertThat(document.select("svg .edge")).hasSize(10);
    assertThat(document.select("svg .back")).hasSize(2);
    assertThat(document.select("details table")).hasSize(5);
  }

  @Test
  void modules_that_use_stand_above_those_they_use() {
    double app = y("shop-app");

    assertThat(app).isLessThan(y("shop-web"));
    assertThat(y("shop-web")).isEqualTo(y("shop-admin")).isLessThan(y("shop-orders"));
    assertThat(y("shop-orders")).isLessThan(y("shop-base"));
  }

  private double y(String module) {
    return document.select("svg .module").stream()
        .filter(each -> each.text().startsWith(module + ","))
        .mapToDouble(each -> Double.parseDouble(each.attr("y")))
        .findFirst()
        .orElseThrow();
  }
}
