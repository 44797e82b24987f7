package io.nanoswarm.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script that has an image built, on a system without containers: builders note what they are
 * told.
 */
class ImageScriptTest {
  private static final Path SCRIPT =
      Path.of("../cluster-config/image/build").toAbsolutePath().normalize();

  private static final List<String> TOOLS =
      List.of("bash", "sed", "dirname", "git", "tar", "mktemp", "rm", "find", "cat", "true");

  @TempDir Path root;
  private Path tools;

  private record Ended(int code, String out, String err) {}

  @BeforeEach
  void aSystemWithoutContainers() throws IOException {
    tools = Files.createDirectory(root.resolve("bin"));
    for (String tool : TOOLS) {
      Optional<Path> found =
          Stream.of(System.getenv("PATH").split(":"))
              .map(folder -> Path.of(folder, tool))
              .filter(Files::isExecutable)
              .findFirst();
      if (found.isPresent()) {
        Files.createSymbolicLink(tools.resolve(tool), found.get().toRealPath());
      }
    }
  }

  /** Notes its arguments, and what the folder holds that it is given. */
  private void install(String builder, boolean works) throws IOException {
    Path file = tools.resolve(builder);
    Files.writeString(
        file,
        """
        #!%s
        [ "$1" != info ] || exit %d
        printf '%%s\\n' "$@" >'%s'
        cd "${@: -1}" && find . -type f >'%s'
        """
            .formatted(
                tools.resolve("bash"),
                works ? 0 : 1,
                root.resolve("called"),
                root.resolve("seen")));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Ended run(String... arguments) throws Exception {
    List<String> line =
        new ArrayList<>(List.of(tools.resolve("bash").toString(), SCRIPT.toString()));
    line.addAll(List.of(arguments));
    Path out = root.resolve("out");
    Path err = root.resolve("err");
    var builder = new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("PATH", tools.toString());
    var process = builder.start();
    process.getOutputStream().close();
    return new Ended(process.waitFor(), Files.readString(out), Files.readString(err));
  }

  private List<String> lines(String file) throws IOException {
    return Files.readAllLines(root.resolve(file), StandardCharsets.UTF_8);
  }

  @Test
  void without_a_builder_it_says_what_is_missing() throws Exception {
    var ended = run();

    assertThat(ended.code()).isEqualTo(6);
    assertThat(ended.err()).contains("neither docker nor podman nor buildah was found");
  }

  @Test
  void a_builder_that_cannot_work_is_told_and_another_one_is_taken() throws Exception {
    install("docker", false);

    var alone = run();
    assertThat(alone.code()).isEqualTo(6);
    assertThat(alone.err()).contains("found docker, but", "daemon");

    install("podman", true);
    assertThat(run().err()).contains("with podman");
  }

  @Test
  void the_project_is_given_to_the_builder_and_nothing_that_was_built() throws Exception {
    install("buildah", true);

    var ended = run("--tag", "registry.example/swarm:1");

    assertThat(ended.err()).contains("building registry.example/swarm:1 with buildah");
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).isEqualTo("registry.example/swarm:1\n");
    assertThat(lines("called")).startsWith("build").contains("--tag", "registry.example/swarm:1");
    assertThat(lines("called"))
        .anyMatch(line -> line.endsWith("/cluster-config/image/Containerfile"));
    assertThat(lines("seen"))
        .contains("./pom.xml", "./jdk.sh", "./cluster-config/image/assemble", "./docs/cluster.md")
        .noneMatch(line -> line.contains("/target/") || line.startsWith("./.git/"));
  }

  @Test
  void an_argument_that_is_none_is_told() throws Exception {
    install("docker", true);

    var ended = run("--push");

    assertThat(ended.code()).isEqualTo(6);
    assertThat(ended.err()).contains("--push is unknown");
  }

  @Test
  void an_add_on_that_is_removed_is_a_profile_less_and_one_that_is_not_there_is_told()
      throws Exception {
    install("docker", true);

    assertThat(run("--remove", "embeddings", "--tag", "swarm:1").code()).isZero();
    assertThat(lines("called")).contains("--build-arg", "WITHOUT=!embeddings", "swarm:1");
    assertThat(Files.readString(SCRIPT.resolveSibling("Containerfile")))
        .contains("\nARG WITHOUT=\n", " ${WITHOUT:+-P$WITHOUT} package ");

    for (String none : List.of("skills", "postgres-mac", "../x", "")) {
      var refused = run("--remove", none);
      assertThat(refused.code()).isEqualTo(6);
      assertThat(refused.err()).contains("there is no such add-on", "./swarm add-ons");
    }
  }

  @Test
  void with_all_add_ons_the_builder_is_told_of_none() throws Exception {
    install("docker", true);

    assertThat(run().code()).isZero();

    assertThat(lines("called")).contains("WITHOUT=");
  }
}
