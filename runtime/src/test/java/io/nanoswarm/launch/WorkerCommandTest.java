package io.nanoswarm.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerCommandTest {
  private static final WorkerCommand COMMAND = new WorkerCommand(Path.of("java"), "a.jar", null);

  @Test
  void ofTheEnvironmentKeysStayBehindUnlessSkillsWereAllowedThem() {
    var environment =
        WorkerCommand.environment(
            Map.of("PATH", "/bin", "LC_ALL", "C", "MODEL_API_KEY", "secret", "GH_TOKEN", "t"),
            List.of("GH_TOKEN"));
    assertThat(environment)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("PATH", "/bin", "LC_ALL", "C", "MALLOC_ARENA_MAX", "1", "GH_TOKEN", "t"));
  }

  @Test
  void aWorkerFindsWhatManagersOfVersionsHaveInstalled() {
    var own = Map.of("PYENV_ROOT", "/opt/pyenv", "NVM_DIR", "/opt/nvm", "PYENV_VERSION", "3.11");

    assertThat(WorkerCommand.visible(own, List.of())).containsOnlyKeys("PYENV_ROOT", "NVM_DIR");
  }

  @Test
  void aLargeHeapHasRoomForTheYoungAndAVeryLargeOneGetsTheSecondCompiler() {
    assertThat(COMMAND.line(64, WorkerMain.class))
        .contains("-Xmx64m", "-Xmn4m", "-XX:TieredStopAtLevel=1");
    assertThat(COMMAND.line(128, WorkerMain.class))
        .contains("-Xmx128m", "-Xmn16m", "-XX:TieredStopAtLevel=1");
    assertThat(COMMAND.line(256, WorkerMain.class))
        .contains("-Xmx256m", "-Xmn16m")
        .doesNotContain("-XX:TieredStopAtLevel=1");
  }
}
