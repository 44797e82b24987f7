package io.nanoswarm.skills.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.nanoswarm.skill.LegacySkill;
import io.nanoswarm.skill.NoSuchSkill;
import io.nanoswarm.skill.Skill;
import io.nanoswarm.skill.SkillCall;
import io.nanoswarm.skill.SkillCard;
import io.nanoswarm.skill.SkillName;
import io.nanoswarm.skill.SkillResult;
import io.nanoswarm.skill.SkillResult.Cause;
import io.nanoswarm.skill.SkillSpec;
import io.nanoswarm.skill.TypedSkill;
import io.nanoswarm.skills.schema.CheckedSkill;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClassSkillsTest {
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final SkillName NAME = new SkillName("under-test");
  private static final JsonMapper JSON = new JsonMapper();

  /** Knows nothing of us, and is not even public. */
  static class Adder {
    public Object execute(Map<String, Object> arguments) {
      return (int) arguments.get("a") + (int) arguments.get("b");
    }
  }

  @Test
  void a_class_that_knows_nothing_of_us_runs_unchanged() throws Exception {
    assertThat(call(Adder.class, "{\"a\": 2, \"b\": 40}").text()).isEqualTo("42");
  }

  /** What Jackson makes of it is what the agent gets. */
  public static class Holidays implements LegacySkill {
    /** A day. */
    public record Day(LocalDate date, Optional<String> name) {}

    @Override
    public String description() {
      return "Tells holidays.";
    }

    @Override
    public Object execute(Map<String, Object> arguments) {
      return List.of(new Day(LocalDate.of(2026, 12, 25), Optional.of("Christmas")));
    }
  }

  @Test
  void what_a_class_returns_becomes_json_and_its_description_is_told() throws Exception {
    Skill skill = load(Holidays.class);

    assertThat(skill.card().description()).isEqualTo("Tells holidays.");
    assertThat(call(skill, "{}", LONG))
        .isEqualTo(
            new SkillResult.Succeeded(
                JSON.readTree("[{\"date\": \"2026-12-25\", \"name\": \"Christmas\"}]")));
  }

  /** Arguments as a record. */
  public static class Repeat implements TypedSkill<Repeat.Wish> {
    /** How long a line. */
    public enum Length {
      SHORT,
      LONG
    }

    /** What to repeat. */
    public record Wish(
        @JsonPropertyDescription("what to say") String text,
        int times,
        @Nullable String end,
        Optional<Length> length) {
      public Wish {
        if (times > 3) {
          throw new IllegalArgumentException("times: %d (expected: at most 3)".formatted(times));
        }
      }
    }

    @Override
    public String description() {
      return "Repeats a text.";
    }

    @Override
    public Object execute(Wish wish) {
      return wish.text().repeat(wish.times()) + (wish.end() == null ? "" : wish.end());
    }
  }

  @Test
  void the_schema_of_a_typed_skill_comes_from_its_record() throws Exception {
    assertThat(load(Repeat.class).card().parameters())
        .isEqualTo(
            JSON.readTree(
                """
                {"type": "object",
                 "properties": {
                   "end": {"type": ["string", "null"]},
                   "length": {"anyOf": [{"type": "null"}, {"type": "string", "enum": ["SHORT", "LONG"]}]},
                   "text": {"type": "string", "description": "what to say"},
                   "times": {"type": "integer"}},
                 "required": ["text", "times"],
                 "additionalProperties": false}
                """));
  }

  @Test
  void a_typed_skill_gets_its_record() throws Exception {
    assertThat(
            call(
                    Repeat.class,
                    "{\"text\": \"ha\", \"times\": \"3\", \"end\": \"!\", \"length\": null}")
                .text())
        .isEqualTo("hahaha!");
  }

  @Test
  void what_the_record_refuses_are_invalid_arguments() throws Exception {
    assertThat(failure(Repeat.class, "{\"text\": \"ha\", \"times\": 9}"))
        .isEqualTo(
            new SkillResult.Failed(Cause.INVALID_ARGUMENTS, "times: 9 (expected: at most 3)"));
  }

  /** Knows of us, and blocks nobody. */
  public static class Native implements Skill {
    @Override
    public SkillCard card() {
      return new SkillCard(
          new SkillName("own"), "", JSON.createObjectNode().put("type", "object"), List.of());
    }

    @Override
    public CompletionStage<SkillResult> call(SkillCall call) {
      return CompletableFuture.completedStage(
          new SkillResult.Succeeded(TextNode.valueOf("native")));
    }
  }

  @Test
  void a_skill_of_our_own_is_called_by_the_name_of_its_spec() throws Exception {
    assertThat(load(Native.class).card().name()).isEqualTo(NAME);
    assertThat(call(Native.class, "{}").text()).isEqualTo("native");
  }

  /** Throws. */
  public static class Throws {
    public Object execute(Map<String, Object> arguments) {
      throw new IllegalStateException("no route to " + arguments.get("host"));
    }
  }

  @Test
  void a_java_skill_that_throws_has_failed_with_what_it_said() throws Exception {
    assertThat(failure(Throws.class, "{\"host\": \"mars\"}"))
        .isEqualTo(new SkillResult.Failed(Cause.FAILED, "IllegalStateException: no route to mars"));
  }

  /** Recurses without end. */
  public static class Recurses {
    public Object execute(Map<String, Object> arguments) {
      return execute(arguments);
    }
  }

  @Test
  void a_java_skill_that_recurses_without_end_has_failed() throws Exception {
    assertThat(failure(Recurses.class, "{}"))
        .isEqualTo(new SkillResult.Failed(Cause.FAILED, "StackOverflowError"));
  }

  /** Waits until it is told not to. */
  public static class Waits {
    static final CountDownLatch INTERRUPTED = new CountDownLatch(1);

    public Object execute(Map<String, Object> arguments) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        INTERRUPTED.countDown();
      }
      return "late";
    }
  }

  @Test
  void a_java_skill_that_takes_too_long_is_interrupted_and_has_timed_out() throws Exception {
    assertThat(call(load(Waits.class), "{}", Duration.ofMillis(100)))
        .isEqualTo(new SkillResult.Failed(Cause.TIMED_OUT, "under-test took longer than 100 ms"));
    assertThat(Waits.INTERRUPTED.await(30, TimeUnit.SECONDS)).isTrue();
  }

  /** Heeds nothing; ends with the test all the same. */
  public static class NeverReturns {
    static volatile boolean over;

    public Object execute(Map<String, Object> arguments) {
      while (!over) {
        Thread.onSpinWait();
      }
      return "never";
    }
  }

  @Test
  void a_java_skill_that_never_returns_is_answered_and_is_not_called_without_end()
      throws Exception {
    NeverReturns.over = false;
    try {
      Skill skill = load(NeverReturns.class);
      for (int i = 0; i < BlockingSkill.MAX_UNHEEDING; i++) {
        assertThat(cause(call(skill, "{}", Duration.ofMillis(20)))).isEqualTo(Cause.TIMED_OUT);
      }

      assertThat(call(skill, "{}", LONG))
          .isEqualTo(
              new SkillResult.Failed(
                  Cause.LIMIT,
                  "8 earlier calls of under-test have not returned, though they were told to"));
    } finally {
      NeverReturns.over = true;
    }
  }

  @Test
  void a_java_skill_is_interrupted_when_its_attempt_is_over() throws Exception {
    NeverReturns.over = false;
    try {
      var over = new CompletableFuture<Void>();
      var call = new SkillCall(NAME, JSON.readTree("{}"), LONG, Path.of(""), over);
      var result = load(NeverReturns.class).call(call).toCompletableFuture();

      over.complete(null);

      assertThat(result.get(40, TimeUnit.SECONDS))
          .isEqualTo(
              new SkillResult.Failed(
                  Cause.ENDED, "under-test was ended with the attempt that called it"));
    } finally {
      NeverReturns.over = true;
    }
  }

  /** Wants more than there is. */
  public static class EatsMemory {
    public Object execute(Map<String, Object> arguments) {
      return new long[Integer.MAX_VALUE];
    }
  }

  @Test
  void a_java_skill_that_eats_memory_has_failed_for_its_limit() throws Exception {
    assertThat(failure(EatsMemory.class, "{}").cause()).isEqualTo(Cause.LIMIT);
  }

  /** Answers more than anybody reads. */
  public static class Floods {
    public Object execute(Map<String, Object> arguments) {
      return "x".repeat(2_000_000);
    }
  }

  @Test
  void a_java_skill_that_floods_its_output_has_failed_for_its_limit() throws Exception {
    assertThat(failure(Floods.class, "{}"))
        .isEqualTo(
            new SkillResult.Failed(
                Cause.LIMIT, "its result has 2000000 characters (at most 1048576)"));
  }

  /** Its result refers to itself. */
  public static class Cyclic {
    public Cyclic self() {
      return this;
    }

    public Cyclic getSelf() {
      return this;
    }

    public Object execute(Map<String, Object> arguments) {
      return this;
    }
  }

  @Test
  void a_result_that_is_no_json_is_a_failure() throws Exception {
    assertThat(failure(Cyclic.class, "{}").reason()).contains("cannot be written as JSON");
  }

  /** Has no such method. */
  public static class NoSkill {}

  @Test
  void a_class_that_can_be_no_skill_is_refused_when_it_is_loaded() {
    assertThatThrownBy(() -> load(NoSkill.class))
        .isInstanceOf(NoSuchSkill.class)
        .hasMessageContaining("is no skill (expected: a Skill, a TypedSkill, or a public method");
    assertThatThrownBy(() ->
            new ClassSkills(LONG, _ -> List.of())
                .load(new SkillSpec.OfClass(NAME, "nowhere.Skill"), getClass().getClassLoader()))
        .isInstanceOf(NoSuchSkill.class)
        .hasMessage("skill under-test: class nowhere.Skill was not found where its agent's is");
  }

  private static Skill load(Class<?> type) throws NoSuchSkill {
    var spec = new SkillSpec.OfClass(NAME, type.getName());
    return new CheckedSkill(
        NAME, new ClassSkills(LONG, _ -> List.of()).load(spec, type.getClassLoader()));
  }

  private static SkillResult.Succeeded call(Class<?> type, String arguments) throws Exception {
    return (SkillResult.Succeeded) call(load(type), arguments, LONG);
  }

  private static SkillResult.Failed failure(Class<?> type, String arguments) throws Exception {
    return (SkillResult.Failed) call(load(type), arguments, LONG);
  }

  private static Cause cause(SkillResult result) {
    return ((SkillResult.Failed) result).cause();
  }

  private static SkillResult call(Skill skill, String arguments, Duration limit) throws Exception {
    JsonNode json = JSON.readTree(arguments);
    return skill
        .call(new SkillCall(NAME, json, limit, Path.of("")))
        .toCompletableFuture()
        .get(40, TimeUnit.SECONDS);
  }
}
