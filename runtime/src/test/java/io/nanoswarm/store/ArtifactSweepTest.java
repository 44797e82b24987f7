package io.nanoswarm.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.artifact.FileArtifactStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactSweepTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @TempDir Path folder;

  @Test
  void what_an_event_refers_to_or_is_young_stays_and_the_rest_goes() throws Exception {
    var rows = new SessionRows(new H2File(folder.resolve("journal"), folder.resolve("artifacts")));
    var store = new FileArtifactStore(folder.resolve("artifacts"));
    ArtifactRef wanted = put(store, "wanted", NOW.minus(ArtifactSweep.GRACE.multipliedBy(2)));
    ArtifactRef young = put(store, "young", NOW.minusSeconds(60));
    ArtifactRef old = put(store, "old", NOW.minus(ArtifactSweep.GRACE.multipliedBy(2)));
    event(rows, "{\"manifest\":{\"sha256\":\"%s\"}}".formatted(wanted.sha256()));

    var swept = new ArtifactSweep(rows, folder.resolve("artifacts")).sweep(NOW);

    assertThat(swept).isEqualTo(new ArtifactSweep.Swept(1, old.size()));
    assertThat(file(wanted)).exists();
    assertThat(file(young)).exists();
    assertThat(file(old)).doesNotExist();
  }

  private ArtifactRef put(FileArtifactStore store, String content, Instant at) throws IOException {
    ArtifactRef ref = store.put(content.getBytes(StandardCharsets.UTF_8));
    Files.setLastModifiedTime(file(ref), FileTime.from(at));
    return ref;
  }

  private Path file(ArtifactRef ref) {
    return folder
        .resolve("artifacts")
        .resolve(ref.sha256().substring(0, 2))
        .resolve(ref.sha256().substring(2));
  }

  private static void event(SessionRows rows, String json) throws SQLException {
    try (var connection = rows.database().connect();
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE \"event_journal\" (\"event_payload\" BLOB NOT NULL)");
      try (var insert = connection.prepareStatement("INSERT INTO \"event_journal\" VALUES (?)")) {
        insert.setBinaryStream(1, new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        insert.executeUpdate();
      }
    }
  }
}
