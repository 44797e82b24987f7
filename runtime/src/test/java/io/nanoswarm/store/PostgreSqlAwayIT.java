package io.nanoswarm.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nanoswarm.channel.DurableChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL that is killed, and one that is away: a node of its own stays up meanwhile. */
class PostgreSqlAwayIT {
  private static final Duration AWAY = Duration.ofSeconds(20);

  @TempDir Path folder;
  private TestPostgreSql server;
  private JournalDatabase journal;

  @BeforeEach
  void aServerOfItsOwn() throws Exception {
    server = TestPostgreSql.start(folder);
    journal = server.journal(server.newDatabase(), Files.createDirectories(folder.resolve("node")));
    journal.prepare();
  }

  @AfterEach
  void end() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  /** The server itself is configured not to wait for its disk. */
  @Test
  void what_was_confirmed_before_a_kill_of_the_database_is_there_after_its_restart()
      throws Exception {
    try (var node = new Entities(journal)) {
      var channel = node.channel("news");
      node.publish(channel, "first", Entities.PATIENCE).join();
      var publishing = new ArrayList<CompletableFuture<DurableChannel.PublishReply>>();
      for (int i = 0; i < 2000; i++) {
        publishing.add(node.publish(channel, "message " + i, AWAY));
      }
      publishing.get(50).join();
      server.kill();
      long confirmed = 1 + publishing.stream().filter(PostgreSqlAwayIT::isConfirmed).count();
      assertThat(confirmed).isBetween(51L, 2000L);

      server.restart();

      assertThat(node.heard(node.channel("news"), (int) confirmed)).hasSize((int) confirmed);
      assertThat(node.remembers(node.memory("ses1", "a"), "k", "v", Entities.PATIENCE))
          .as("the node goes on")
          .isTrue();
    }
  }

  /** Replies of those that failed never come. */
  private static boolean isConfirmed(CompletableFuture<DurableChannel.PublishReply> publishing) {
    try {
      return publishing.join() instanceof DurableChannel.Published;
    } catch (RuntimeException _) {
      return false;
    }
  }

  @Test
  void while_the_database_is_away_nothing_is_confirmed_and_the_node_goes_on_when_it_is_back()
      throws Exception {
    try (var node = new Entities(journal)) {
      var memory = node.memory("ses1", "a");
      assertThat(node.remembers(memory, "before", "v", Entities.PATIENCE)).isTrue();
      JournalQuery.run(journal, Entities.PATIENCE);
      server.kill();

      assertThatThrownBy(() -> JournalQuery.run(journal, Entities.PATIENCE))
          .isInstanceOf(SQLException.class);
      var meanwhile =
          List.of("m1", "m2", "m3").stream()
              .map(key ->
                  CompletableFuture.supplyAsync(() -> node.remembers(memory, key, "v", AWAY)))
              .toList();
      assertThat(meanwhile.stream().map(CompletableFuture::join)).containsOnly(false);

      server.restart();

      JournalQuery.run(journal, Entities.PATIENCE);
      assertThat(node.recall(memory, "before")).isEqualTo("v");
      assertThat(node.remembers(memory, "after", "v", Entities.PATIENCE)).isTrue();
    }
    try (var next = new Entities(journal)) {
      assertThat(next.recall(next.memory("ses1", "a"), "after")).isEqualTo("v");
    }
  }
}
