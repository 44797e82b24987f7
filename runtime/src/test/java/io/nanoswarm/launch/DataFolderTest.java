package io.nanoswarm.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nanoswarm.launch.DataFolderProblem.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
  @TempDir Path temporary;

  @Test
  void isInUseUntilItIsClosed() throws Exception {
    var root = temporary.resolve("deep/data");
    try (var data = DataFolder.open(root)) {
      assertThat(data.logs()).isDirectory();
      var problem = problem(root);
      assertThat(problem.kind()).isEqualTo(Kind.IN_USE);
      assertThat(problem).hasMessageContaining("pid " + ProcessHandle.current().pid());
    }
    DataFolder.open(root).close();
  }

  @Test
  void isNoFile() throws Exception {
    var file = Files.createFile(temporary.resolve("file"));
    assertThat(problem(file).kind()).isEqualTo(Kind.NOT_A_FOLDER);
    var inside = Files.createDirectory(temporary.resolve("data"));
    Files.createFile(inside.resolve("logs"));
    assertThat(problem(inside).kind()).isEqualTo(Kind.NOT_A_FOLDER);
  }

  @Test
  void leavesWhatANewerVersionWroteAsItIs() throws Exception {
    var root = temporary.resolve("data");
    DataFolder.open(root).close();
    Files.writeString(root.resolve("version"), "999\n");
    assertThat(problem(root).kind()).isEqualTo(Kind.NEWER_VERSION);
    assertThat(root.resolve("version")).hasContent("999");
  }

  @Test
  void leavesWhatAnOlderVersionWroteAsItIs() throws Exception {
    var root = temporary.resolve("data");
    DataFolder.open(root).close();
    Files.writeString(root.resolve("version"), "1\n");
    assertThat(problem(root).kind()).isEqualTo(Kind.OLDER_VERSION);
    assertThat(problem(root)).hasMessageContaining("has format 1 (expected: 2)");
    assertThat(root.resolve("version")).hasContent("1");
  }

  @Test
  void saysWhatTheOperatingSystemRefuses() {
    assertThat(DataFolder.problem(temporary, new AccessDeniedException("x")).kind())
        .isEqualTo(Kind.NOT_WRITABLE);
    assertThat(
            DataFolder.problem(
                    temporary, new FileSystemException("x", null, "No space left on device"))
                .kind())
        .isEqualTo(Kind.DISK_FULL);
    assertThat(DataFolder.problem(temporary, new IOException("No space left on device")).kind())
        .isEqualTo(Kind.DISK_FULL);
  }

  @Test
  void theEndpointIsForTheEyesOfItsUserAndGoesWhenTheNodeCloses() throws Exception {
    var root = temporary.resolve("data");
    var endpoint =
        new PublishedEndpoint("http://127.0.0.1:1", "secret", ProcessHandle.current().pid());
    try (var data = DataFolder.open(root)) {
      data.publish(endpoint);
      assertThat(PublishedEndpoint.find(root)).contains(endpoint);
      var permissions = Files.getPosixFilePermissions(root.resolve("endpoint.json"));
      assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rw-------");
      assertThat(endpoint.toString()).doesNotContain("secret");
    }
    assertThat(PublishedEndpoint.find(root)).isEmpty();
  }

  private static DataFolderProblem problem(Path root) {
    return catchThrowableOfType(DataFolderProblem.class, () -> DataFolder.open(root));
  }
}
