package io.nanoswarm.model;

import io.nanoswarm.skill.SkillCard;
import io.nanoswarm.skill.SkillResult;
import java.time.Duration;
import java.util.List;

/**
 * What a model is asked.
 *
 * @param instructions what the model is, and how it shall go about
 * @param said the conversation so far, the oldest first; the last is not the model's own
 * @param skills what the model may ask to be called
 * @param limits what the turn may take
 */
public record ModelRequest(
    String instructions, List<Said> said, List<SkillCard> skills, Limits limits) {

  /** One contribution to a conversation. */
  public sealed interface Said {}

  /** By whoever asks. */
  public record ByAsker(String text) implements Said {}

  /** By the model, in an earlier turn. */
  public record ByModel(ModelReply reply) implements Said {}

  /**
   * What came of a call that the model asked for.
   *
   * @param callId of the {@link ModelReply.Call}
   */
  public record BySkill(String callId, SkillResult result) implements Said {}

  /**
   * @param maxTokens that the model may write, at least 1
   * @param timeLimit from the request to its reply, retries by the client included
   */
  public record Limits(int maxTokens, Duration timeLimit) {
    public static final Limits DEFAULT = new Limits(4096, Duration.ofMinutes(2));

    public Limits {
      if (maxTokens < 1 || !timeLimit.isPositive()) {
        throw new IllegalArgumentException(
            "model limits: maxTokens %d, timeLimit %s (expected: >= 1, > 0)"
                .formatted(maxTokens, timeLimit));
      }
    }
  }

  public ModelRequest {
    said = List.copyOf(said);
    skills = List.copyOf(skills);
    if (said.isEmpty() || said.getLast() instanceof ByModel) {
      throw new IllegalArgumentException(
          "the last of %d contributions is the model's own (expected: one to reply to)"
              .formatted(said.size()));
    }
  }

  /** A question without skills. */
  public static ModelRequest of(String instructions, String question) {
    return new ModelRequest(
        instructions, List.of(new ByAsker(question)), List.of(), Limits.DEFAULT);
  }
}
