package io.nanoswarm.skills.process;

import static io.nanoswarm.skills.process.SkillFolder.awaitNoProcess;
import static io.nanoswarm.skills.process.SkillFolder.call;
import static io.nanoswarm.skills.process.SkillFolder.failed;
import static io.nanoswarm.skills.process.SkillFolder.processes;
import static io.nanoswarm.skills.process.SkillFolder.result;
import static io.nanoswarm.skills.process.SkillFolder.start;
import static io.nanoswarm.skills.process.SkillFolder.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.skill.Skill;
import io.nanoswarm.skill.SkillCall;
import io.nanoswarm.skill.SkillResult.Cause;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Each kind of misbehaving process leaves a clear failure, and nothing behind. */
@EnabledIf(value = "io.nanoswarm.skills.process.Here#hasProc", disabledReason = "needs /proc")
final class MisbehavingProcessTest {
  private static final Duration SHORT = Duration.ofMillis(800);

  @TempDir Path folder;
  @TempDir Path cache;
  private SkillFolder skills;

  @BeforeEach
  void lay() {
    skills = new SkillFolder(folder, cache);
  }

  @AfterEach
  void nothing_is_left() {
    awaitNoProcess();
  }

  @Test
  void one_that_never_returns_is_killed_at_its_limit_and_the_next_call_gets_another()
      throws Exception {
    String first =
        """
        read -r request
        [ -f begun ] || { touch begun; while :; do sleep 1000; done; }
        echo '{"id": 1, "result": "well"}'
        """;
    try (Skill skill = skills.shell(first).load()) {
      var failed = failed(call(skill, "{}", SHORT), Cause.TIMED_OUT);

      assertThat(failed.reason()).contains("did not answer within 800 ms, and was killed");
      assertThat(processes()).isEmpty();
      assertThat(text(call(skill, "{}"))).isEqualTo("well");
    }
  }

  @Test
  void the_limit_of_its_manifest_counts_from_the_request() throws Exception {
    try (Skill skill = skills.shell("sleep 1000", "time: 500ms").load()) {
      assertThat(failed(call(skill, "{}"), Cause.TIMED_OUT).reason()).contains("500 ms");
      assertThat(processes()).isEmpty();
    }
  }

  @Test
  void one_that_goes_on_when_its_attempt_is_over_is_killed() throws Exception {
    Path begun = folder.resolve("begun");
    var over = new CompletableFuture<Void>();
    try (Skill skill = skills.shell("touch begun; sleep 1000").load()) {
      var call =
          new SkillCall(
              skill.card().name(), SkillFolder.json("{}"), SkillFolder.LONG, folder, over);
      var result = skill.call(call);
      Awaitility.await().atMost(SkillFolder.LONG).until(() -> Files.exists(begun));

      over.complete(null);

      assertThat(failed(result(result), Cause.ENDED).reason())
          .contains("was killed, since the attempt that called it is over");
      assertThat(processes()).isEmpty();
    }
  }

  @Test
  void others_at_the_same_process_end_with_it() throws Exception {
    try (Skill skill = skills.shell("sleep 1000", "calls: 2").load()) {
      var other = start(skill, "{}");

      failed(call(skill, "{}", SHORT), Cause.TIMED_OUT);

      assertThat(failed(result(other), Cause.ENDED).reason())
          .contains("another call took too long");
    }
  }

  @Test
  void one_that_floods_stdout_is_killed() throws Exception {
    try (Skill skill = skills.shell("read -r request; exec cat /dev/zero", "output: 64k").load()) {
      var failed = failed(call(skill, "{}"), Cause.LIMIT);

      assertThat(failed.reason()).contains("wrote more than 64 KiB to stdout");
      assertThat(processes()).isEmpty();
    }
  }

  @Test
  void one_that_floods_stdout_with_lines_that_can_be_read_is_killed() throws Exception {
    String script = "read -r request; exec yes '{\"id\": 1, \"progress\": \"still\"}'";
    try (Skill skill = skills.shell(script, "output: 64k").load()) {
      failed(call(skill, "{}"), Cause.LIMIT);
      assertThat(processes()).isEmpty();
    }
  }

  @Test
  void one_that_floods_stderr_is_killed_and_its_last_words_are_kept() throws Exception {
    try (Skill skill =
        skills.shell("read -r request; exec yes 'last words' >&2", "output: 64k").load()) {
      var failed = failed(call(skill, "{}"), Cause.LIMIT);

      assertThat(failed.reason())
          .contains("wrote more than 64 KiB to stderr", "last words")
          .hasSizeLessThan(10_000);
      assertThat(processes()).isEmpty();
    }
  }

  @Test
  void children_end_with_the_one_that_forked_them() throws Exception {
    String script = "sleep 1000 & (sleep 1000 & sleep 1000) & read -r request; sleep 1000";
    try (Skill skill = skills.shell(script).load()) {
      failed(call(skill, "{}", SHORT), Cause.TIMED_OUT);
      assertThat(processes()).isEmpty();
    }
  }

  @Test
  @EnabledIf(
      value = "io.nanoswarm.skills.process.Here#hasSetsid",
      disabledReason = "needs the program setsid")
  void children_in_a_session_of_their_own_without_parents_end_as_well() throws Exception {
    String script =
        """
        read -r request
        setsid sh -c 'sleep 1000 & exit' &
        wait
        exit 3
        """;
    try (Skill skill = skills.shell(script).load()) {
      failed(call(skill, "{}"), Cause.ENDED);
      assertThat(processes()).isEmpty();
    }
  }

  @Test
  void a_tree_that_grows_while_it_is_cut_ends() throws Exception {
    String script = "f() { while :; do sleep 0.01; (sleep 1000 &) ; done; }; f & f & f";
    try (Skill skill = skills.shell(script).load()) {
      failed(call(skill, "{}", SHORT), Cause.TIMED_OUT);
      assertThat(processes()).isEmpty();
    }
  }

