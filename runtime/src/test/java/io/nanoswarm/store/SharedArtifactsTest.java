package io.nanoswarm.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nanoswarm.artifact.ArtifactCopies;
import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.artifact.ArtifactsAway;
import io.nanoswarm.store.DatabaseSettings.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two control nodes over a real PostgreSQL. */
class SharedArtifactsTest {
  private static final byte[] CONTENT = "content".getBytes(UTF_8);
  private static final ArtifactRef REF = ArtifactRef.of(CONTENT);

  @TempDir Path folder;
  private TestPostgreSql server;
  private String database;
  private JournalDatabase journal;

  @BeforeEach
  void open() throws Exception {
    server = TestPostgreSql.shared();
    database = server.newDatabase();
    journal = server.journal(database, folder);
    journal.prepare();
  }

  @Test
  void what_one_node_has_put_another_gets() throws IOException {
    assertThat(node("one").put(CONTENT)).isEqualTo(REF);

    assertThat(node("two").get(REF)).isEqualTo(CONTENT);
  }

  @Test
  void megabytes_of_any_bytes_come_back_unchanged() throws IOException {
    var large = new byte[3 * 1024 * 1024];
    new Random(1).nextBytes(large);

    assertThat(node("two").get(node("one").put(large))).isEqualTo(large);
  }

  @Test
  void what_a_node_has_read_it_has_a_copy_of() throws Exception {
    node("one").put(CONTENT);
    node("two").get(REF);

    server.execute(database, "DELETE FROM artifact");

    assertThat(node("two").get(REF)).isEqualTo(CONTENT);
  }

  @Test
  void what_nobody_has_put_is_named_with_where_it_was_looked_for() {
    assertThatThrownBy(() -> node("one").get(REF))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("artifact %s is not kept at %s", REF.sha256(), journal.name());
  }

  @Test
  void a_database_that_is_not_as_it_should_be_is_not_taken_for_one_that_is_away() throws Exception {
    server.execute(database, "ALTER TABLE artifact RENAME TO moved");

    assertThatThrownBy(() -> node("one").get(REF)).isExactlyInstanceOf(IOException.class);
    assertThatThrownBy(() -> node("two").put(CONTENT)).isExactlyInstanceOf(IOException.class);
  }

  @Test
  void content_that_is_damaged_in_the_database_is_not_handed_out() throws Exception {
    node("one").put(CONTENT);
    server.execute(database, "UPDATE artifact SET content = 'other'");

    assertThatThrownBy(() -> node("two").get(REF))
        .isInstanceOf(IOException.class)
        .hasMessage("artifact %s: what is stored of it has another hash", REF.sha256());
  }

  @Test
  void a_database_that_is_away_is_named() {
    var away =
        new SharedArtifacts(
            TestPostgreSql.journal(
                new Server("jdbc:postgresql://localhost:1/swarm", "u", null, 2), folder),
            copies("away"));

    assertThatThrownBy(() -> away.put(CONTENT))
        .isInstanceOf(ArtifactsAway.class)
        .hasMessageStartingWith(
            "artifact %s cannot be kept at postgresql://localhost:1/swarm: ", REF.sha256());
    assertThatThrownBy(() -> away.get(ArtifactRef.of("another".getBytes(UTF_8))))
        .isInstanceOf(ArtifactsAway.class)
        .hasMessageContaining("cannot be read from postgresql://localhost:1/swarm: ");
  }

  @Test
  void of_what_is_old_the_sweep_deletes_what_no_event_refers_to_and_nobody_put_again()
      throws Exception {
    var one = node("one");
    ArtifactRef wanted = one.put("wanted".getBytes(UTF_8));
    ArtifactRef again = one.put("again".getBytes(UTF_8));
    ArtifactRef old = one.put("old".getBytes(UTF_8));
    ArtifactRef copy = one.put("copy".getBytes(UTF_8));
    ArtifactRef swarm =
        one.put("{\"copies\":[\"%s\"],\"name\":\"a\"}".formatted(copy.sha256()).getBytes(UTF_8));
    one.put("{\"copies\":[\"%s\"],\"name\":\"b\"}".formatted(old.sha256()).getBytes(UTF_8));
    server.execute(database, "UPDATE artifact SET put_at = put_at - INTERVAL '2 days'");
    one.put("again".getBytes(UTF_8));
    ArtifactRef young = one.put("young".getBytes(UTF_8));
    server.execute(
        database,
        """
        INSERT INTO event_journal (persistence_id, sequence_number, writer, event_ser_id,
            event_ser_manifest, event_payload)
        VALUES ('session|a', 1, 'w', 1, '', convert_to('{"sha256":"%s","swarm":"%s"}', 'UTF8'))
        """
            .formatted(wanted.sha256(), swarm.sha256()));

    new ArtifactSweep(new SessionRows(journal), folder.resolve("none")).sweep(Instant.now());

    var two = node("two");
    assertThat(two.get(wanted)).asString(UTF_8).isEqualTo("wanted");
    assertThat(two.get(copy)).asString(UTF_8).isEqualTo("copy");
    assertThat(two.get(again)).asString(UTF_8).isEqualTo("again");
    assertThat(two.get(young)).asString(UTF_8).isEqualTo("young");
    assertThatThrownBy(() -> two.get(old)).hasMessageContaining("is not kept");
  }

  private SharedArtifacts node(String name) {
    return new SharedArtifacts(journal, copies(name));
  }

  private ArtifactCopies copies(String name) {
    return new ArtifactCopies(folder.resolve(name), Long.MAX_VALUE, InstantSource.system());
  }
}
