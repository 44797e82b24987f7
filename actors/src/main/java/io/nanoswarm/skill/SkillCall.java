package io.nanoswarm.skill;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One call of a skill.
 *
 * @param arguments an object; checked against the skill's schema
 * @param timeLimit from the call to its result; what the attempt has left, or less
 * @param workspace the folder that the session works on
 * @param over completes when the attempt that made the call has ended, cancelled or otherwise: what
 *     the skill still does is for nobody, and it should end
 * @param traceparent the call's span, as the header of the W3C, null if it is not traced
 */
public record SkillCall(
    SkillName skill,
    JsonNode arguments,
    Duration timeLimit,
    Path workspace,
    CompletionStage<?> over,
    @Nullable String traceparent) {

  /** A call that is not traced. */
  public SkillCall(
      SkillName skill,
      JsonNode arguments,
      Duration timeLimit,
      Path workspace,
      CompletionStage<?> over) {
    this(skill, arguments, timeLimit, workspace, over, null);
  }

  /** A call outside of an attempt, whose result is always wanted. */
  public SkillCall(SkillName skill, JsonNode arguments, Duration timeLimit, Path workspace) {
    this(skill, arguments, timeLimit, workspace, new CompletableFuture<>());
  }

  public SkillCall withArguments(JsonNode others) {
    return new SkillCall(skill, others, timeLimit, workspace, over, traceparent);
  }
}
