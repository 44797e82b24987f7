package io.nanoswarm.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptCodeTest {
  @TempDir Path folder;

  @Test
  void the_same_contents_are_the_same_version_and_kept_once() throws IOException {
    var code = new KeptCode(folder.resolve("kept"));
    String jar = file("agent.jar", "one");

    var first = code.keep(List.of(jar));
    var again = code.keep(List.of(file("agent.jar", "one")));

    assertThat(again).isEqualTo(first);
    try (var kept = Files.list(folder.resolve("kept"))) {
      assertThat(kept).containsExactly(folder.resolve("kept").resolve(first.version()));
    }
  }

  @Test
  void other_contents_are_another_version_and_the_first_stays_as_it_was() throws IOException {
    var code = new KeptCode(folder.resolve("kept"));

    var first = code.keep(List.of(file("agent.jar", "one")));
    var second = code.keep(List.of(file("agent.jar", "two")));

    assertThat(second.version()).isNotEqualTo(first.version());
    assertThat(Path.of(first.classPath().getFirst())).hasContent("one");
    assertThat(Path.of(second.classPath().getFirst())).hasContent("two");
  }

  @Test
  void folders_are_kept_with_all_that_is_in_them() throws IOException {
    var code = new KeptCode(folder.resolve("kept"));
    file("classes/com/acme/Agent.class", "bytes");

    var kept = code.keep(List.of(folder.resolve("classes").toString()));

    assertThat(kept.holds("com.acme.Agent")).isTrue();
    assertThat(kept.holds("com.acme.Agnet")).isFalse();
    assertThat(kept.classes()).containsExactly("com.acme.Agent");
  }

  @Test
  void files_of_one_name_do_not_hide_each_other() throws IOException {
    var code = new KeptCode(folder.resolve("kept"));

    var kept = code.keep(List.of(file("a/x.jar", "a"), file("b/x.jar", "b")));

    assertThat(kept.classPath().stream().map(Path::of))
        .satisfiesExactly(
            first -> assertThat(first).hasContent("a"),
            second -> assertThat(second).hasContent("b"));
  }

  @Test
  void what_is_no_jar_is_told_by_its_own_name() throws IOException {
    var kept = new KeptCode(folder.resolve("kept")).keep(List.of(file("agent.jar", "no jar")));

    assertThatThrownBy(() -> kept.holds("com.acme.Agent"))
        .isInstanceOf(ZipException.class)
        .hasMessageStartingWith("agent.jar is no jar");
  }

  @Test
  void what_is_not_there_is_not_kept_and_leaves_nothing() throws IOException {
    var code = new KeptCode(folder.resolve("kept"));

    assertThatThrownBy(() -> code.keep(List.of(folder.resolve("gone.jar").toString())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("gone.jar");
    assertThat(folder.resolve("kept")).isEmptyDirectory();
    code.clear();
    assertThat(folder.resolve("kept")).doesNotExist();
  }

  private String file(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content).toString();
  }
}
