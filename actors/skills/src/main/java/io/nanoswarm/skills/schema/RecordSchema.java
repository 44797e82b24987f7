package io.nanoswarm.skills.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import java.lang.reflect.AnnotatedElement;
import java.util.Arrays;
import java.util.Optional;

/** Derives the schema of a skill's arguments from a record, with Jackson's annotations. */
public final class RecordSchema {
  private RecordSchema() {}

  /**
   * Every component is required unless it is marked as {@code Nullable} or is an {@code Optional};
   * what the record does not have is refused.
   */
  public static ObjectNode of(Class<? extends Record> arguments) {
    var builder =
        new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(new JacksonModule())
            .with(
                Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT,
                Option.FLATTENED_OPTIONALS,
                Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES,
                Option.INLINE_ALL_SCHEMAS)
            .without(Option.SCHEMA_VERSION_INDICATOR);
    builder
        .forFields()
        .withRequiredCheck(field -> !optional(field))
        .withNullableCheck(RecordSchema::optional);
    return new SchemaGenerator(builder.build()).generateSchema(arguments);
  }

  private static boolean optional(FieldScope field) {
    var member = field.getRawMember();
    return Optional.class.isAssignableFrom(member.getType())
        || nullable(member)
        || nullable(member.getAnnotatedType());
  }

  /** Whosever annotation it is. */
  private static boolean nullable(AnnotatedElement element) {
    return Arrays.stream(element.getAnnotations())
        .anyMatch(each -> each.annotationType().getSimpleName().equals("Nullable"));
  }
}
