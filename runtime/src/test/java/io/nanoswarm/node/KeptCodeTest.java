package io.nanoswarm.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nanoswarm.agent.AgentCode;
import io.nanoswarm.artifact.ArtifactStore;
import io.nanoswarm.artifact.FileArtifactStore;
import io.nanoswarm.artifact.PackedFolder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptCodeTest {
  @TempDir Path folder;

  @Test
  void the_same_contents_are_the_same_version_and_kept_once() throws Exception {
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
  void other_contents_are_another_version_and_the_first_stays_as_it_was() throws Exception {
    var code = new KeptCode(folder.resolve("kept"));

    var first = code.keep(List.of(file("agent.jar", "one")));
    var second = code.keep(List.of(file("agent.jar", "two")));

    assertThat(second.version()).isNotEqualTo(first.version());
    assertThat(Path.of(first.classPath().getFirst())).hasContent("one");
    assertThat(Path.of(second.classPath().getFirst())).hasContent("two");
  }

  @Test
  void folders_are_kept_with_all_that_is_in_them() throws Exception {
    var code = new KeptCode(folder.resolve("kept"));
    file("classes/com/acme/Agent.class", "bytes");

    var kept = code.keep(List.of(folder.resolve("classes").toString()));

    assertThat(kept.holds("com.acme.Agent")).isTrue();
    assertThat(kept.holds("com.acme.Agnet")).isFalse();
    assertThat(kept.classes()).containsExactly("com.acme.Agent");
  }

  @Test
  void files_of_one_name_do_not_hide_each_other() throws Exception {
    var code = new KeptCode(folder.resolve("kept"));

    var kept = code.keep(List.of(file("a/x.jar", "a"), file("b/x.jar", "b")));

    assertThat(kept.classPath().stream().map(Path::of))
        .satisfiesExactly(
            first -> assertThat(first).hasContent("a"),
            second -> assertThat(second).hasContent("b"));
  }

  @Test
  void what_is_no_jar_is_told_by_its_own_name() throws Exception {
    var kept = new KeptCode(folder.resolve("kept")).keep(List.of(file("agent.jar", "no jar")));

    assertThatThrownBy(() -> kept.holds("com.acme.Agent"))
        .isInstanceOf(ZipException.class)
        .hasMessageStartingWith("agent.jar is no jar");
  }

  @Test
  void what_is_not_there_is_not_kept_and_leaves_nothing() throws Exception {
    var code = new KeptCode(folder.resolve("kept"));

    assertThatThrownBy(() -> code.keep(List.of(folder.resolve("gone.jar").toString())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("gone.jar");
    assertThat(folder.resolve("kept")).isEmptyDirectory();
    code.clear();
    assertThat(folder.resolve("kept")).doesNotExist();
  }

  @Test
  void the_same_files_are_the_same_code_wherever_they_are_kept() throws Exception {
    file("a/classes/com/acme/Agent.class", "bytes");
    file("b/classes/com/acme/Agent.class", "bytes");
    var one = new KeptCode(folder.resolve("one"), artifacts("one"));
    var two = new KeptCode(folder.resolve("two"), artifacts("two"));

    var first = one.keep(List.of(file("a/x.jar", "jar"), folder.resolve("a/classes").toString()));
    var second = two.keep(List.of(file("b/x.jar", "jar"), folder.resolve("b/classes").toString()));

    assertThat(second.code("com.acme.Agent")).isEqualTo(first.code("com.acme.Agent"));
    assertThat(second.parts()).allSatisfy(part -> assertThat(part.copy()).isNotNull());
  }

  @Test
  void copies_are_made_only_where_other_machines_may_need_them() throws Exception {
    var kept = new KeptCode(folder.resolve("kept")).keep(List.of(file("x.jar", "jar")));

    assertThat(kept.parts()).containsExactly(new AgentCode.Part("00-x.jar", false, null));
  }

  @Test
  void of_its_copies_code_is_kept_as_it_was() throws Exception {
    var one = new KeptCode(folder.resolve("one"), artifacts("shared"));
    var two = new KeptCode(folder.resolve("two"), artifacts("shared"));
    file("classes/com/acme/Agent.class", "bytes");
    var before = one.keep(List.of(folder.resolve("classes").toString()));

    var kept =
        two.keep(new KeptSwarm.Copies(before.version(), before.parts()), artifacts("shared"));

    assertThat(kept.code("any")).isEqualTo(before.code("any"));
    assertThat(kept.holds("com.acme.Agent")).isTrue();
  }

  @Test
  void what_is_too_large_to_be_copied_is_told_by_its_name_and_kept_where_nothing_is_copied()
      throws Exception {
    String jar = folder.resolve("large.jar").toString();
    try (var file = new RandomAccessFile(jar, "rw")) {
      file.setLength(PackedFolder.MOST_BYTES + 1L);
    }
    String classes = Files.createDirectories(folder.resolve("classes")).toString();
    Files.copy(Path.of(jar), folder.resolve("classes/Large.class"));
    var code = new KeptCode(folder.resolve("kept"), artifacts("shared"));

    assertThatThrownBy(() -> code.keep(List.of(jar)))
        .isInstanceOf(KeptCode.TooLarge.class)
        .hasMessage("large.jar has more than can be copied to other machines (at most 16 MiB)");
    assertThatThrownBy(() -> code.keep(List.of(classes)))
        .isInstanceOf(KeptCode.TooLarge.class)
        .hasMessageStartingWith("classes has more");
    assertThat(new KeptCode(folder.resolve("alone")).keep(List.of(jar)).parts()).hasSize(1);
  }

  private ArtifactStore artifacts(String name) {
    return new FileArtifactStore(folder.resolve("artifacts").resolve(name));
  }

  private String file(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content).toString();
  }
}
