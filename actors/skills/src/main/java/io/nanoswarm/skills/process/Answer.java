package io.nanoswarm.skills.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nanoswarm.skill.SkillResult;
import java.util.Locale;

/** One line that the process of a skill has written. */
sealed interface Answer {
  ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  /** The end of a call, well or not. */
  record Final(long id, SkillResult result) implements Answer {}

  record Progress(long id, String text) implements Answer {}

  record Log(String text) implements Answer {}

  /** Nobody can read it. */
  record Garbled(String why) implements Answer {}

  static Answer read(String line) {
    try {
      JsonNode answer = JSON.readValue(line);
      if (answer.path("log").isTextual()) {
        return new Log(answer.get("log").textValue());
      }
      if (!answer.path("id").isIntegralNumber()) {
        return new Garbled("no answer to a call: " + beginning(line));
      }
      return read(answer.get("id").longValue(), answer, line);
    } catch (JsonProcessingException _) {
      return new Garbled("no line of JSON: " + beginning(line));
    }
  }

  private static Answer read(long id, JsonNode answer, String line) {
    if (answer.has("result")) {
      return new Final(id, new SkillResult.Succeeded(answer.get("result")));
    }
    if (answer.has("error")) {
      return new Final(id, failed(answer.get("error")));
    }
    if (answer.path("progress").isTextual()) {
      return new Progress(id, answer.get("progress").textValue());
    }
    return new Garbled("neither result, error nor progress: " + beginning(line));
  }

  private static SkillResult failed(JsonNode error) {
    String message = error.isObject() ? error.path("message").asText() : error.asText();
    return new SkillResult.Failed(
        cause(error.path("cause").asText()), message.isEmpty() ? "it says no more" : message);
  }

  /** As {@code invalid-arguments}; whatever else it says is a failure of its own. */
  private static SkillResult.Cause cause(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "invalid-arguments" -> SkillResult.Cause.INVALID_ARGUMENTS;
      case "unmet-needs" -> SkillResult.Cause.UNMET_NEEDS;
      case "not-allowed" -> SkillResult.Cause.NOT_ALLOWED;
      case "timed-out" -> SkillResult.Cause.TIMED_OUT;
      case "limit" -> SkillResult.Cause.LIMIT;
      default -> SkillResult.Cause.FAILED;
    };
  }

  private static String beginning(String line) {
    return line.length() <= 200 ? line : line.substring(0, 200) + "…";
  }
}
