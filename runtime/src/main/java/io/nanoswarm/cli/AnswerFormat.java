package io.nanoswarm.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.nanoswarm.api.ApiJson;
import io.nanoswarm.api.EntryView;
import io.nanoswarm.api.SessionView;
import io.nanoswarm.client.UserError;
import io.nanoswarm.report.AnswerPage;
import io.nanoswarm.report.AnswerReport;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How an answer is written where no person reads it at once. */
enum AnswerFormat {
  MD,
  JSON,
  HTML;

  static AnswerFormat parse(String typed) {
    var word = typed.strip().toUpperCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(known -> known.name().equals(word))
        .findFirst()
        .orElseThrow(() ->
            UserError.usage(
                "--format '" + typed + "' is unknown",
                "write "
                    + Arrays.stream(values())
                        .map(AnswerFormat::word)
                        .collect(Collectors.joining(" or "))));
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether more is needed than the answer itself. */
  boolean needsEntries() {
    return this != MD;
  }

  /** Ends with a line feed. */
  String write(SessionView session, @Nullable String answer, List<EntryView> entries) {
    return switch (this) {
      case MD -> answer == null ? "" : answer.endsWith("\n") ? answer : answer + "\n";
      case JSON -> json(AnswerReport.of(session, answer, entries));
      case HTML -> AnswerPage.of(AnswerReport.of(session, answer, entries));
    };
  }

  private static String json(AnswerReport report) {
    try {
      return ApiJson.mapper()
              .writer()
              .with(SerializationFeature.INDENT_OUTPUT)
              .writeValueAsString(report)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report has no JSON form", e);
    }
  }
}
