package io.nanoswarm.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ThisProgramTest {

  @Test
  void files_that_a_variable_names_are_the_same_ones_for_a_node_in_another_folder() {
    var environment =
        ThisProgram.environment(
            Map.of(
                "NANOSWARM_CONFIG", "swarm.conf",
                "NANOSWARM_TOKEN_FILE", "/etc/token",
                "NANOSWARM_TLS_KEY", "tls/key.pem",
                "NANOSWARM_JOIN", "10.0.0.1:25520",
                "NANOSWARM_POSTGRESQL_PASSWORD_FILE", "",
                "HOME", "somewhere"));

    assertThat(environment)
        .containsEntry("NANOSWARM_CONFIG", Path.of("swarm.conf").toAbsolutePath().toString())
        .containsEntry("NANOSWARM_TOKEN_FILE", "/etc/token")
        .containsEntry("NANOSWARM_TLS_KEY", Path.of("tls/key.pem").toAbsolutePath().toString())
        .containsEntry("NANOSWARM_JOIN", "10.0.0.1:25520")
        .containsEntry("NANOSWARM_POSTGRESQL_PASSWORD_FILE", "")
        .containsEntry("HOME", "somewhere");
  }

  @Test
  void it_is_started_with_this_jvm_its_options_and_its_class_path() {
    List<String> line = ThisProgram.line();

    assertThat(line.getFirst()).startsWith(System.getProperty("java.home"));
    assertThat(line)
        .contains(System.getProperty("java.class.path"))
        .endsWith("io.nanoswarm.SwarmMain")
        .noneMatch(option -> option.startsWith("-agent") || option.startsWith("-javaagent"));
  }
}
