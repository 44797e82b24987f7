package io.nanoswarm.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.certificates.TrialCertificates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program, whose nodes and workers show each other certificates. */
class TlsSwarmIT {
  @TempDir Path folder;

  @Test
  void a_swarm_with_tls_answers_and_its_key_is_nowhere_but_in_its_file() throws Exception {
    var workspace = Files.createDirectories(folder.resolve("workspace"));
    Files.writeString(
        workspace.resolve("retries.md"),
        "# Retries\n\n"
            + "A task whose agent dies is offered again. Retries are bounded by attempts.\n");
    var made = TrialCertificates.make(folder.resolve("certificates"), List.of());
    var environment =
        Map.of(
            "NANOSWARM_TLS_CERTIFICATE", made.certificate().toString(),
            "NANOSWARM_TLS_KEY", made.key().toString(),
            "NANOSWARM_TLS_CA", made.ca().toString());
    var secret = Files.readAllLines(made.key()).get(1);
    var data = folder.resolve("data");

    try (var run =
        SwarmProcess.start(
            data,
            environment,
            "run",
            "Where are retries bounded?",
            "-w",
            workspace.toString(),
            "--json")) {
      run.await(json -> SwarmProcess.is(json, "task-ended"));
      var seen = SwarmProcess.visible(run.children());
      assertThat(seen).contains("WorkerMain").doesNotContain(secret, made.key().toString());
      assertThat(run.exitCode()).as(run.report()).isZero();
      assertThat(run.report()).contains("retries.md").doesNotContain(secret);
    }
    assertThat(Files.readString(data.resolve("logs/node.log"))).contains("tls-tcp");
    try (var files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(secret);
      }
    }
  }
}
