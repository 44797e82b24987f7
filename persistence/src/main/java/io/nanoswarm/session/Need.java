package io.nanoswarm.session;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that a node must have for a task or a skill to run there, as {@code bin:gh}, {@code
 * bin:python>=3.11}, {@code env:HOME}, {@code os:linux}, {@code label:gpu}, {@code memory:4g},
 * {@code cores:2}.
 *
 * <p>Stored and sent as its text, so that a kind that a node does not know is simply not offered
 * there.
 *
 * @param value {@code <kind>:<name>}, with an optional {@code >=<version>}
 */
public record Need(@JsonValue String value) {
  private static final Pattern FORM =
      Pattern.compile(
          "(?<kind>[a-z][a-z-]{0,15}):(?<name>[^\\s:=<>]{1,128})(>=(?<least>[0-9][0-9A-Za-z.+-]{0,31}))?");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Need {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "need: '%s' (expected: <kind>:<name> or <kind>:<name>>=<version>, as bin:gh)"
              .formatted(value));
    }
  }

  /** What sort of thing it is, as {@code bin}. */
  public String kind() {
    return part("kind").orElseThrow();
  }

  /** Which one, as {@code gh}; of {@code memory} and {@code cores} how much. */
  public String name() {
    return part("name").orElseThrow();
  }

  /** The lowest version that will do, if one was named. */
  public Optional<String> least() {
    return part("least");
  }

  private Optional<String> part(String group) {
    Matcher matcher = FORM.matcher(value);
    return matcher.matches() ? Optional.ofNullable(matcher.group(group)) : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
