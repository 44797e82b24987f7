package io.nanoswarm.skill;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** Names a skill, as an agent calls it; as model APIs allow names of tools. */
public record SkillName(@JsonValue String value) implements Comparable<SkillName> {
  private static final Pattern FORM = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SkillName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "skill name: '%s' (expected: %s)".formatted(value, FORM.pattern()));
    }
  }

  @Override
  public int compareTo(SkillName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
