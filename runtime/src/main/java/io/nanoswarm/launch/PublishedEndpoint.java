package io.nanoswarm.launch;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Where a running node is reached, as a file in its data folder that its user alone can read.
 *
 * @param uri of the loopback endpoint
 * @param token without which it answers nothing
 * @param pid of the node: a crashed one leaves the file behind
 */
public record PublishedEndpoint(String uri, String token, long pid) {
  private static final String FILE = "endpoint.json";
  private static final JsonMapper JSON = new JsonMapper();

  /** What the node of a data folder has published, if its process still runs. */
  public static Optional<PublishedEndpoint> find(Path dataFolder) {
    try {
      return Optional.of(JSON.readValue(dataFolder.resolve(FILE).toFile(), PublishedEndpoint.class))
          .filter(endpoint -> ProcessHandle.of(endpoint.pid()).isPresent());
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** Never seen half written, nor with wider permissions. */
  void write(Path dataFolder) throws IOException {
    var temporary = dataFolder.resolve(FILE + ".tmp");
    Files.deleteIfExists(temporary);
    Files.createFile(temporary, forMyEyesOnly(dataFolder));
    Files.write(temporary, JSON.writeValueAsBytes(this));
    Files.move(temporary, dataFolder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
  }

  static void remove(Path dataFolder) throws IOException {
    Files.deleteIfExists(dataFolder.resolve(FILE));
  }

  private static FileAttribute<?>[] forMyEyesOnly(Path folder) {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /** Without the token: this text may end up in a log. */
  @Override
  public String toString() {
    return "PublishedEndpoint[%s, pid %d]".formatted(uri, pid);
  }
}
