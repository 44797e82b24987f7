package io.nanoswarm.skills.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nanoswarm.skills.schema.ArgumentCheck.Checked;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentCheckTest {
  private static final String SCHEMA =
      """
      {"type": "object", "required": ["path"], "additionalProperties": false, "properties": {
        "path": {"type": "string"},
        "count": {"type": "integer", "minimum": 1},
        "share": {"type": "number"},
        "deep": {"type": ["boolean", "null"]},
        "mode": {"type": "string", "enum": ["fast", "slow"]},
        "steps": {"type": "array", "items": {"type": "object", "properties": {"n": {"type": "integer"}}}}
      }}
      """;

  @Test
  void arguments_that_fit_are_left_as_they_are() {
    assertThat(check("{'path': 'a', 'count': 2, 'deep': null}"))
        .isEqualTo(valid("{'path': 'a', 'count': 2, 'deep': null}"));
  }

  @Test
  void a_problem_names_the_field_what_was_found_and_what_was_expected() {
    assertThat(check("{'count': 'many'}"))
        .isEqualTo(
            new Checked.Invalid(
                List.of(
                    "count: \"many\" (expected: integer)", "path: missing (expected: string)")));
    assertThat(check("{'path': 'a', 'count': 0}"))
        .isEqualTo(new Checked.Invalid(List.of("count: 0 (expected: minimum 1)")));
    assertThat(check("{'path': 'a', 'mode': 'best'}"))
        .isEqualTo(new Checked.Invalid(List.of("mode: \"best\" (expected: one of fast, slow)")));
    assertThat(check("{'path': 'a', 'colour': 1}"))
        .isEqualTo(
            new Checked.Invalid(
                List.of(
                    "colour: unknown (expected: one of path, count, share, deep, mode, steps)")));
    assertThat(check("{'path': 'a', 'steps': [{'n': 1}, {'n': 'x'}]}"))
        .isEqualTo(new Checked.Invalid(List.of("steps[1].n: \"x\" (expected: integer)")));
  }

  @Test
  void what_models_write_instead_of_a_number_or_a_truth_value_is_understood() {
    assertThat(
            check(
                "{'path': 7, 'count': ' 5 ', 'share': '1e3', 'deep': 'YES', 'steps': [{'n':"
                    + " '2'}]}"))
        .isEqualTo(
            valid("{'path': '7', 'count': 5, 'share': 1000.0, 'deep': true, 'steps': [{'n': 2}]}"));
    assertThat(check("{'path': {'a': 1}}")).isEqualTo(valid("{'path': '{\\\"a\\\":1}'}"));
  }

  @Test
  void a_value_that_may_be_left_out_is_understood_as_well() {
    var schema = "{'properties': {'n': {'anyOf': [{'type': 'null'}, {'type': 'integer'}]}}}";

    assertThat(new ArgumentCheck(json(schema)).check(json("{'n': '7'}")).toString())
        .isEqualTo("Valid[arguments={\"n\":7}]");
  }

  @Test
  void arguments_that_came_as_text_or_wrapped_are_unpacked() {
    assertThat(check("{'arguments': {'path': 'a'}}")).isEqualTo(valid("{'path': 'a'}"));
    assertThat(check("\"{\\\"path\\\": \\\"a\\\"}\"")).isEqualTo(valid("{'path': 'a'}"));
    assertThat(check("'nothing of the kind'"))
        .isEqualTo(
            new Checked.Invalid(
                List.of("arguments: \"nothing of the kind\" (expected: an object)")));
  }

  @Test
  void what_is_no_schema_of_an_object_is_refused() {
    assertThatThrownBy(() -> new ArgumentCheck(json("{'type': 'string'}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("schema: {\"type\":\"string\"} (expected: one of an object)");
  }

  private static Checked check(String arguments) {
    return switch (new ArgumentCheck(json(SCHEMA)).check(json(arguments))) {
      case Checked.Valid(var found) -> new Checked.Valid(json(found.toString()));
      case Checked.Invalid invalid -> invalid;
    };
  }

  private static Checked valid(String arguments) {
    return new Checked.Valid(json(arguments));
  }

  private static JsonNode json(String text) {
    try {
      return new JsonMapper().readTree(text.contains("'") ? text.replace('\'', '"') : text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
