package io.nanoswarm.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.nanoswarm.script.ScriptFixture.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The script that users start. */
class SwarmScriptTest {
  /** What the program of a fixture exits with. */
  private static final int RAN = 7;

  @TempDir Path root;
  private ScriptFixture script;

  @BeforeEach
  void aCheckoutOnASystemWithoutJava() throws Exception {
    script = new ScriptFixture(root);
  }

  /** Where a JDK may be, in the order in which they are looked at. */
  private enum Place {
    NANOSWARM_JDK,
    JAVA_HOME,
    PATH,
    USR_LIB_JVM,
    SDKMAN,
    JDKS,
    OPT_JAVA,
    OPT_JDK,
    MACOS
  }

  private Path install(Place place) throws Exception {
    Path named = root.resolve("jdk named " + place);
    Path folder =
        switch (place) {
          case NANOSWARM_JDK, JAVA_HOME, PATH -> named;
          case USR_LIB_JVM -> script.system().resolve("usr/lib/jvm/temurin-25");
          case SDKMAN -> script.home().resolve(".sdkman/candidates/java/25-tem");
          case JDKS -> script.home().resolve(".jdks/openjdk-25");
          case OPT_JAVA -> script.system().resolve("opt/java/openjdk");
          case OPT_JDK -> script.system().resolve("opt/jdk-25");
          case MACOS ->
              script.system().resolve("Library/Java/JavaVirtualMachines/temurin.jdk/Contents/Home");
        };
    script.installJdk(folder, "25.0.1");
    switch (place) {
      case NANOSWARM_JDK, JAVA_HOME -> script.set(place.name(), folder);
      case PATH ->
          Files.createSymbolicLink(script.tools().resolve("java"), folder.resolve("bin/java"));
      case USR_LIB_JVM, SDKMAN, JDKS, OPT_JAVA, OPT_JDK, MACOS -> {}
    }
    return folder;
  }

  @ParameterizedTest
  @EnumSource
  void a_jdk_is_found_in_each_place(Place place) throws Exception {
    Path jdk = install(place);

    assertThat(script.run("sessions").code()).isEqualTo(RAN);

    assertThat(script.called())
        .startsWith(jdk.resolve("bin/java").toString())
        .endsWith("io.nanoswarm.SwarmMain", "sessions");
  }

  @Test
  void the_one_that_is_named_for_nanoswarm_goes_before_all_others() throws Exception {
    for (Place place : Place.values()) {
      install(place);
    }

    script.run("sessions");

    assertThat(script.called().getFirst()).contains("jdk named NANOSWARM_JDK");
  }

  @Test
  void older_jdks_and_those_without_a_compiler_are_passed_over() throws Exception {
    script.set("NANOSWARM_JDK", script.installJdk(root.resolve("old"), "21.0.4"));
    script.set("JAVA_HOME", script.installJdk(root.resolve("jre"), "25.0.1"));
    Files.delete(root.resolve("jre/bin/javac"));
    Path jdk = install(Place.JDKS);

    script.run("sessions");

    assertThat(script.called()).startsWith(jdk.resolve("bin/java").toString());
  }

  @Test
  void without_a_jdk_it_says_so_and_what_to_do() throws Exception {
    script.set("JAVA_HOME", script.installJdk(root.resolve("old"), "21.0.4"));

    Ended ended = script.run("sessions");

    assertThat(ended.code()).isEqualTo(6);
    assertThat(ended.err())
        .contains("no JDK 25 or newer was found")
        .contains("NANOSWARM_JDK=/path/to/jdk");
    assertThat(script.called()).isEmpty();
  }

  @Test
  void without_maven_it_says_so_and_what_to_do() throws Exception {
    install(Place.JAVA_HOME);
    Files.delete(script.tools().resolve("mvn"));

    Ended ended = script.run("sessions");

    assertThat(ended.code()).isEqualTo(6);
    assertThat(ended.err()).contains("Maven was not found").contains("install Maven 3.8 or newer");
  }

