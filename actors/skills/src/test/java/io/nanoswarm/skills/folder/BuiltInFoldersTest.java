package io.nanoswarm.skills.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class BuiltInFoldersTest {
  @TempDir Path cache;

  @Test
  void every_file_of_the_program_is_unpacked_and_nothing_else() throws Exception {
    Path resources = Path.of(BuiltInFolders.class.getResource("built-in").toURI());

    assertThat(files(new BuiltInFolders(cache).unpacked()))
        .isEqualTo(files(resources))
        .containsExactlyInAnyOrderElementsOf(BuiltInFolders.FILES);
  }

  @Test
  void they_are_unpacked_once_and_by_all_processes_to_the_same_place() throws Exception {
    int many = 8;
    var together = new CyclicBarrier(many);
    var places = new ArrayList<Path>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Path> unpack =
          () -> {
            together.await(30, TimeUnit.SECONDS);
            return new BuiltInFolders(cache).unpacked();
          };
      for (Future<Path> each :
          threads.invokeAll(Stream.generate(() -> unpack).limit(many).toList())) {
        places.add(each.get());
      }
    }

    assertThat(places).containsOnly(places.getFirst());
    try (var left = Files.list(places.getFirst().getParent())) {
      assertThat(left).containsExactly(places.getFirst());
    }
    var unpackedAt = Files.getLastModifiedTime(places.getFirst());
    assertThat(Files.getLastModifiedTime(new BuiltInFolders(cache).unpacked()))
        .isEqualTo(unpackedAt);
  }

  @Test
  void what_comes_with_the_program_is_written_as_it_tells_others_to() throws Exception {
    for (String name : BuiltInFolders.names()) {
      var folder = SkillFolder.read(new BuiltInFolders(cache).unpacked().resolve(name));

      assertThat(folder.problem()).as(name).isEmpty();
      assertThat(folder.description()).as(name).isEqualTo(BuiltInFolders.description(name));
      assertThat(folder.description()).as(name).isNotEqualTo(name);
      assertThat(folder.needs()).as(name).isEqualTo(BuiltInFolders.needs(name));
    }
  }

  @Test
  void its_script_begins_a_skill_that_can_be_read() throws Exception {
    var authoring =
        SkillFolder.read(new BuiltInFolders(cache).unpacked().resolve("skill-authoring"));
    String command =
        authoring
            .instructions()
            .lines()
            .filter(line -> line.contains("scripts/new-skill.sh"))
            .findFirst()
            .orElseThrow()
            .replaceAll(".*`(.*)`.*", "$1")
            .replace("NAME", "greet")
            .replace(" skills", " " + cache.resolve("skills"));

    assertThat(run(command)).isZero();
    assertThat(new SkillFolders(List.of()).in(cache))
        .extracting(SkillFolders.Found::name, SkillFolders.Found::source)
        .containsExactly(tuple("greet", SkillFolders.Source.WORKSPACE));
    assertThat(SkillFolder.read(cache.resolve("skills/greet")).problem()).isEmpty();
    assertThat(run(command)).as("it writes over nothing").isEqualTo(1);
  }

  private static int run(String command) throws Exception {
    return new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor();
  }

  private static List<String> files(Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }
}
