package io.nanoswarm.skills.schema;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Arguments as models write them, made into what the schema asks for where there is just one way to
 * read them, as nanobot does: "5" for an integer, "yes" for a boolean, a number for a string, and
 * an object that was written as a string or wrapped as {@code arguments}.
 */
final class Coercion {
  private static final Set<String> YES = Set.of("true", "1", "yes");
  private static final Set<String> NO = Set.of("false", "0", "no");
  private static final String WRAPPER = "arguments";
  private static final JsonMapper JSON = new JsonMapper();

  private Coercion() {}

  /** The same where nothing is to be done. */
  static JsonNode of(JsonNode schema, JsonNode arguments) {
    return value(schema, unwrapped(schema, parsed(arguments)));
  }

  private static JsonNode unwrapped(JsonNode schema, JsonNode arguments) {
    boolean wrapped =
        arguments.isObject()
            && arguments.size() == 1
            && arguments.has(WRAPPER)
            && !schema.path("properties").has(WRAPPER);
    return wrapped ? parsed(arguments.get(WRAPPER)) : arguments;
  }

  private static JsonNode parsed(JsonNode arguments) {
    if (arguments.isNull() || arguments.isMissingNode()) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (!arguments.isTextual()) {
      return arguments;
    }
    String text = arguments.textValue().strip();
    if (text.isEmpty()) {
      return JsonNodeFactory.instance.objectNode();
    }
    try {
      return text.startsWith("{") ? JSON.readTree(text) : arguments;
    } catch (JsonProcessingException _) {
      return arguments;
    }
  }

  private static JsonNode value(JsonNode schema, JsonNode value) {
    JsonNode alternative = alternative(schema);
    if (alternative != null) {
      return value(alternative, value);
    }
    return switch (type(schema)) {
      case "integer" -> value.isTextual() ? integer(value) : value;
      case "number" -> value.isTextual() ? number(value) : value;
      case "boolean" -> value.isTextual() ? truth(value) : value;
      case "string" -> string(value);
      case "array" -> value.isArray() ? array(schema, value) : value;
      case "object" -> value.isObject() ? object(schema, value) : value;
      default -> value;
    };
  }

  /** What a value is if it is not null, where these are the two choices. */
  private static @Nullable JsonNode alternative(JsonNode schema) {
    JsonNode choices = schema.path("anyOf");
    if (schema.has("type") || choices.size() != 2) {
      return null;
    }
    boolean nullFirst = choices.get(0).path("type").asText().equals("null");
    boolean nullLast = choices.get(1).path("type").asText().equals("null");
    return nullFirst == nullLast ? null : choices.get(nullFirst ? 1 : 0);
  }

  /** Of several types the first that is not null. */
  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      for (JsonNode each : type) {
        if (!each.asText().equals("null")) {
          return each.asText();
        }
      }
    }
    return type.asText(schema.has("properties") ? "object" : "");
  }

  private static JsonNode integer(JsonNode value) {
    try {
      return BigIntegerNode.valueOf(new BigInteger(value.textValue().strip()));
    } catch (NumberFormatException _) {
      return value;
    }
  }

  private static JsonNode number(JsonNode value) {
    try {
      return DecimalNode.valueOf(new BigDecimal(value.textValue().strip()));
    } catch (NumberFormatException _) {
      return value;
    }
  }

  private static JsonNode truth(JsonNode value) {
    String text = value.textValue().toLowerCase(Locale.ROOT);
    if (YES.contains(text)) {
      return BooleanNode.TRUE;
    }
    return NO.contains(text) ? BooleanNode.FALSE : value;
  }

  private static JsonNode string(JsonNode value) {
    return value.isTextual() || value.isNull() ? value : TextNode.valueOf(value.toString());
  }

  private static JsonNode array(JsonNode schema, JsonNode value) {
    JsonNode items = schema.path("items");
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    value.forEach(each -> array.add(value(items, each)));
    return array;
  }

  private static JsonNode object(JsonNode schema, JsonNode value) {
    var object = JsonNodeFactory.instance.objectNode();
    JsonNode properties = schema.path("properties");
    JsonNode others = schema.path("additionalProperties");
    value
        .properties()
        .forEach(field ->
            object.set(
                field.getKey(),
                value(
                    properties.path(field.getKey()).isMissingNode()
                        ? others
                        : properties.path(field.getKey()),
                    field.getValue())));
    return object;
  }
}
