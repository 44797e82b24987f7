package io.nanoswarm.blackboard;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What who posts an entry believes to stand at its path. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "expected")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Expectation.Anything.class, name = "anything"),
  @JsonSubTypes.Type(value = Expectation.Revision.class, name = "revision")
})
public sealed interface Expectation {

  /** Whatever stands there is replaced. */
  record Anything() implements Expectation {}

  /**
   * The entry is as it was when it was read.
   *
   * @param number the entry's revision; 0 expects that nothing stands there
   */
  record Revision(long number) implements Expectation {
    public Revision {
      if (number < 0) {
        throw new IllegalArgumentException(
            "expected revision: %d (expected: >= 0)".formatted(number));
      }
    }
  }
}
