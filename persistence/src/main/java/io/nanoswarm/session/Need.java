package io.nanoswarm.session;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Something that a node must have for a task or a skill to run there, as {@code bin:gh}, {@code
 * bin:git>=2.40}, {@code runtime:python=3.11}, {@code bin:rg|grep}, {@code env:HOME}, {@code
 * os:linux|darwin}, {@code label:gpu}, {@code memory:4g}, {@code cores:2}.
 *
 * <p>Stored and sent as its text, so that a kind that a node does not know is simply not offered
 * there.
 *
 * @param value {@code <kind>:<name>}, with an optional {@code >=<version>} for that and later ones,
 *     or {@code =<version>} for that and those below it, as 3.11.7 is below 3.11; several names
 *     with {@code |} between them, up to {@value #MOST_ALTERNATIVES}, if any of them will do
 */
public record Need(@JsonValue String value) {
  /** Names that one need may have. */
  public static final int MOST_ALTERNATIVES = 16;

  private static final Pattern FORM =
      Pattern.compile(
          "(?<kind>[a-z][a-z-]{0,15}):(?<name>[^\\s:=<>|]{1,128}(\\|[^\\s:=<>|]{1,128}){0,15})"
              + "(>=(?<least>[0-9][0-9A-Za-z.+-]{0,63})|=(?<within>[0-9][0-9A-Za-z.+-]{0,63}))?");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Need {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "need: '%s' (expected: <kind>:<name>, <kind>:<name>>=<version> or <kind>:<name>=<version>, as bin:gh)"
              .formatted(value));
    }
  }

  /** What sort of thing it is, as {@code bin}. */
  public String kind() {
    return part("kind").orElseThrow();
  }

  /**
   * Which one, as {@code gh}; of {@code memory} and {@code cores} how much. All of them where one
   * of several will do.
   */
  public String name() {
    return part("name").orElseThrow();
  }

  /** The same need of each name alone, any of which will do; itself if there is just one. */
  public List<Need> alternatives() {
    if (value.indexOf('|') < 0) {
      return List.of(this);
    }
    String version = value.substring(kind().length() + 1 + name().length());
    return Stream.of(name().split("\\|"))
        .map(name -> new Need(kind() + ":" + name + version))
        .distinct()
        .toList();
  }

  /** The lowest version that will do, if one was named. */
  public Optional<String> least() {
    return part("least");
  }

  /** The version that it must be or be below, if one was named. */
  public Optional<String> within() {
    return part("within");
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
