package io.nanoswarm.skills.exec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nanoswarm.skill.SkillCall;
import io.nanoswarm.skill.SkillResult;
import io.nanoswarm.skill.SkillResult.Cause;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ExecSkillTest {
  private static final SkillResult ENDED =
      new SkillResult.Failed(Cause.ENDED, "the command was ended with the attempt that ran it");

  private static final JsonMapper JSON = new JsonMapper();
  private static final String TAG = "NANOSWARM_TEST_TAG";
  private static final Duration LONG = Duration.ofSeconds(50);

  @TempDir Path workspace;
  private final String tag = "tag-" + System.identityHashCode(this);

  @AfterEach
  void no_process_is_left() {
    assertThat(ProcessTable.read())
        .noneMatch(row -> ProcessTable.hasVariable(row.pid(), TAG + "=" + tag));
  }

  @Test
  void a_command_is_answered_as_nanobot_answers_it() throws Exception {
    assertThat(exec(Map.of("command", "echo hello")).text()).isEqualTo("hello\n\n\nExit code: 0");
    assertThat(exec(Map.of("command", "echo out; echo oops >&2; exit 2")).text())
        .isEqualTo("out\n\nSTDERR:\noops\n\n\nExit code: 2");
    assertThat(exec(Map.of("command", "true")).text()).isEqualTo("\nExit code: 0");
  }

  @Test
  void both_names_of_a_parameter_are_understood() throws Exception {
    Files.createDirectory(workspace.resolve("sub"));

    assertThat(exec(Map.of("cmd", "pwd", "workdir", "sub")).text()).contains("/sub\n");
    assertThat(exec(Map.of("command", "pwd", "working_dir", "sub")).text()).contains("/sub\n");
    assertThat(failure(Map.of()).reason()).isEqualTo("Missing command. Provide command or cmd.");
  }

  @Test
  void a_command_runs_in_the_workspace() throws Exception {
    assertThat(exec(Map.of("command", "pwd")).text()).startsWith(workspace.toRealPath().toString());
  }

  @Test
  void of_a_long_answer_the_middle_is_left_out() throws Exception {
    String answer = exec(Map.of("command", "seq 1 5000", "max_output_chars", 1000)).text();

    assertThat(answer)
        .startsWith("1\n2\n")
        .containsPattern("\\(22,9[0-9]{2} chars truncated\\)")
        .endsWith("5000\n\n\nExit code: 0")
        .hasSizeLessThan(1100);
  }

  @Test
  void a_command_that_is_denied_is_not_run() throws Exception {
    Files.createDirectory(workspace.resolve("kept"));
    for (var command : List.of("rm -rf kept", "RM -Rf kept", "ls && rm -r kept", "shutdown now")) {
      assertThat(failure(Map.of("command", command)))
          .as(command)
          .isEqualTo(
              new SkillResult.Failed(Cause.NOT_ALLOWED, "Command blocked by deny pattern filter"));
    }
    assertThat(workspace.resolve("kept")).exists();
  }

  @Test
  void where_some_commands_are_allowed_no_other_is_not_even_chained_to_one() {
    var rules = new CommandRules(List.of("git status", "rm -rf build"), List.of());

    assertThat(rules.refusal("git status")).isEmpty();
    assertThat(rules.refusal("rm -rf build; git status")).isEmpty();
    assertThat(rules.refusal("git status && curl example.org")).isPresent();
    assertThat(rules.refusal("git status\nrm -rf /")).isPresent();
    assertThat(CommandRules.parts("a 'b;c' && d 2>&1 | (e; f) & g"))
        .containsExactly("a 'b;c'", "d 2>&1", "(e; f)", "g");
  }

  @Test
  void where_it_is_restricted_no_command_starts_outside_of_the_workspace() throws Exception {
    var restricted = settings(true);

    assertThat(failure(restricted, Map.of("command", "pwd", "working_dir", "..")))
        .isEqualTo(
            new SkillResult.Failed(
                Cause.NOT_ALLOWED, "working_dir is outside the configured workspace"));
    assertThat(failure(restricted, Map.of("command", "pwd", "working_dir", "/")).cause())
        .isEqualTo(Cause.NOT_ALLOWED);
  }

  @Test
  void an_exec_call_that_never_returns_has_timed_out() throws Exception {
    assertThat(failure(Map.of("command", "sleep 1000", "timeout", 1)))
        .isEqualTo(new SkillResult.Failed(Cause.TIMED_OUT, "Command timed out after 1 seconds"));
  }

  @Test
  void an_exec_call_takes_no_longer_than_its_attempt_has_left() throws Exception {
    var call =
        new SkillCall(
            ExecSkill.NAME,
            JSON.valueToTree(Map.of("command", "sleep 1000", "timeout", 600)),
            Duration.ofMillis(200),
            workspace);
    try (var skill = skill(settings(false))) {
      assertThat(skill.call(call).toCompletableFuture().get(40, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              SkillResult.Failed.class,
              failed -> assertThat(failed.cause()).isEqualTo(Cause.TIMED_OUT));
    }
  }

  @Test
  void an_exec_call_that_floods_its_output_has_failed_for_its_limit() throws Exception {
    assertThat(failure(Map.of("command", "yes")))
        .isEqualTo(new SkillResult.Failed(Cause.LIMIT, "Command ended: it wrote more than 256 KB"));
  }

  @Test
  void an_exec_call_that_forks_children_without_end_has_failed_for_its_limit() throws Exception {
    var failed = failure(Map.of("command", "for i in $(seq 1 40); do sleep 1000 & done; wait"));

    assertThat(failed.cause()).isEqualTo(Cause.LIMIT);
    assertThat(failed.reason()).contains("processes (at most 16)");
  }

  @Test
  void an_exec_call_that_eats_memory_has_failed_for_its_limit() throws Exception {
    var failed = failure(Map.of("command", "x=0123456789abcdef; while :; do x=$x$x; done"));

    assertThat(failed.cause()).isEqualTo(Cause.LIMIT);
    assertThat(failed.reason()).contains("MB of memory");
  }

  /** Again and again: what becomes another program at the wrong moment is not easily seen. */
  @RepeatedTest(20)
  void an_exec_call_that_leaves_children_behind_leaves_none() throws Exception {
    assertThat(exec(Map.of("command", "setsid sleep 1000 >/dev/null 2>&1 & echo done")).text())
        .startsWith("done");
  }

  @Test
  void what_clears_its_environment_is_ended_with_its_command() throws Exception {
    assertThat(exec(Map.of("command", "env -i sleep 1000 & echo $! >pid; echo done")).text())
        .startsWith("done");

    long pid = Long.parseLong(Files.readString(workspace.resolve("pid")).strip());
    assertThat(ProcessTable.read()).noneMatch(row -> row.pid() == pid);
  }

  @Test
  void an_exec_call_of_what_is_not_there_tells_what_the_shell_says() throws Exception {
    assertThat(exec(Map.of("command", "no-such-program")).text())
        .contains("no-such-program: command not found", "Exit code: 127");
  }

  @Test
  void what_runs_when_its_agent_goes_is_ended() throws Exception {
    var skill = skill(settings(false));
    Path running = workspace.resolve("running");
    var call = call(Map.of("command", "touch running; sleep 1000"));
    var result = skill.call(call).toCompletableFuture();
    Awaitility.await().until(() -> Files.exists(running));

    skill.close();

    assertThat(result.get(40, TimeUnit.SECONDS)).isEqualTo(ENDED);
  }

  @Test
  void what_runs_when_its_attempt_is_over_is_ended() throws Exception {
    Path running = workspace.resolve("running");
    var over = new CompletableFuture<Void>();
    var arguments = JSON.<JsonNode>valueToTree(Map.of("command", "touch running; sleep 1000"));
    try (var skill = skill(settings(false))) {
      var call = new SkillCall(ExecSkill.NAME, arguments, LONG, workspace, over);
      var result = skill.call(call).toCompletableFuture();
      Awaitility.await().until(() -> Files.exists(running));

      over.complete(null);

      assertThat(result.get(40, TimeUnit.SECONDS)).isEqualTo(ENDED);
    }
  }

  private SkillResult.Succeeded exec(Map<String, Object> arguments) throws Exception {
    return (SkillResult.Succeeded) run(settings(false), arguments);
  }

  private SkillResult.Failed failure(Map<String, Object> arguments) throws Exception {
    return failure(settings(false), arguments);
  }

  private SkillResult.Failed failure(ExecSettings settings, Map<String, Object> arguments)
      throws Exception {
    return (SkillResult.Failed) run(settings, arguments);
  }

  private SkillResult run(ExecSettings settings, Map<String, Object> arguments) throws Exception {
    try (var skill = skill(settings)) {
      return skill.call(call(arguments)).toCompletableFuture().get(50, TimeUnit.SECONDS);
    }
  }

  private SkillCall call(Map<String, Object> arguments) {
    return new SkillCall(ExecSkill.NAME, JSON.valueToTree(arguments), LONG, workspace);
  }

  private ExecSkill skill(ExecSettings settings) {
    var environment = new TreeMap<>(ChildEnvironment.allowing(List.of()));
    environment.put(TAG, tag);
    return new ExecSkill(settings, environment);
  }

  private static ExecSettings settings(boolean restricted) {
    return new ExecSettings(
        LONG, 256 * 1024, new ChildLimits(16, 200), restricted, List.of(), List.of());
  }
}