  @Test
  void a_build_that_fails_is_shown_and_nothing_runs() throws Exception {
    install(Place.JAVA_HOME);
    script.let("build-fails");

    Ended ended = script.run("sessions");

    assertThat(ended.code()).isEqualTo(6);
    assertThat(ended.err())
        .contains("[ERROR] it does not compile")
        .contains("runtime/target/build.log");
    assertThat(script.called()).isEmpty();
  }

  @Test
  void it_builds_and_trains_once_and_again_when_a_source_is_newer() throws Exception {
    install(Place.JAVA_HOME);
    script.run("sessions");
    script.run("sessions");
    assertThat(script.times("builds")).isEqualTo(1);
    assertThat(script.times("training")).isEqualTo(1);

    script.changeSource("actors/offline/src/main/Newer.java");
    script.run("sessions");
    assertThat(script.times("builds")).isEqualTo(2);

    script.changeSource("persistence/pom.xml");
    script.run("sessions");
    assertThat(script.times("builds")).isEqualTo(3);

    script.changeSource("README.md");
    script.run("sessions");
    assertThat(script.times("builds")).isEqualTo(3);
  }

  @Test
  void an_add_on_is_left_out_once_it_was_removed_and_built_in_again() throws Exception {
    install(Place.JAVA_HOME);
    script.run("sessions");
    Path leftover = script.checkout().resolve("runtime/target/dist/lib/model.jar");
    Files.createFile(leftover);

    Path addOns = Files.createFile(script.checkout().resolve(".add-ons"));
    script.run("sessions");
    script.run("sessions");
    Files.writeString(addOns, "embeddings\n");
    script.run("sessions");
    Files.delete(addOns);
    script.run("sessions");

    assertThat(script.builds()).hasSize(3);
    assertThat(script.builds().get(0)).doesNotContain("-P");
    assertThat(script.builds().get(1)).endsWith("-P!embeddings");
    assertThat(script.builds().get(2)).doesNotContain("-P");
    assertThat(leftover).doesNotExist();
  }

  @Test
  void quiet_builds_say_nothing() throws Exception {
    install(Place.JAVA_HOME);

    assertThat(script.run("run", "--quiet", "Why?").err()).isEmpty();
    assertThat(script.called()).endsWith("run", "--quiet", "Why?");
  }

  @Test
  void signals_reach_the_program() throws Exception {
    install(Place.JAVA_HOME);
    script.let("waits");
    Process terminated = script.start("run", "Why?");
    script.awaitReady();

    terminated.destroy();

    assertThat(terminated.waitFor()).isEqualTo(43);
  }

  @Test
  void ctrl_c_reaches_the_program() throws Exception {
    install(Place.JAVA_HOME);
    script.let("waits");
    Process interrupted = script.start("run", "Why?");
    script.awaitReady();

    new ProcessBuilder("kill", "-INT", Long.toString(interrupted.pid())).start().waitFor();

    assertThat(interrupted.waitFor()).isEqualTo(44);
  }

  @Test
  void the_program_takes_the_place_of_the_script() throws Exception {
    install(Place.JAVA_HOME);
    script.let("waits");
    Process process = script.start("run", "Why?");
    script.awaitReady();

    var command = process.toHandle().info().arguments().orElseThrow();
    process.destroyForcibly().waitFor();

    assertThat(command).contains("io.nanoswarm.SwarmMain");
  }

  @ParameterizedTest
  @EnumSource
  void nothing_is_left_when_the_script_is_killed(Before before) throws Exception {
    assumeThat(Files.exists(script.tools().resolve("setpriv")))
        .as("the system can bind a process to the life of its parent")
        .isTrue();
    install(Place.JAVA_HOME);
    script.let(before.hangs);
    Process process = script.start("run", "Why?");
    ProcessHandle child = script.awaitHanging();

    process.destroyForcibly();

    child.onExit().get(60, TimeUnit.SECONDS);
    assertThat(script.called()).isEmpty();
  }

  /** What the script waits for before it becomes the program. */
  private enum Before {
    BUILD("build-hangs"),
    TRAINING("training-hangs");

    private final String hangs;

    Before(String hangs) {
      this.hangs = hangs;
    }
  }
}
