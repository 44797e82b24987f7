package io.nanoswarm.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nanoswarm.session.Goal;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What loads from a developer's jar, and what a developer is told when it does not. */
class AgentCodeTest {
  private static final String RATES =
      """
      package com.acme;
      public class Rates { public static String source() { return "acme"; } }
      """;

  private static final String AGENTS =
      """
      package com.acme;
      import io.nanoswarm.agent.*;
      class Agents {
        static final boolean BROKEN = true;
        static int broken() { if (BROKEN) throw new IllegalStateException("no licence"); return 1; }
      }
      """;

  private static String agent(String name, String body) {
    return """
    package com.acme;
    import io.nanoswarm.agent.*;
    public class %s implements Agent.Answering {
      %s
      public String answer(Task task) { return Rates.source(); }
    }
    """
        .formatted(name, body);
  }

  private final CodeLoaders loaders = new CodeLoaders();
  @TempDir private Path folder;

  @Test
  void an_agent_and_what_it_depends_on_come_from_its_jar() throws Exception {
    var code = code("Reviewer", jar("v1", agent("Reviewer", ""), RATES), "1");

    var agent = AgentClass.instantiate(code, loaders.of(code, folder));

    assertThat(((Agent.Answering) agent).answer(null)).isEqualTo("acme");
  }

  @Test
  void the_codes_own_library_goes_before_the_workers() throws Exception {
    var ours = "org.assertj.core.api.Assertions";
    var theirs = jar("lib", "package org.assertj.core.api;\npublic class Assertions {}");
    var loader = loaders.of(code("any", theirs, "1"), folder);

    assertThat(loader.loadClass(ours)).isNotSameAs(Class.forName(ours));
    assertThat(loader.loadClass("org.assertj.core.api.Assert")).as("not in the jar").isNotNull();
  }

  @Test
  void what_agent_and_worker_pass_to_each_other_is_the_workers_also_if_the_jar_has_it()
      throws Exception {
    var copy = jar("sdk", "package io.nanoswarm.session;\npublic class Goal {}");

    var loader = loaders.of(code("any", copy, "1"), folder);

    assertThat(loader.loadClass(Goal.class.getName())).isSameAs(Goal.class);
  }

  @Test
  void agents_of_one_version_share_classes_and_another_version_has_its_own() throws Exception {
    var jar = jar("v1", agent("Reviewer", ""), RATES);
    var one = code("Reviewer", jar, "1");

    assertThat(loaders.of(one, folder)).isSameAs(loaders.of(code("Other", jar, "1"), folder));
    assertThat(loaders.of(one, folder)).isNotSameAs(loaders.of(code("Reviewer", jar, "2"), folder));
  }

  @Test
  void services_are_those_of_the_code() throws Exception {
    var jar =
        jar(
            "services",
            RATES,
            "package com.acme;\npublic class Run implements Runnable { public void run() {} }");
    Path services = Files.createDirectories(folder.resolve("more/META-INF/services"));
    Files.writeString(services.resolve("java.lang.Runnable"), "com.acme.Run");
    var code = new AgentCode("any", List.of(part(jar), part(folder.resolve("more"))), "1");

    var found =
        ServiceLoader.load(Runnable.class, loaders.of(code, folder)).findFirst().orElseThrow();

    assertThat(found.getClass().getName()).isEqualTo("com.acme.Run");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Missing  | class com.acme.Missing was not found in its code (bad.jar)
          Rates    | com.acme.Rates is no io.nanoswarm.agent.Agent
          Shy      | com.acme.Shy is no public class with a public constructor without parameters
          Picky    | com.acme.Picky is no public class with a public constructor without parameters
          Failing  | the constructor of com.acme.Failing failed: java.lang.IllegalStateException: no licence
          Static   | com.acme.Static cannot be loaded: a static initializer failed: java.lang.IllegalStateException: no licence
          Lacking  | com.acme.Lacking cannot be loaded: class com.acme.Absent is missing: it is neither in the agent's code nor in the SDK; add the jar
          Building | the constructor of com.acme.Building failed: class com.acme.Absent is missing
          """)
  void a_developer_is_told_why_a_class_is_no_agent(String name, String message) throws Exception {
    var jar =
        CodeJar.make(
            folder.resolve("bad.jar"),
            file -> !file.endsWith("Absent.class"),
            AGENTS,
            RATES,
            "package com.acme;\npublic class Absent {}",
            agent("Shy", "private Shy() {}"),
            agent("Picky", "public Picky(int port) {}"),
            agent("Failing", "public Failing() { Agents.broken(); }"),
            agent("Static", "static final int X = Agents.broken();"),
            agent("Lacking", "Absent absent;"),
            agent("Building", "public Building() { new Absent(); }"));
    var code = code(name, jar, "1");

    assertThatThrownBy(() -> AgentClass.instantiate(code, loaders.of(code, folder)))
        .isInstanceOf(AgentClass.NotAnAgent.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void code_for_a_newer_java_is_told_by_its_number() throws Exception {
    Path jar = jar("new", agent("Reviewer", ""), RATES);
    Path classes = folder.resolve("newer/com/acme");
    Files.createDirectories(classes);
    try (var loader = new URLClassLoader(new java.net.URL[] {jar.toUri().toURL()});
        InputStream in = loader.getResourceAsStream("com/acme/Reviewer.class")) {
      byte[] bytes = in.readAllBytes();
      bytes[7] = 99;
      Files.write(classes.resolve("Reviewer.class"), bytes);
    }
    var code = code("Reviewer", folder.resolve("newer"), "1");

    assertThatThrownBy(() -> AgentClass.instantiate(code, loaders.of(code, folder)))
        .hasMessageContaining("com.acme.Reviewer was compiled for Java 55, agents run on Java")
        .hasMessageContaining("--release");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "..", "../x.jar", "/x.jar", "a/x.jar"})
  void a_part_is_named_without_a_path(String name) {
    assertThatThrownBy(() -> new AgentCode.Part(name, false, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + name + "' (expected: the name of a jar or folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "a/b"})
  void a_version_is_the_name_of_a_folder(String version) {
    var part = new AgentCode.Part("x.jar", false, null);

    assertThatThrownBy(() -> new AgentCode("com.acme.Agent", List.of(part), version))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + version + "'");
  }

  private Path jar(String name, String... sources) throws IOException {
    return CodeJar.make(folder.resolve(name + ".jar"), _ -> true, sources);
  }

  private static AgentCode code(String name, Path path, String version) {
    return new AgentCode("com.acme." + name, List.of(part(path)), version);
  }

  private static AgentCode.Part part(Path path) {
    return new AgentCode.Part(path.getFileName().toString(), Files.isDirectory(path), null);
  }
}
