package io.nanoswarm.cluster;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** Names one worker JVM; a JVM that is started in place of a dead one has another. */
public record WorkerId(@JsonValue String value) {
  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,63}");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public WorkerId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "worker id: '%s' (expected: %s)".formatted(value, FORM.pattern()));
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
