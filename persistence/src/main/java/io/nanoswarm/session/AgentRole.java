package io.nanoswarm.session;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** What an agent is for, as {@code researcher}: the name of the queue it claims from. */
public record AgentRole(@JsonValue String value) {
  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public AgentRole {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "agent role: '%s' (expected: %s)".formatted(value, FORM.pattern()));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
