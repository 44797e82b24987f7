package io.nanoswarm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nanoswarm.Foreground;
import io.nanoswarm.api.ApiJson;
import io.nanoswarm.store.TestPostgreSql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/faults.sh} with the packaged program: a cluster on a PostgreSQL of its own. As root
 * on Linux a control node is cut off from all others by real networks; elsewhere one is killed.
 */
class FaultsIT {
  private static final String CUT_OFF = "cut off from all nodes for 40 s a control node";
  private static final String KILLED = "kill -9 of a control node another one";

  @TempDir Path folder;

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void a_control_node_that_is_cut_off_costs_nothing_that_was_acknowledged() throws Exception {
    var errors = folder.resolve("errors");
    var line = new ArrayList<>(Foreground.prefix());
    line.addAll(List.of("bash", "../docs/faults.sh", "--minutes", "1", "--seed", "7", "--json"));
    line.addAll(List.of("--only", canPart() ? CUT_OFF : KILLED));
    line.addAll(List.of("--data", folder.resolve("faults").toString()));
    var builder = new ProcessBuilder(line).redirectError(errors.toFile());
    builder.environment().put("SWARM", program().toString());
    builder.environment().put("MACHINES", "1");
    builder.environment().put("PGBIN", TestPostgreSql.shared().programs().toString());
    var process = builder.start();
    var lines = new ArrayList<JsonNode>();
    try (var output = process.inputReader()) {
      for (String text = output.readLine(); text != null; text = output.readLine()) {
        lines.add(ApiJson.mapper().readTree(text));
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }

    assertThat(process.waitFor()).as(() -> lines + "\n" + read(errors)).isZero();
    var result = lines.getLast();
    assertThat(result.path("sound").asBoolean()).isTrue();
    assertThat(result.path("sessions").path("completed").asInt()).isPositive();
    assertThat(lines).anyMatch(each -> each.path("event").asText().equals("fault"));
  }

  private static boolean canPart() throws Exception {
    return new ProcessBuilder("bash", "../docs/faults.sh", "--can-part").start().waitFor() == 0;
  }

  /** What starts the packaged program, as {@code ./swarm} does. */
  private Path program() throws Exception {
    var script =
        Files.createFile(
            folder.resolve("swarm"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return Files.writeString(
        script, "#!/bin/sh\nexec %s \"$@\"\n".formatted(String.join(" ", SwarmProcess.program())));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
