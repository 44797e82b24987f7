package io.nanoswarm.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.nanoswarm.api.ApiJson;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The requests that pages show are sent as they stand there, to a node that stays. */
class DocumentedRequestsIT {
  private static final Path CLI = Path.of("../docs/cli.md");
  private static final Path RUNBOOK = Path.of("../docs/runbook.md");
  private static final String ALIVE = "curl http://…/alive";

  @TempDir Path folder;
  private Path data;
  private Path workspace;

  @BeforeEach
  void folders() throws IOException {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(each -> Files.isExecutable(Path.of(each, "curl"))),
        "curl is on the path");
    data = folder.resolve(".nanoswarm");
    workspace = Files.createDirectories(folder.resolve("workspace"));
    Files.writeString(workspace.resolve("retries.md"), "# Retries\n\nThey are bounded by three.\n");
  }

  @Test
  void the_requests_of_the_pages_are_answered() throws Exception {
    String cli = Files.readString(CLI);
    int from = cli.indexOf("```bash\ndata=.nanoswarm") + "```bash\n".length();
    String block = cli.substring(from, cli.indexOf("```", from));
    assertThat(block).contains("\"/absolute/path\"", "/v1/sessions");
    assertThat(Files.readString(RUNBOOK)).contains("`" + ALIVE + "` needs no token");
    try (var up = SwarmProcess.start(data, "up")) {
      up.awaitError("is up");

      String said = bash(block.replace("/absolute/path", workspace.toString()));

      var answers = ApiJson.mapper().readerFor(JsonNode.class).<JsonNode>readValues(said).readAll();
      assertThat(answers).as(said).hasSize(2);
      assertThat(answers.getFirst().path("version").asText()).as(said).isNotEmpty();
      assertThat(answers.getLast().path("id").asText()).as(said).isNotEmpty();
      var endpoint = ApiJson.mapper().readTree(data.resolve("endpoint.json").toFile());
      bash(ALIVE.replace("curl http://…", "curl --fail " + endpoint.path("uri").asText()));
      up.signal("TERM");
      up.exitCode(); // before its folder goes
    }
  }

  private String bash(String script) throws Exception {
    Path errors = folder.resolve("errors");
    var process =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
            .directory(folder.toFile())
            .redirectError(errors.toFile())
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(script).isTrue();
    assertThat(process.exitValue()).as("%s\n%s%s", script, said, Files.readString(errors)).isZero();
    return said;
  }
}