  @Test
  @EnabledIf(
      value = "io.nanoswarm.skills.process.Here#hasPython",
      disabledReason = "needs Python 3.8 or newer")
  void one_that_eats_memory_hits_its_limit() throws Exception {
    String script =
        """
        import sys
        sys.stdin.readline()
        eaten = []
        while True:
            eaten.append(bytearray(1 << 24))
        """;
    try (Skill skill = skills.python(script, "memory: 300m").load()) {
      var failed = failed(call(skill, "{}"), Cause.LIMIT);

      assertThat(failed.reason()).contains("more memory than the 300 MiB");
      assertThat(processes()).isEmpty();
    }
  }

  @Test
  void one_that_exits_in_mid_call_says_how() throws Exception {
    try (Skill skill = skills.shell("read -r request; echo 'no disk' >&2; exit 7").load()) {
      var failed = failed(call(skill, "{}"), Cause.ENDED);

      assertThat(failed.reason()).contains("exit code 7 before it answered", "no disk");
      assertThat(failed.retryable()).isTrue();
    }
  }

  @Test
  void an_answer_right_before_the_exit_counts() throws Exception {
    String script = "read -r request; printf '{\"id\": 1, \"result\": \"well\"}'; exit 7";
    try (Skill skill = skills.shell(script).load()) {
      assertThat(text(call(skill, "{}"))).isEqualTo("well");
    }
  }

  @Test
  void one_that_ends_before_it_is_asked_says_how() throws Exception {
    try (Skill skill = skills.shell("echo 'bad start' >&2; exit 4").load()) {
      assertThat(failed(call(skill, "{}"), Cause.ENDED).reason())
          .contains("exit code 4", "bad start");
    }
  }

  @Test
  void one_that_writes_what_is_no_json_is_killed() throws Exception {
    try (Skill skill =
        skills.shell("read -r request; echo 'Loading model ...'; sleep 1000").load()) {
      var failed = failed(call(skill, "{}"), Cause.PROTOCOL);

      assertThat(failed.reason()).contains("no line of JSON: Loading model ...");
      assertThat(processes()).isEmpty();
    }
  }

  @Test
  void one_that_answers_neither_well_nor_badly_is_killed() throws Exception {
    try (Skill skill =
        skills.shell("read -r request; echo '{\"id\": 1, \"reslt\": 5}'; sleep 1000").load()) {
      failed(call(skill, "{}"), Cause.PROTOCOL);
      assertThat(processes()).isEmpty();
    }
  }

  @Test
  void one_that_answers_a_call_twice_is_killed() throws Exception {
    String script =
        """
        read -r first
        read -r second
        echo '{"id": 2, "result": "once"}'
        echo '{"id": 2, "result": "twice"}'
        sleep 1000
        """;
    try (Skill skill = skills.shell(script, "calls: 2").load()) {
      var first = start(skill, "{}");

      assertThat(text(call(skill, "{}"))).isEqualTo("once");

      assertThat(failed(result(first), Cause.PROTOCOL).reason()).contains("answered call 2 twice");
      assertThat(processes()).isEmpty();
    }
  }

  @Test
  void one_that_answers_for_another_call_is_killed() throws Exception {
    try (Skill skill =
        skills.shell("read -r request; echo '{\"id\": 99, \"result\": 1}'; sleep 1000").load()) {
      var failed = failed(call(skill, "{}"), Cause.PROTOCOL);

      assertThat(failed.reason()).contains("answered call 99, which was not made");
      assertThat(processes()).isEmpty();
    }
  }

  @Test
  void one_that_ignores_the_end_of_its_input_is_killed() throws Exception {
    String script =
        """
        trap '' TERM HUP INT
        read -r request
        echo '{"id": 1, "result": "well"}'
        while :; do sleep 1000; done
        """;
    Skill skill = skills.shell(script).load();
    text(call(skill, "{}"));

    skill.close();

    awaitNoProcess();
  }

  @Test
  void one_that_does_not_read_blocks_nobody() throws Exception {
    try (Skill skill = skills.shell("sleep 1000").load()) {
      String large = "{\"text\": \"%s\"}".formatted("x".repeat(1 << 20));

      failed(call(skill, large, SHORT), Cause.TIMED_OUT);
    }
  }

  @Test
  void what_it_needs_and_is_not_there_is_named() throws Exception {
    skills.shell("exit 0");
    try (Skill skill =
        skills
            .with(
                "skill.yaml",
                "runtime: {command: [/bin/sh, skill.sh]}\nneeds: ['bin:no-such-program']\n")
            .load()) {
      var failed = failed(call(skill, "{}"), Cause.UNMET_NEEDS);

      assertThat(failed.reason()).contains("bin:no-such-program");
      assertThat(failed.retryable()).isFalse();
    }
  }

  @Test
  void a_program_that_is_not_there_is_named() throws Exception {
    try (Skill skill =
        skills.with("skill.yaml", "runtime: {command: [no-such-program]}\n").load()) {
      assertThat(failed(call(skill, "{}"), Cause.UNMET_NEEDS).reason())
          .contains("no program no-such-program on PATH");
    }
  }

  @Test
  void a_python_that_is_not_there_is_named_and_what_there_is_instead() throws Exception {
    try (Skill skill =
        skills
            .with("skill.yaml", "runtime: {python: '3.99'}\nmain: skill.py\n")
            .with("skill.py", "")
            .load()) {
      assertThat(failed(call(skill, "{}"), Cause.UNMET_NEEDS).reason())
          .contains("no Python 3.99 on this machine (found: ");
    }
  }
}
