package io.nanoswarm.session;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** Names one desired agent, as {@code researcher-1}; stays the same over restarts of its JVM. */
public record AgentName(@JsonValue String value) {
  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,47}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public AgentName {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "agent name: '%s' (expected: %s)".formatted(value, FORM.pattern()));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
