package io.nanoswarm.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.artifact.ArtifactStore;
import io.nanoswarm.artifact.FileArtifactStore;
import io.nanoswarm.artifact.PackedFolder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeFoldersTest {
  @TempDir Path folder;
  private Path all;
  private ArtifactStore artifacts;

  @BeforeEach
  void open() {
    all = folder.resolve("cache/code");
    artifacts = new FileArtifactStore(folder.resolve("artifacts"));
  }

  private CodeFolders folders() {
    return new CodeFolders(all, "machine m:1");
  }

  @Test
  void jars_and_folders_are_made_of_their_copies_once() throws Exception {
    var code = code(jar(artifacts.put("jar".getBytes(UTF_8))), classes(artifacts.put(packed())));

    Path made = folders().of(code, artifacts);
    Path again = folders().of(code, new FileArtifactStore(folder.resolve("nothing")));

    assertThat(made).isEqualTo(all.resolve("v1")).isEqualTo(again);
    assertThat(made.resolve("00-agent.jar")).hasContent("jar");
    assertThat(made.resolve("01-classes/com/acme/Größe.class")).hasContent("bytes");
    assertNothingElse();
  }

  @Test
  void a_folder_of_no_files_is_a_folder() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    byte[] copy = PackedFolder.pack(empty, List.of(), ZipEntry.STORED);

    Path made = folders().of(code(classes(artifacts.put(copy))), artifacts);

    assertThat(made.resolve("01-classes")).isEmptyDirectory();
  }

  @Test
  void several_at_once_make_one_whole_folder() throws Exception {
    var code = code(jar(artifacts.put(new byte[200_000])), classes(artifacts.put(packed())));
    var together = new CyclicBarrier(8);
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<Future<Path>> made =
          IntStream.range(0, 8)
              .mapToObj(_ ->
                  threads.submit(() -> {
                    var own = folders();
                    together.await(30, TimeUnit.SECONDS);
                    return own.of(code, artifacts);
                  }))
              .toList();
      for (var each : made) {
        assertThat(each.get(30, TimeUnit.SECONDS).resolve("00-agent.jar")).hasSize(200_000);
      }
    }
    assertThat(all.resolve("v1/01-classes/com/acme/Größe.class")).hasContent("bytes");
    assertNothingElse();
  }

  @Test
  void a_copy_that_is_damaged_is_told_and_leaves_nothing() throws Exception {
    var ref = artifacts.put("jar".getBytes(UTF_8));
    try (var files = Files.walk(folder.resolve("artifacts"))) {
      Files.writeString(files.filter(Files::isRegularFile).findFirst().orElseThrow(), "raj");
    }

    assertThatThrownBy(() -> folders().of(code(jar(ref)), artifacts))
        .isInstanceOfSatisfying(
            CodeFolders.CodeMissing.class, why -> assertThat(why.isForGood()).isFalse())
        .hasMessageStartingWith(
            "the code of com.acme.Agent (agent.jar) is not on machine m:1, at " + all)
        .hasMessageContaining("do not match");
    assertThat(all).isEmptyDirectory();
  }

  @Test
  void a_part_that_was_not_copied_is_told_and_trying_again_is_pointless() {
    assertThatThrownBy(() -> folders().of(code(jar(null)), artifacts))
        .isInstanceOfSatisfying(
            CodeFolders.CodeMissing.class, why -> assertThat(why.isForGood()).isTrue())
        .hasMessageContaining("(agent.jar) is not on machine m:1")
        .hasMessageContaining("was not copied");
  }

  @Test
  void nothing_is_written_outside_the_folder() throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("../../evil.txt"));
      zip.write(1);
      zip.closeEntry();
    }
    var code = code(classes(artifacts.put(bytes.toByteArray())));

    assertThatThrownBy(() -> folders().of(code, artifacts))
        .isInstanceOf(CodeFolders.CodeMissing.class)
        .hasMessageContaining("outside its folder: ../../evil.txt");
    assertThat(all).isEmptyDirectory();
    assertThat(all.resolveSibling("evil.txt")).doesNotExist();
  }

  private byte[] packed() throws IOException, PackedFolder.TooLarge {
    Path file = folder.resolve("built/com/acme/Größe.class");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "bytes");
    return PackedFolder.pack(
        folder.resolve("built"), List.of("com/acme/Größe.class"), ZipEntry.STORED);
  }

  private static AgentCode code(AgentCode.Part... parts) {
    return new AgentCode("com.acme.Agent", List.of(parts), "v1");
  }

  private static AgentCode.Part jar(ArtifactRef copy) {
    return new AgentCode.Part("00-agent.jar", false, copy);
  }

  private static AgentCode.Part classes(ArtifactRef copy) {
    return new AgentCode.Part("01-classes", true, copy);
  }

  private void assertNothingElse() throws IOException {
    try (var left = Files.list(all)) {
      assertThat(left).containsExactly(all.resolve("v1"));
    }
  }
}
