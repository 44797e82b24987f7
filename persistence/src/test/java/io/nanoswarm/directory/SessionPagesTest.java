package io.nanoswarm.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.nanoswarm.directory.SessionDirectory.Command;
import io.nanoswarm.directory.SessionDirectory.GetSessions;
import io.nanoswarm.directory.SessionDirectory.ListReply;
import io.nanoswarm.directory.SessionDirectory.ListSession;
import io.nanoswarm.directory.SessionDirectory.Noted;
import io.nanoswarm.directory.SessionDirectory.Remove;
import io.nanoswarm.directory.SessionDirectory.Sessions;
import io.nanoswarm.entity.PageBound;
import io.nanoswarm.session.SessionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionPagesTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final int MANY = 1200;
  private static final ActorTestKit kit =
      ActorTestKit.create(
          ConfigFactory.parseResources("swarm-serialization.conf")
              .withFallback(EventSourcedBehaviorTestKit.config())
              .withFallback(ConfigFactory.load()));

  private final EventSourcedBehaviorTestKit<Command, DirectoryEvent, DirectoryState> directory =
      EventSourcedBehaviorTestKit.create(
          kit.system(),
          SessionDirectory.create(() -> NOW),
          EventSourcedBehaviorTestKit.disabledSerializationSettings());

  private final List<Sessions> pages = new ArrayList<>();

  @BeforeEach
  void empty() {
    directory.clear();
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  private static SessionId id(int number) {
    return new SessionId("goal-%05d".formatted(number));
  }

  private static List<SessionId> ids(int from, int to) {
    return IntStream.range(from, to).mapToObj(SessionPagesTest::id).toList();
  }

  private void listed(String workspace) {
    var lines = new LinkedHashMap<SessionId, SessionLine>();
    for (SessionId id : ids(0, MANY)) {
      lines.put(id, new SessionLine(id, "goal", workspace, NOW, null, null, null, null));
    }
    directory.initialize(new DirectoryState(lines, List.of()));
  }

  /**
   * @param between what happens after a page, counted from 1
   */
  private List<SessionId> read(IntConsumer between) {
    var all =
        new SessionPages(
                request -> {
                  var page = directory.<Sessions>runCommand(request::apply).reply();
                  pages.add(page);
                  between.accept(pages.size());
                  return CompletableFuture.completedFuture(page);
                })
            .all();
    return all.toCompletableFuture().join().stream().map(SessionLine::session).toList();
  }

  private void remove(SessionId id) {
    directory.<Noted>runCommand(to -> new Remove(id, to));
  }

  @Test
  void every_session_is_told_once_in_the_order_of_the_list() {
    listed("/shop");

    assertThat(read(_ -> {})).isEqualTo(ids(0, MANY));
    assertThat(pages)
        .hasSize(3)
        .allSatisfy(
            page -> assertThat(page.lines()).hasSizeLessThanOrEqualTo(PageBound.MOST).isNotEmpty());
  }

  @Test
  void lines_that_are_long_come_in_more_pages() {
    listed("/" + "x".repeat(4000));

    assertThat(read(_ -> {})).isEqualTo(ids(0, MANY));
    assertThat(pages)
        .allSatisfy(
            page -> assertThat(page.lines().toString()).hasSizeLessThan(PageBound.BYTES + 10_000));
  }

  @Test
  void what_is_listed_and_what_is_removed_meanwhile_does_not_disturb_the_others() {
    listed("/shop");

    var read =
        read(page -> {
          if (page == 1) {
            remove(id(3));
            remove(id(700));
            directory.<ListReply>runCommand(
                to -> new ListSession(id(MANY), "goal", "/shop", 0, to));
          }
        });

    assertThat(read).containsAll(ids(701, MANY + 1)).containsAll(ids(0, 700));
    assertThat(read).doesNotHaveDuplicates().doesNotContain(id(700));
  }

  @Test
  void where_the_last_of_a_page_is_removed_reading_begins_anew() {
    listed("/shop");

    var read =
        read(page -> {
          if (page == 1) {
            remove(id(PageBound.MOST - 1));
          }
        });

    assertThat(read)
        .hasSize(MANY - 1)
        .doesNotHaveDuplicates()
        .doesNotContain(id(PageBound.MOST - 1));
    assertThat(pages.get(1).anew()).isTrue();
  }

  @Test
  void who_reads_gives_up_where_every_page_is_removed_at_once() {
    listed("/shop");

    assertThatThrownBy(() -> read(page -> remove(pages.getLast().lines().getLast().session())))
        .hasMessageContaining("deleted faster");
    assertThat(pages).hasSizeLessThan(50);
  }

  @Test
  void an_older_node_which_asks_for_no_page_is_told_all_at_once() {
    listed("/shop");

    var all = directory.<Sessions>runCommand(to -> new GetSessions(null, false, to)).reply();

    assertThat(all.lines()).hasSize(MANY);
    assertThat(all.more()).isFalse();
  }
}
