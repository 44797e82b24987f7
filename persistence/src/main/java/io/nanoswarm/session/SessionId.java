package io.nanoswarm.session;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** Names one session: lower-case letters, digits and dashes, 3 to 64 of them. */
public record SessionId(@JsonValue String value) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{2,63}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SessionId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "session id: '%s' (expected: %s)".formatted(value, FORM.pattern()));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
