package io.nanoswarm.skill;

/**
 * A skill in blocking Java whose arguments are a record.
 *
 * <p>The schema that callers see comes from the record: every component is required unless it is
 * marked as {@code Nullable} or is an {@code Optional}; {@code @JsonPropertyDescription} says what
 * it means. What the record's constructor refuses are invalid arguments. It runs as a {@link
 * LegacySkill} does.
 *
 * @param <A> the arguments
 */
public interface TypedSkill<A extends Record> {

  /** When to use it, for a person or a model. */
  String description();

  /**
   * @return what Jackson can write
   * @throws Exception if it failed; the message is told to the agent
   */
  Object execute(A arguments) throws Exception;
}
