package io.nanoswarm.skills.process;

import static io.nanoswarm.skills.process.SkillFolder.awaitNoProcess;
import static io.nanoswarm.skills.process.SkillFolder.call;
import static io.nanoswarm.skills.process.SkillFolder.failed;
import static io.nanoswarm.skills.process.SkillFolder.json;
import static io.nanoswarm.skills.process.SkillFolder.result;
import static io.nanoswarm.skills.process.SkillFolder.start;
import static io.nanoswarm.skills.process.SkillFolder.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.skill.Skill;
import io.nanoswarm.skill.SkillCall;
import io.nanoswarm.skill.SkillResult;
import io.nanoswarm.skill.SkillResult.Cause;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletionStage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The life of a skill's process, as its agent sees it. */
@EnabledIf(value = "io.nanoswarm.skills.process.Here#hasProc", disabledReason = "needs /proc")
final class ProcessSkillTest {
  /** Tells its own pid, for every request. */
  private static final String TELLS_ITS_PID =
      """
      id=0
      while read -r request; do id=$((id + 1)); echo "{\\"id\\": $id, \\"result\\": \\"$$\\"}"; done
      """;

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
  void a_process_is_started_with_the_first_call_and_stays_for_the_next() throws Exception {
    try (Skill skill = skills.shell(TELLS_ITS_PID).load()) {
      assertThat(SkillFolder.processes()).isEmpty();

      String first = text(call(skill, "{}"));

      assertThat(text(call(skill, "{}"))).isEqualTo(first);
      assertThat(SkillFolder.processes()).containsExactly(Long.valueOf(first));
    }
  }

  @Test
  void an_idle_process_is_ended_and_the_next_call_starts_another() throws Exception {
    try (Skill skill = skills.shell(TELLS_ITS_PID, "idle: 10ms").load()) {
      String first = text(call(skill, "{}"));

      awaitNoProcess();

      assertThat(text(call(skill, "{}"))).isNotEqualTo(first);
    }
  }

  @Test
  void calls_beyond_the_limit_wait_for_their_turn() throws Exception {
    try (Skill skill = skills.shell(TELLS_ITS_PID, "calls: 2").load()) {
      var calls = new ArrayList<CompletionStage<SkillResult>>();
      for (int i = 0; i < 20; i++) {
        calls.add(start(skill, "{}"));
      }

      String pid = text(result(calls.getFirst()));

      for (var each : calls) {
        assertThat(text(result(each))).isEqualTo(pid);
      }
    }
  }

  @Test
  void one_that_takes_too_long_is_told_so_shortly_before_its_limit() throws Exception {
    String obedient =
        """
        read -r request
        read -r told
        echo '{"id": 1, "error": {"cause": "timed-out", "message": "told: '"$(echo "$told" | tr -d '"')"'"}}'
        """;
    try (Skill skill = skills.shell(obedient).load()) {
      // A second for it to answer, also where the machine has much else to do.
      var stopped = call(skill, "{}", Duration.ofSeconds(10));

      assertThat(failed(stopped, Cause.TIMED_OUT).reason()).contains("told: {id:1,cancel:true}");
    }
  }

  @Test
  void a_call_that_waits_longer_than_it_may_has_timed_out() throws Exception {
    try (Skill skill = skills.shell("sleep 1000").load()) {
      var _ = start(skill, "{}");

      var waiting = call(skill, "{}", Duration.ofMillis(200));

      assertThat(failed(waiting, Cause.TIMED_OUT).reason()).contains("was not ready within 200 ms");
    }
  }

  @Test
  void closing_a_skill_ends_its_process_and_its_calls() throws Exception {
    Skill skill = skills.shell("read -r request; sleep 1000").load();
    var running = start(skill, "{}");
    Awaitility.await().atMost(SkillFolder.LONG).until(() -> !SkillFolder.processes().isEmpty());

    skill.close();

    assertThat(failed(result(running), Cause.ENDED).reason()).contains("its agent has ended");
    failed(call(skill, "{}"), Cause.ENDED);
  }

  @Test
  void arguments_limit_and_workspace_are_told() throws Exception {
    String echo =
        """
        import json, sys
        for line in sys.stdin:
            request = json.loads(line)
            print(json.dumps({"id": request["id"], "result": request}), flush=True)
        """;
    try (Skill skill = skills.python(echo, "time: 30s").load("echo")) {
      var request = json(text(call(skill, "{\"city\": \"Łódź\"}")));

      assertThat(request.path("call").textValue()).isEqualTo("echo");
      assertThat(request.at("/arguments/city").textValue()).isEqualTo("Łódź");
      assertThat(request.path("time_limit_ms").longValue()).isEqualTo(30_000);
      assertThat(request.path("workspace").textValue()).isEqualTo("/tmp");
    }
  }

  @Test
  void progress_and_logs_are_no_answers() throws Exception {
    String script =
        """
        read -r request
        echo '{"log": "begun"}'
        echo
        echo '{"id": 1, "progress": "half of it"}'
        echo '{"id": 1, "result": {"done": true}}'
        read -r end
        """;
    try (Skill skill = skills.shell(script).load()) {
      var progress = new ArrayList<String>();
      var process = (ProcessSkill) skill;

      var answer =
          process.call(
              new SkillCall(skill.card().name(), json("{}"), SkillFolder.LONG, Path.of("/tmp")),
              progress::add);

      assertThat(text(result(answer))).isEqualTo("{\"done\":true}");
      assertThat(progress).containsExactly("half of it");
    }
  }

  @Test
  void of_the_environment_a_process_sees_what_its_manifest_names() throws Exception {
    skills
        .with(
            "skill.sh",
            "read -r request; echo \"{\\\"id\\\": 1, \\\"result\\\": \\\"$SHOWN-$HIDDEN\\\"}\"")
        .with("skill.yaml", "runtime: {command: [/bin/sh, skill.sh]}\nenvironment: [SHOWN]\n");
    var environment = SkillFolder.environmentWith("SHOWN", "yes");
    environment.put("HIDDEN", "secret");
    try (Skill skill = skills.load("it", environment)) {
      assertThat(text(call(skill, "{}"))).isEqualTo("yes-");
    }
  }
}
