package io.nanoswarm.blackboard;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Where an entry stands: {@code context.md}, or {@code <section>/<name>.md} with up to three
 * folders between them. Safe as a relative path on any file system.
 */
public record EntryPath(@JsonValue String value) {
  private static final Pattern FORM =
      Pattern.compile(
          "context\\.md|(findings|designs|critiques|final)(/[a-z0-9][a-z0-9-]{0,63}){0,3}/[a-z0-9][a-z0-9-]{0,63}\\.md");

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public EntryPath {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "entry path: '%s' (expected: context.md or findings|designs|critiques|final/<name>.md)"
              .formatted(value));
    }
  }

  /** {@code name} may hold folders; it ends without {@code .md}. */
  public static EntryPath in(Section section, String name) {
    return new EntryPath(
        section == Section.CONTEXT ? section.folder() : section.folder() + "/" + name + ".md");
  }

  public Section section() {
    return Arrays.stream(Section.values())
        .filter(
            section -> value.equals(section.folder()) || value.startsWith(section.folder() + "/"))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public String toString() {
    return value;
  }
}
