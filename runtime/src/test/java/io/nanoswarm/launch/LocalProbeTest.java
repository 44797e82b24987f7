package io.nanoswarm.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.placement.Offers;
import io.nanoswarm.placement.PlacementSettings;
import io.nanoswarm.session.Need;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalProbeTest {
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    blocking.shutdownNow();
  }

  @Test
  void a_program_is_found_on_the_path_and_run_only_if_its_version_is_wanted() throws Exception {
    program("gh", "touch " + folder.resolve("ran") + "; echo 'gh version 2.40.1 (2023-12-13)'");

    assertThat(probe("bin:gh", "bin:nope").programs()).isEqualTo(Map.of("gh", ""));
    assertThat(folder.resolve("ran")).doesNotExist();

    assertThat(probe("bin:gh", "bin:gh>=2").programs()).isEqualTo(Map.of("gh", "2.40.1"));
  }

  @Test
  void a_version_is_asked_for_once_until_the_program_changes() throws Exception {
    program("tool", "echo x >> " + folder.resolve("runs") + "; echo 1.5");
    var probe = probe();
    for (int i = 0; i < 3; i++) {
      assertThat(offers(probe, "bin:tool>=1").programs()).containsEntry("tool", "1.5");
    }
    assertThat(folder.resolve("runs")).hasContent("x");

    program("tool", "echo tool, the second edition, is at 2.0.1");
    assertThat(offers(probe, "bin:tool>=1").programs()).containsEntry("tool", "2.0.1");
  }

  @Test
  void a_program_that_tells_no_version_in_time_has_none_and_is_ended() throws Exception {
    program("hangs", "echo $$ > " + folder.resolve("pid") + "; exec sleep 600");

    assertThat(probe("bin:hangs>=1").programs()).containsEntry("hangs", "");

    long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    assertThat(ProcessHandle.of(pid).map(ProcessHandle::onExit))
        .satisfiesAnyOf(
            exit -> assertThat(exit).isEmpty(),
            exit -> assertThat(exit.orElseThrow()).succeedsWithin(Duration.ofSeconds(10)));
  }

  @Test
  void variables_are_told_by_name_alone_and_only_those_that_are_asked_for() throws Exception {
    var offers = probe("env:GH_TOKEN", "env:NOT_SET", "env:EMPTY");

    assertThat(offers.variables()).containsExactly("GH_TOKEN");
    assertThat(offers.toString()).doesNotContain("very secret").doesNotContain("OTHER");
  }

  @Test
  void the_machine_itself_is_told_in_any_case() throws Exception {
    var offers = probe();

    Offers machine = offers(offers);
    assertThat(machine.os()).isNotEmpty();
    assertThat(machine.memoryMegabytes()).isPositive();
    assertThat(machine.cores()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(machine.labels()).containsExactly("gpu");
    assertThat(offers(offers, "runtime:java>=25").lacking(needs("runtime:java>=25"))).isEmpty();
  }

  @Test
  void of_an_interpreter_all_versions_that_are_needed_are_offered() throws Exception {
    program("python95.4", "echo 95.4.1 /bin/python95.4");
    program("python3", "echo 96.0.2 /bin/python3");

    var wanted = new String[] {"runtime:python>=96", "runtime:python=95.4", "runtime:python=95.5"};

    var offers = probe(wanted);

    assertThat(offers.runtimes()).containsOnly(Map.entry("python", List.of("95.4.1", "96.0.2")));
    assertThat(offers.lacking(needs(wanted))).isEqualTo(needs("runtime:python=95.5"));
    assertThat(probe("runtime:python").lacking(needs("runtime:python"))).isEmpty();
    assertThat(probe("runtime:python>=95.4rc1").lacking(needs("runtime:python>=95.4rc1")))
        .isEmpty();
  }

  @Test
  void of_several_names_any_is_offered() throws Exception {
    program("rg", "");

    assertThat(probe("bin:ag|rg").lacking(needs("bin:ag|rg", "bin:ag"))).isEqualTo(needs("bin:ag"));
  }

  @Test
  void versions_are_found_in_what_programs_print() {
    assertThat(
            Stream.of(
                "git version 2.43.0",
                "v20.11.1",
                "openjdk version \"25\" 2025-09-16",
                "jq-1.7.1",
                "Python 3.11.4",
                "go version go1.22.1 linux/amd64",
                "usage: this program tells nothing"))
        .extracting(ProgramVersions::version)
        .containsExactly("2.43.0", "20.11.1", "25", "1.7.1", "3.11.4", "1.22.1", "");
  }

  private void program(String name, String script) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private LocalProbe probe() {
    var settings = new PlacementSettings(Set.of("gpu"), Duration.ofSeconds(3));
    var environment =
        Map.of(
            "PATH",
            folder + ":/usr/bin:/bin",
            "GH_TOKEN",
            "very secret",
            "OTHER",
            "very secret",
            "EMPTY",
            "");
    return new LocalProbe(settings, environment, blocking);
  }

  private Offers probe(String... needs) throws Exception {
    return offers(probe(), needs);
  }

  private static Offers offers(LocalProbe probe, String... needs) throws Exception {
    return probe.probe(needs(needs)).toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static List<Need> needs(String... needs) {
    return Stream.of(needs).map(Need::new).toList();
  }
}
