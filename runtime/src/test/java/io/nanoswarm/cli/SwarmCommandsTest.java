package io.nanoswarm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.client.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands around {@code swarm.yaml}, without a node. */
class SwarmCommandsTest {
  @TempDir Path folder;
  private CommandLineFixture cli;

  @BeforeEach
  void open() {
    cli = new CommandLineFixture(folder);
  }

  @AfterEach
  void close() {
    assertThat(cli.nodes.started).isZero();
    cli.close();
  }

  @Test
  void init_writes_a_swarm_that_is_valid() throws IOException {
    assertThat(cli.run("init")).as(cli.err()).isZero();
    assertThat(cli.err()).contains("wrote " + folder.resolve("swarm.yaml"));

    assertThat(cli.run("reload")).as(cli.err()).isZero();
    assertThat(cli.err()).contains("no node runs on");
  }

  @Test
  void init_never_overwrites() throws IOException {
    Files.writeString(folder.resolve("swarm.yaml"), "mine");

    assertThat(cli.run("init")).isEqualTo(2);

    assertThat(cli.err()).contains("exists already, and stays as it is");
    assertThat(folder.resolve("swarm.yaml")).hasContent("mine");
  }

  @Test
  void init_writes_into_a_folder_that_is_there() {
    assertThat(cli.run("init", "--dir", "nope")).isEqualTo(2);
    assertThat(cli.err()).contains("there is no folder " + folder.resolve("nope"));
  }

  @Test
  void every_mistake_of_a_swarm_is_told_with_its_place() throws IOException {
    Files.writeString(
        folder.resolve("swarm.yaml"), "agents:\n  r: {builtin: crtic, insances: 2}\n");

    for (var command : new String[] {"run", "plan"}) {
      assertThat(cli.run(command, "Why?", "--swarm", "swarm.yaml")).isEqualTo(2);
      assertThat(cli.err())
          .contains(
              "swarm.yaml has 2 mistakes",
              "swarm.yaml:2:16: there is no built-in agent 'crtic'; did you mean 'critic'?",
              "swarm.yaml:2:23: unknown key 'insances'; did you mean 'instances'?");
    }
  }

  @Test
  void a_swarm_that_is_not_there() {
    assertThat(cli.run("run", "Why?", "--swarm", "other.yaml")).isEqualTo(2);
    assertThat(cli.err()).contains("there is no " + folder.resolve("other.yaml"), "./swarm init");
  }

  @Test
  void a_swarm_that_is_no_text() throws IOException {
    Files.write(folder.resolve("swarm.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});

    assertThat(cli.run("run", "Why?", "--swarm", ".")).isEqualTo(2);

    assertThat(cli.err())
        .contains(folder.resolve("swarm.yaml") + " is no text in UTF-8", "save it as UTF-8")
        .doesNotContain("Exception");
  }

  @Test
  void a_project_that_is_not_built_is_one_mistake() throws IOException {
    Files.writeString(
        folder.resolve("swarm.yaml"), "code: [target/a.jar]\nagents: {a: {class: com.acme.A}}\n");

    assertThat(cli.run("run", "Why?", "--swarm", ".")).isEqualTo(2);

    assertThat(cli.err())
        .contains("has a mistake", "1:8: target/a.jar does not exist; is the project built?")
        .doesNotContain("there is no `code`");
  }

  @Test
  void agents_are_counted_by_the_roles_of_the_swarm() throws IOException {
    Files.writeString(folder.resolve("swarm.yaml"), "agents: {judge: {builtin: critic}}");

    assertThat(cli.run("run", "Why?", "--swarm", ".", "--agents", "critic=2")).isEqualTo(2);

    assertThat(cli.err()).contains("there is no role 'critic'", "roles are judge");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Word_Counter |           | is no name for a project
          1st          |           | is no name for a project
          word-counter | Com.Acme  | 'Com.Acme' is no package
          word-counter | com.class | 'com.class' is no package
          new-class    |           | 'new.class' is no package
          taken        |           | exists already, and stays as it is
          """)
  void projects_that_cannot_be_made(String name, String packageName, String message)
      throws IOException {
    Files.createDirectories(folder.resolve("taken"));

    int code =
        packageName == null ? cli.run("new", name) : cli.run("new", name, "--package", packageName);

    assertThat(code).isEqualTo(2);
    assertThat(cli.err()).contains(message);
  }

  @Test
  void a_project_has_an_agent_a_test_and_the_sdk_in_a_version_of_its_own() throws IOException {
    Path sdk = Files.createDirectories(folder.resolve("sdk"));
    Files.writeString(sdk.resolve("pom.xml"), "<version>0.1.0</version>");
    jar(sdk.resolve("nanoswarm-actors-0.1.0.jar"), "nanoswarm-actors");

    new NewProject("word-counter", "com.acme.words", new Sdk(sdk)).write(folder.resolve("made"));

    Path repository = folder.resolve("made/sdk/io/nanoswarm");
    String version;
    try (var versions = Files.list(repository.resolve("nanoswarm"))) {
      version = versions.findFirst().orElseThrow().getFileName().toString();
    }
    assertThat(version).matches("0\\.1\\.0-[0-9a-f]{8}");
    assertThat(repository.resolve("nanoswarm/" + version + "/nanoswarm-" + version + ".pom"))
        .hasContent("<version>" + version + "</version>");
    Path actors = repository.resolve("nanoswarm-actors").resolve(version);
    assertThat(actors.resolve("nanoswarm-actors-" + version + ".pom"))
        .hasContent("<parent><version>" + version + "</version></parent>");
    Path jar = actors.resolve("nanoswarm-actors-" + version + ".jar");
    assertThat(jar).hasSameBinaryContentAs(sdk.resolve("nanoswarm-actors-0.1.0.jar"));
    for (String type : List.of("jar", "pom")) {
      Path file = actors.resolve("nanoswarm-actors-%s.%s".formatted(version, type));
      assertThat(file.resolveSibling(file.getFileName() + ".sha1")).hasContent(sha1(file));
    }
    assertThat(folder.resolve("made/pom.xml")).content().contains(version);
    assertThat(folder.resolve("made/src/main/java/com/acme/words/WordCounter.java"))
        .content()
        .startsWith("package com.acme.words;")
        .doesNotContain("{{");
    assertThat(folder.resolve("made/src/test/java/com/acme/words/WordCounterTest.java")).exists();
    assertThat(folder.resolve("made/swarm.yaml"))
        .content()
        .contains("class: com.acme.words.WordCounter");
  }

  @Test
  void a_program_without_an_sdk_says_so() {
    try {
      var _ = Sdk.ofThisProgram();
    } catch (UserError e) {
      assertThat(e).hasMessageContaining("no SDK beside it");
      return;
    }
    throw new AssertionError("classes in a folder have no SDK beside them");
  }

  private static String sha1(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-1").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void jar(Path file, String artifact) throws IOException {
    try (var jar = new JarOutputStream(Files.newOutputStream(file))) {
      jar.putNextEntry(new ZipEntry("META-INF/maven/io.nanoswarm/" + artifact + "/pom.xml"));
      jar.write(
          "<parent><version>0.1.0</version></parent>"
              .getBytes(java.nio.charset.StandardCharsets.UTF_8));
      jar.closeEntry();
    }
  }
}
