package io.nanoswarm.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nanoswarm.api.ApiJson;
import io.nanoswarm.api.SessionView;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerReportTest {
  private final AnswerReport report =
      AnswerReport.of(ReportFixture.session(), ReportFixture.ANSWER, ReportFixture.entries());

  @Test
  void statements_are_the_sentences_before_the_first_section_each_with_its_places() {
    assertThat(report.answer().statements())
        .containsExactly(
            new Statement(
                "An order that its courier loses is sent again, free of charge.",
                List.of(
                    new PlaceView("src/shop/Courier.java:12", "src/shop/Courier.java", 12, null))),
            new Statement(
                "The pump is described on its page, with `pump --start`.",
                List.of(
                    new PlaceView("guide.pdf:p12:3", "guide.pdf", 12_003, 12),
                    new PlaceView("docs/a.html:7", "docs/a.html", 7, null))));
  }

  @Test
  void findings_are_told_best_first_with_place_quotation_and_verdict() {
    assertThat(report.findings())
        .extracting(each -> each.at().place() + " " + each.verdict())
        .containsExactly(
            "src/shop/Courier.java:10 keep", "guide.pdf:p12:3 keep", "weak.txt:1 weak");
    assertThat(report.findings().getFirst().sentenceLine()).isEqualTo(12);
    assertThat(report.uncovered()).containsExactly("courier", "fee");
  }

  @Test
  void the_json_has_the_fields_that_are_documented() throws Exception {
    JsonNode json = ApiJson.mapper().readTree(ApiJson.mapper().writeValueAsString(report));

    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "schema",
            "session",
            "answer",
            "findings",
            "structure",
            "figures",
            "uncovered",
            "missing",
            "tasks");
    assertThat(json.path("schema").asText()).isEqualTo("nanoswarm.answer/1");
    assertThat(json.path("session").path("seconds").asDouble()).isEqualTo(4.321);
    assertThat(json.path("session").path("openedAt").asText()).isEqualTo("2026-03-01T10:00:00Z");
    assertThat(json.path("answer").path("statements").path(1).path("places").path(0).toString())
        .isEqualTo(
            "{\"place\":\"guide.pdf:p12:3\",\"path\":\"guide.pdf\",\"line\":12003,\"page\":12}");
    assertThat(json.path("findings").path(0).fieldNames())
        .toIterable()
        .containsExactly(
            "name", "at", "lastLine", "score", "verdict", "sentence", "sentenceLine", "quote");
    assertThat(json.path("tasks").path(0).path("seconds").asDouble()).isEqualTo(2);
    assertThat(json.path("structure").path("modules")).hasSize(6);
  }

  @Test
  void what_was_found_for_an_earlier_question_is_left_out() {
    var last = ReportFixture.session();
    var again =
        new SessionView(
            last.id(),
            last.goal(),
            last.workspace(),
            last.files(),
            last.status(),
            last.openedAt(),
            last.endedAt(),
            last.reason(),
            last.missing(),
            List.of(),
            List.of(),
            last.folder(),
            List.of(
                new SessionView.EarlierView(
                    1, "Why?", "completed", last.openedAt(), last.openedAt(), last.tasks())),
            null,
            "normal");

    assertThat(AnswerReport.of(again, "# Why\n", ReportFixture.entries()).findings()).isEmpty();
  }

  @Test
  void a_session_without_answer_has_a_report_that_says_so() {
    AnswerReport empty = AnswerReport.of(ReportFixture.session(), null, List.of());

    assertThat(empty.answer().found()).isFalse();
    assertThat(AnswerPage.of(empty)).contains("There is no answer.");
  }
}
