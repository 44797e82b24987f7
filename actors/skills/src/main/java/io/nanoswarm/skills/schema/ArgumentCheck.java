package io.nanoswarm.skills.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Checks arguments against one JSON Schema (2020-12). Thread safe. */
public final class ArgumentCheck {
  private static final int SHOWN = 60;

  private final JsonNode schema;
  private final Schema compiled;

  /** Arguments as the skill may see them, or why it may not. */
  public sealed interface Checked {
    record Valid(JsonNode arguments) implements Checked {}

    /**
     * @param problems each with the field, what was found, and what was expected
     */
    record Invalid(List<String> problems) implements Checked {
      public Invalid {
        problems = List.copyOf(problems);
      }
    }
  }

  /**
   * @throws IllegalArgumentException if this is no schema of an object
   */
  public ArgumentCheck(JsonNode schema) {
    if (!schema.isObject() || !schema.path("type").asText("object").equals("object")) {
      throw new IllegalArgumentException(
          "schema: %s (expected: one of an object)".formatted(shown(schema)));
    }
    this.schema = schema;
    try {
      compiled =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "schema: %s (expected: JSON Schema): %s".formatted(shown(schema), e.getMessage()), e);
    }
  }

  public Checked check(JsonNode given) {
    JsonNode arguments = Coercion.of(schema, given);
    if (!arguments.isObject()) {
      return new Checked.Invalid(
          List.of("arguments: %s (expected: an object)".formatted(shown(arguments))));
    }
    var problems = new ArrayList<String>();
    compiled.validate(arguments).forEach(error -> problems.add(problem(error)));
    return problems.isEmpty()
        ? new Checked.Valid(arguments)
        : new Checked.Invalid(problems.stream().distinct().toList());
  }

  private String problem(Error error) {
    String field = field(error.getInstanceLocation().toString());
    JsonNode wanted = error.getSchemaNode();
    return switch (error.getKeyword()) {
      case "required" -> "%s: missing (expected: %s)".formatted(inner(field, error), type(error));
      case "additionalProperties", "unevaluatedProperties" ->
          "%s: unknown (expected: one of %s)".formatted(inner(field, error), known());
      case "type" -> problem(field, error, words(wanted));
      case "enum" -> problem(field, error, "one of " + words(wanted));
      default -> problem(field, error, error.getKeyword() + " " + shown(wanted));
    };
  }

  private static String problem(String field, Error error, String expected) {
    return "%s: %s (expected: %s)"
        .formatted(field.isEmpty() ? "arguments" : field, shown(error.getInstanceNode()), expected);
  }

  private static String inner(String field, Error error) {
    return field.isEmpty() ? error.getProperty() : field + "." + error.getProperty();
  }

  private String type(Error error) {
    String type = schema.path("properties").path(error.getProperty()).path("type").asText();
    return type.isEmpty() ? "a value" : type;
  }

  private String known() {
    var names = new ArrayList<String>();
    schema.path("properties").fieldNames().forEachRemaining(names::add);
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  /** A JSON Pointer as people write it: {@code /steps/0/name} is {@code steps[0].name}. */
  private static String field(String pointer) {
    return pointer
        .replaceAll("/([0-9]+)(?=/|$)", "[$1]")
        .replace('/', '.')
        .replaceFirst("^[.$]+", "");
  }

  private static String words(JsonNode wanted) {
    if (!wanted.isArray()) {
      return wanted.asText();
    }
    var words = new ArrayList<String>();
    wanted.forEach(each -> words.add(each.asText()));
    return words.stream().collect(Collectors.joining(", "));
  }

  private static String shown(JsonNode value) {
    String text = value == null ? "nothing" : value.toString();
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN - 1) + "…";
  }
}
