package io.nanoswarm.skills.code;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nanoswarm.skill.Skill;
import io.nanoswarm.skill.SkillCall;
import io.nanoswarm.skill.SkillCard;
import io.nanoswarm.skill.SkillResult;
import io.nanoswarm.skill.SkillResult.Cause;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Blocking code as a skill.
 *
 * <p>Guarantees: a call is answered when its time is up or its attempt is over, also if the code
 * never returns; then its thread is interrupted. Code that does not heed that keeps its thread:
 * with {@value #MAX_UNHEEDING} of those the skill takes no more calls. Each call has a platform
 * thread, since an endless loop would keep one of the few that all virtual threads of the JVM
 * share.
 */
final class BlockingSkill implements Skill {
  static final int MAX_UNHEEDING = 8;
  private static final int MAX_RESULT_CHARACTERS = 1 << 20;

  private final SkillCard card;
  private final Code code;
  private final Setting setting;
  private final Set<Thread> running = ConcurrentHashMap.newKeySet();
  private final Set<Thread> unheeding = ConcurrentHashMap.newKeySet();

  /** What is called. */
  @FunctionalInterface
  interface Code {
    /**
     * @throws InvalidArguments if it cannot take them
     */
    Object execute(JsonNode arguments) throws Exception;
  }

  /** The code cannot take the arguments; the message says why. */
  static final class InvalidArguments extends Exception {
    InvalidArguments(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * @param classes what the code finds as its thread's context class loader
   * @param timeLimit the longest that a call may take
   * @param json writes results
   */
  record Setting(ClassLoader classes, Duration timeLimit, JsonMapper json) {}

  BlockingSkill(SkillCard card, Code code, Setting setting) {
    this.card = card;
    this.code = code;
    this.setting = setting;
  }

  @Override
  public SkillCard card() {
    return card;
  }

  @Override
  public CompletionStage<SkillResult> call(SkillCall call) {
    if (unheeding.size() >= MAX_UNHEEDING) {
      return CompletableFuture.completedStage(
          new SkillResult.Failed(
              Cause.LIMIT,
              "%d earlier calls of %s have not returned, though they were told to"
                  .formatted(unheeding.size(), call.skill())));
    }
    Duration limit = shorter(call.timeLimit(), setting.timeLimit());
    var result = new CompletableFuture<SkillResult>();
    var thread =
        Thread.ofPlatform()
            .daemon()
            .name("skill-" + call.skill())
            .unstarted(() -> run(call.arguments(), result));
    thread.setContextClassLoader(setting.classes());
    running.add(thread);
    thread.start();
    var timedOut =
        new SkillResult.Failed(
            Cause.TIMED_OUT, "%s took longer than %s".formatted(call.skill(), words(limit)));
    var over =
        new SkillResult.Failed(
            Cause.ENDED, "%s was ended with the attempt that called it".formatted(call.skill()));
    var _ = call.over().thenRun(() -> result.complete(over));
    return result
        .completeOnTimeout(timedOut, Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS)
        .whenComplete((answered, _) -> {
          if (timedOut.equals(answered) || over.equals(answered)) {
            abandon(thread);
          }
        });
  }

  private void abandon(Thread thread) {
    unheeding.add(thread);
    thread.interrupt();
    if (!running.contains(thread)) {
      unheeding.remove(thread);
    }
  }

  private void run(JsonNode arguments, CompletableFuture<SkillResult> result) {
    try {
      result.complete(result(arguments));
    } finally {
      running.remove(Thread.currentThread());
      unheeding.remove(Thread.currentThread());
    }
  }

  private SkillResult result(JsonNode arguments) {
    try {
      return converted(code.execute(arguments));
    } catch (InvalidArguments e) {
      return new SkillResult.Failed(Cause.INVALID_ARGUMENTS, String.valueOf(e.getMessage()));
    } catch (OutOfMemoryError e) {
      return new SkillResult.Failed(Cause.LIMIT, "it needs more memory than there is: " + e);
    } catch (Throwable e) {
      return new SkillResult.Failed(Cause.FAILED, said(e));
    }
  }

  private SkillResult converted(Object value) {
    if (value instanceof SkillResult result) {
      return result;
    }
    JsonNode json;
    try {
      json = setting.json().valueToTree(value);
    } catch (IllegalArgumentException e) {
      return new SkillResult.Failed(
          Cause.FAILED,
          "its result, of %s, cannot be written as JSON: %s"
              .formatted(value.getClass().getName(), e.getMessage()));
    }
    int characters = json.isTextual() ? json.textValue().length() : json.toString().length();
    return characters <= MAX_RESULT_CHARACTERS
        ? new SkillResult.Succeeded(json)
        : new SkillResult.Failed(
            Cause.LIMIT,
            "its result has %d characters (at most %d)"
                .formatted(characters, MAX_RESULT_CHARACTERS));
  }

  private static String said(Throwable e) {
    return e.getMessage() == null || e.getMessage().isBlank()
        ? e.getClass().getSimpleName()
        : e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static String words(Duration limit) {
    return limit.toMillis() < 10_000 ? limit.toMillis() + " ms" : limit.toSeconds() + " s";
  }

  @Override
  public void close() {
    running.forEach(Thread::interrupt);
  }
}
