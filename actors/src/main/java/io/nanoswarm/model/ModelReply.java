package io.nanoswarm.model;

import com.fasterxml.jackson.databind.JsonNode;
import io.nanoswarm.skill.SkillName;
import java.util.List;

/**
 * One turn of a model.
 *
 * @param text what it says; may be empty if it asks for calls
 * @param calls what it wants to be called before it goes on
 * @param usage what the turn took
 */
public record ModelReply(String text, List<Call> calls, Usage usage) {

  /**
   * A wish of the model. Its arguments are the model's: nobody has checked them.
   *
   * @param id tells the calls of one turn apart
   */
  public record Call(String id, SkillName skill, JsonNode arguments) {}

  /** In tokens, as the provider counts them. */
  public record Usage(long read, long written) {
    public static final Usage NONE = new Usage(0, 0);
  }

  public ModelReply {
    calls = List.copyOf(calls);
  }

  /** A reply that asks for nothing. */
  public static ModelReply of(String text) {
    return new ModelReply(text, List.of(), Usage.NONE);
  }
}
