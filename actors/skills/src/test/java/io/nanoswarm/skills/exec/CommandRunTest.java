package io.nanoswarm.skills.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nanoswarm.skills.exec.CommandRun.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CommandRunTest {
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final ChildLimits LIMITS = new ChildLimits(16, 200);
  private static final String TAG = "NANOSWARM_TEST_TAG";

  @TempDir Path folder;
  private final String tag = "tag-" + System.identityHashCode(this);

  @AfterEach
  void no_process_is_left() {
    assertThat(ProcessTable.read())
        .noneMatch(row -> ProcessTable.hasVariable(row.pid(), TAG + "=" + tag));
  }

  @Test
  void a_command_ends_with_its_code_and_its_output() throws Exception {
    assertThat(run("echo out; echo err >&2; exit 3"))
        .isInstanceOfSatisfying(
            End.Exited.class,
            end -> {
              assertThat(end.code()).isEqualTo(3);
              assertThat(end.output().text()).isEqualTo("out\n");
              assertThat(end.errors().text()).isEqualTo("err\n");
            });
  }

  @Test
  void a_command_that_never_returns_is_ended_when_its_time_is_up() throws Exception {
    assertThat(run("sleep 1000", Duration.ofMillis(300))).isEqualTo(new End.TimedOut());
  }

  @Test
  void a_command_that_ignores_being_asked_is_ended_all_the_same() throws Exception {
    assertThat(run("trap '' TERM INT HUP; while :; do sleep 1; done", Duration.ofMillis(300)))
        .isEqualTo(new End.TimedOut());
  }

  @Test
  void what_a_command_leaves_in_the_background_ends_with_it() throws Exception {
    assertThat(run("sleep 1000 & echo started")).isInstanceOf(End.Exited.class);
  }

  @Test
  void a_descendant_that_left_the_session_and_lost_its_parent_ends_too() throws Exception {
    Path pid = folder.resolve("pid");
    var end = run("(setsid sh -c 'echo $$ > pid; exec sleep 1000' >/dev/null 2>&1 &) ; sleep 0.3");

    assertThat(end).isInstanceOf(End.Exited.class);
    long escaped = Long.parseLong(Files.readString(pid).trim());
    assertThat(ProcessTable.read()).noneMatch(row -> row.pid() == escaped);
  }

  @Test
  void a_command_that_floods_its_output_is_ended() throws Exception {
    assertThat(run("yes")).isEqualTo(new End.OverLimit("it wrote more than 1024 KB"));
  }

  @Test
  void of_a_long_output_the_beginning_and_the_end_are_kept() throws Exception {
    assertThat(run("seq 1 20000"))
        .isInstanceOfSatisfying(
            End.Exited.class,
            end ->
                assertThat(end.output().text())
                    .startsWith("1\n2\n3\n")
                    .contains("bytes left out")
                    .endsWith("19999\n20000\n")
                    .hasSizeLessThan(1100));
  }

  @Test
  void a_command_that_forks_too_many_children_is_ended_with_all_of_them() throws Exception {
    var end = run("for i in $(seq 1 40); do sleep 1000 & done; wait");

    assertThat(end)
        .isInstanceOfSatisfying(
            End.OverLimit.class,
            over -> assertThat(over.limit()).contains("processes (at most 16)"));
  }

  @Test
  void a_command_that_forks_without_end_is_ended() throws Exception {
    var end = run("f() { sleep 0.05; f & f & wait; }; f");

    assertThat(end)
        .isInstanceOfSatisfying(
            End.OverLimit.class, over -> assertThat(over.limit()).contains("processes"));
  }

  @Test
  void a_command_that_eats_memory_is_ended() throws Exception {
    var end = run("x=0123456789abcdef; while :; do x=$x$x; done");

    assertThat(end)
        .isInstanceOfSatisfying(
            End.OverLimit.class, over -> assertThat(over.limit()).contains("MB of memory"));
  }

  @Test
  void a_program_that_is_not_there_is_said_to_be_missing() {
    var command =
        new ChildCommand(List.of("no-such-program"), folder, Map.of("PATH", "/bin"), LIMITS);

    assertThatThrownBy(() -> CommandRun.run(command, LONG, 1024, 1024))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no program no-such-program");
  }

  @Test
  void a_command_sees_no_variable_that_it_was_not_given() throws Exception {
    var own = Map.of("PATH", "/bin", "SECRET_TOKEN", "s", "WANTED", "w", "HOME", "/home/ada");

    assertThat(ChildEnvironment.allowing(List.of("WANTED", "ABSENT"), own))
        .containsOnlyKeys("PATH", "HOME", "LANG", "TERM", "PYTHONUNBUFFERED", "WANTED")
        .containsEntry("HOME", "/home/ada");
  }

  @Test
  void what_a_jvm_left_is_found_by_its_mark() throws Exception {
    var child = ChildProcess.start(command("setsid sleep 1000 & wait"));

    assertThat(ChildProcess.endAll()).isTrue();
    assertThat(child.onExit().get()).isNotZero();
  }

  private End run(String script) throws IOException, InterruptedException {
    return run(script, LONG);
  }

  private End run(String script, Duration limit) throws IOException, InterruptedException {
    return CommandRun.run(command(script), limit, 1024 * 1024, 1000);
  }

  private ChildCommand command(String script) {
    var environment = new TreeMap<>(ChildEnvironment.allowing(List.of()));
    environment.put(TAG, tag);
    return new ChildCommand(List.of("bash", "-c", script), folder, environment, LIMITS);
  }
}
