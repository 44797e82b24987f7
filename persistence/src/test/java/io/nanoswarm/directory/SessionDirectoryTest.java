package io.nanoswarm.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.nanoswarm.directory.DirectoryEvent.FollowUpNoted;
import io.nanoswarm.directory.DirectoryEvent.SessionEnded;
import io.nanoswarm.directory.DirectoryEvent.SessionListed;
import io.nanoswarm.directory.DirectoryEvent.SessionRemoved;
import io.nanoswarm.directory.DirectoryEvent.SessionReopened;
import io.nanoswarm.directory.SessionDirectory.Command;
import io.nanoswarm.directory.SessionDirectory.Full;
import io.nanoswarm.directory.SessionDirectory.GetRemoved;
import io.nanoswarm.directory.SessionDirectory.GetSessions;
import io.nanoswarm.directory.SessionDirectory.Gone;
import io.nanoswarm.directory.SessionDirectory.ListReply;
import io.nanoswarm.directory.SessionDirectory.ListSession;
import io.nanoswarm.directory.SessionDirectory.Listed;
import io.nanoswarm.directory.SessionDirectory.NotListed;
import io.nanoswarm.directory.SessionDirectory.NotOver;
import io.nanoswarm.directory.SessionDirectory.NoteEnding;
import io.nanoswarm.directory.SessionDirectory.NoteFollowUp;
import io.nanoswarm.directory.SessionDirectory.NoteReopening;
import io.nanoswarm.directory.SessionDirectory.Noted;
import io.nanoswarm.directory.SessionDirectory.Remove;
import io.nanoswarm.directory.SessionDirectory.RemoveAll;
import io.nanoswarm.directory.SessionDirectory.RemoveReply;
import io.nanoswarm.directory.SessionDirectory.Removed;
import io.nanoswarm.directory.SessionDirectory.ReopenReply;
import io.nanoswarm.directory.SessionDirectory.Sessions;
import io.nanoswarm.directory.SessionDirectory.TooManyUnfinished;
import io.nanoswarm.session.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LogCapturingExtension.class)
class SessionDirectoryTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final SessionId FIRST = new SessionId("goal-1");
  private static final SessionId SECOND = new SessionId("goal-2");
  private static final int MANY = 100_000;
  private static final ActorTestKit kit =
      ActorTestKit.create(
          ConfigFactory.parseResources("swarm-serialization.conf")
              .withFallback(EventSourcedBehaviorTestKit.config())
              .withFallback(ConfigFactory.load()));

  private Instant now = NOW;

  private final EventSourcedBehaviorTestKit<Command, DirectoryEvent, DirectoryState> directory =
      EventSourcedBehaviorTestKit.create(
          kit.system(),
          SessionDirectory.create(() -> now),
          EventSourcedBehaviorTestKit.enabledSerializationSettings().withVerifyEquality(true));

  @BeforeEach
  void empty() {
    directory.clear();
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void sessions_are_listed_in_order_and_found_again_after_a_restart() {
    list(FIRST);
    list(SECOND);

    directory.restart();

    assertThat(lines()).containsExactly(line(FIRST), line(SECOND));
  }

  @Test
  void the_latest_question_of_a_session_is_noted_once_and_kept_over_its_end_and_a_restart() {
    list(FIRST);
    var note = new SessionLine.Latest(3, "And who calls it?");

    directory.<Noted>runCommand(to -> new NoteFollowUp(FIRST, 3, note.goal(), to));
    var again = directory.<Noted>runCommand(to -> new NoteFollowUp(FIRST, 3, note.goal(), to));
    var older = directory.<Noted>runCommand(to -> new NoteFollowUp(FIRST, 2, "Why?", to));
    var unknown = directory.<Noted>runCommand(to -> new NoteFollowUp(SECOND, 2, "Why?", to));
    directory.runCommand(new NoteEnding(FIRST, "completed", null, null));
    directory.<ReopenReply>runCommand(to -> new NoteReopening(FIRST, MANY, to));
    directory.restart();

    assertThat(again.hasNoEvents()).isTrue();
    assertThat(older.hasNoEvents()).isTrue();
    assertThat(unknown.hasNoEvents()).isTrue();
    assertThat(lines())
        .containsExactly(new SessionLine(FIRST, "goal", "/shop", NOW, null, null, note, NOW));
  }

  @Test
  void listing_a_session_twice_lists_it_once() {
    list(FIRST);

    var again = list(FIRST);

    assertThat(again.reply()).isEqualTo(new Listed(FIRST));
    assertThat(again.hasNoEvents()).isTrue();
  }

  @Test
  void a_goal_is_cut_after_200_characters() {
    directory.<ListReply>runCommand(
        to -> new ListSession(FIRST, "x".repeat(300), "/shop", MANY, to));

    assertThat(lines().getFirst().goal()).hasSize(200);
  }

  @Test
  void the_first_ending_of_a_session_stands() {
    list(FIRST);

    directory.runCommand(new NoteEnding(FIRST, "completed", null, null));
    var again = directory.runCommand(new NoteEnding(FIRST, "failed", null, null));

    assertThat(again.hasNoEvents()).isTrue();
    assertThat(lines()).containsExactly(line(FIRST).ended("completed", NOW));
  }

  @Test
  void the_ending_of_an_unknown_session_is_ignored() {
    assertThat(directory.runCommand(new NoteEnding(FIRST, "failed", null, null)).hasNoEvents())
        .isTrue();
  }

  @Test
  void a_full_directory_refuses_further_sessions() {
    var lines = new LinkedHashMap<SessionId, SessionLine>();
    for (int i = 0; i < SessionDirectory.MAX_SESSIONS; i++) {
      var id = new SessionId("full-" + i);
      lines.put(id, line(id));
    }
    directory.initialize(new DirectoryState(lines, List.of()));

    assertThat(list(FIRST).reply()).isEqualTo(new Full(SessionDirectory.MAX_SESSIONS));
    assertThat(list(new SessionId("full-7")).reply()).isInstanceOf(Listed.class);
  }

  @Test
  void every_event_meets_a_session_and_its_absence() {
    var listed = new SessionListed(NOW, FIRST, "goal", "/shop");
    var ended = new SessionEnded(NOW, FIRST, "completed");
    var present = DirectoryState.EMPTY.apply(listed);

    assertThat(DirectoryEvent.class.getPermittedSubclasses())
        .containsExactlyInAnyOrder(
            SessionListed.class,
            SessionEnded.class,
            SessionReopened.class,
            FollowUpNoted.class,
            SessionRemoved.class);
    assertThat(present.lines()).containsExactly(Map.entry(FIRST, line(FIRST)));
    assertThat(present.apply(listed)).isEqualTo(present);
    assertThat(present.apply(ended).lines().get(FIRST))
        .isEqualTo(line(FIRST).ended("completed", NOW));
    var reopened = new SessionReopened(NOW, FIRST);
    var removed = new SessionRemoved(NOW, FIRST);
    assertThat(present.apply(ended).apply(reopened).lines().get(FIRST))
        .isEqualTo(line(FIRST).reopened(NOW));
    assertThat(present.apply(removed)).isEqualTo(new DirectoryState(Map.of(), List.of(FIRST)));
    var noted = new FollowUpNoted(NOW, FIRST, 2, "why?");
    assertThat(present.apply(noted).lines().get(FIRST).latest())
        .isEqualTo(new SessionLine.Latest(2, "why?"));
    for (DirectoryEvent event : List.of(ended, reopened, noted, removed)) {
      assertThatThrownBy(() -> DirectoryState.EMPTY.apply(event))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void a_session_that_goes_on_is_listed_as_such() {
    list(FIRST);
    directory.runCommand(new NoteEnding(FIRST, "partial", null, null));

    directory.<ReopenReply>runCommand(to -> new NoteReopening(FIRST, MANY, to));
    var again = directory.<ReopenReply>runCommand(to -> new NoteReopening(FIRST, MANY, to));

    assertThat(again.reply()).as("it had a place").isEqualTo(new Noted(FIRST, null));
    assertThat(lines()).containsExactly(line(FIRST).reopened(NOW));
  }

  @Test
  void a_session_of_which_nothing_is_kept_is_listed_no_more() {
    list(FIRST);
    list(SECOND);
    directory.runCommand(new NoteEnding(FIRST, "completed", null, null));

    remove(FIRST);
    var again = remove(FIRST);

    assertThat(again.reply()).isEqualTo(new Removed());
    assertThat(again.hasNoEvents()).isTrue();
    directory.restart();
    assertThat(lines()).containsExactly(line(SECOND));
    assertThat(gone()).containsExactly(FIRST);
  }

  @Test
  void a_session_takes_a_place_with_its_listing_and_the_last_one_is_taken_once() {
    list(FIRST, 1);

    assertThat(list(SECOND, 1).reply()).isEqualTo(new TooManyUnfinished(1));
    assertThat(list(FIRST, 1).reply()).as("its own place").isEqualTo(new Listed(FIRST));

    directory.restart();
    assertThat(list(SECOND, 1).reply()).isEqualTo(new TooManyUnfinished(1));

    directory.runCommand(new NoteEnding(FIRST, "failed", null, null));
    assertThat(list(SECOND, 1).reply()).isEqualTo(new Listed(SECOND));
    var reopening = directory.<ReopenReply>runCommand(to -> new NoteReopening(FIRST, 1, to));
    assertThat(reopening.reply()).isEqualTo(new TooManyUnfinished(1));
    assertThat(reopening.hasNoEvents()).isTrue();
  }

  @Test
  void one_that_goes_on_is_not_removed_and_one_that_is_removed_does_not_go_on() {
    list(FIRST);
    list(SECOND);
    directory.runCommand(new NoteEnding(FIRST, "partial", null, null));

    var refused = directory.<RemoveReply>runCommand(to -> new RemoveAll(Set.of(FIRST, SECOND), to));

    assertThat(refused.reply()).isEqualTo(new NotOver(SECOND));
    assertThat(refused.hasNoEvents()).isTrue();
    directory.<ReopenReply>runCommand(to -> new NoteReopening(FIRST, MANY, to));
    assertThat(remove(FIRST).reply()).isEqualTo(new NotOver(FIRST));
    directory.runCommand(new NoteEnding(FIRST, "partial", null, null));
    remove(FIRST);

    var late = directory.<ReopenReply>runCommand(to -> new NoteReopening(FIRST, MANY, to));
    assertThat(late.reply()).isEqualTo(new NotListed(FIRST));
    assertThat(late.hasNoEvents()).isTrue();
  }

  @Test
  void a_place_that_was_taken_to_go_on_is_given_back_just_by_whoever_took_it() {
    list(FIRST);
    var end = NOW.plusSeconds(60);
    directory.runCommand(new NoteEnding(FIRST, "partial", end, null));
    now = end.plusSeconds(60);
    var taken = directory.<ReopenReply>runCommand(to -> new NoteReopening(FIRST, 1, to)).reply();
    assertThat(taken).isEqualTo(new Noted(FIRST, now));

    var other = directory.runCommand(new NoteEnding(FIRST, "partial", end, null));
    var unopened = directory.runCommand(new NoteEnding(FIRST, "failed", Instant.EPOCH, null));

    assertThat(other.hasNoEvents()).isTrue();
    assertThat(unopened.hasNoEvents()).isTrue();
    assertThat(remove(FIRST).reply()).isEqualTo(new NotOver(FIRST));
    directory.restart();
    assertThat(lines()).containsExactly(line(FIRST).reopened(now));
    directory.runCommand(new NoteEnding(FIRST, "partial", end, now));
    assertThat(lines().getFirst().ending()).isEqualTo("partial");
  }

  @Test
  void nobody_gives_back_a_place_that_somebody_else_goes_on_with() {
    list(FIRST);
    var end = NOW.plusSeconds(60);
    directory.runCommand(new NoteEnding(FIRST, "partial", end, null));
    var first = end.plusSeconds(1);
    now = first;
    directory.<ReopenReply>runCommand(to -> new NoteReopening(FIRST, 1, to));
    now = end.plusSeconds(2);
    var second = directory.<ReopenReply>runCommand(to -> new NoteReopening(FIRST, 1, to)).reply();

    assertThat(second).as("no place of its own").isEqualTo(new Noted(FIRST, null));
    var givenBack = directory.runCommand(new NoteEnding(FIRST, "partial", end, first));

    assertThat(givenBack.hasNoEvents()).isTrue();
  }

  @Test
  void a_place_stands_no_longer_than_a_node_needs_and_the_next_ending_stands_at_once() {
    list(FIRST);
    var end = NOW.plusSeconds(60);
    directory.runCommand(new NoteEnding(FIRST, "partial", end, null));
    now = end.plusSeconds(60);
    directory.<ReopenReply>runCommand(to -> new NoteReopening(FIRST, 1, to));

    directory.runCommand(new NoteEnding(FIRST, "completed", now.plusMillis(1), null));
    assertThat(lines().getFirst().ending()).isEqualTo("completed");

    directory.<ReopenReply>runCommand(to -> new NoteReopening(FIRST, 1, to));
    now = now.plus(SessionLine.OPENED_WITHIN);
    directory.runCommand(new NoteEnding(FIRST, "partial", end, null));
    assertThat(lines().getFirst().ending()).isEqualTo("partial");
  }

  @Test
  void the_ending_of_one_that_was_opened_stands_whatever_the_clock_of_its_node_says() {
    list(FIRST);
    directory.runCommand(new NoteEnding(FIRST, "completed", NOW.minusSeconds(1), null));

    assertThat(lines().getFirst().ending()).isEqualTo("completed");
  }

  @Test
  void a_place_that_was_taken_by_a_clock_that_was_hours_ahead_is_given_back_all_the_same() {
    now = NOW.plus(Duration.ofHours(3));
    list(FIRST);
    now = NOW;

    directory.runCommand(new NoteEnding(FIRST, "failed", Instant.EPOCH, null));

    assertThat(lines().getFirst().ending()).isEqualTo("failed");
  }

  @Test
  void one_that_is_about_to_be_opened_is_not_removed_as_never_opened() {
    list(FIRST);

    directory.runCommand(new NoteEnding(FIRST, "failed", Instant.EPOCH, null));

    assertThat(remove(FIRST).reply()).isEqualTo(new NotOver(FIRST));
    now = NOW.plus(SessionLine.OPENED_WITHIN);
    directory.runCommand(new NoteEnding(FIRST, "failed", Instant.EPOCH, null));
    assertThat(remove(FIRST).reply()).isEqualTo(new Removed());
  }

  @Test
  void what_older_nodes_say_is_done_as_they_mean_it() {
    list(FIRST, 0);
    assertThat(list(SECOND, 0).reply()).as("told no limit").isEqualTo(new Listed(SECOND));
    directory.runCommand(new NoteEnding(FIRST, "partial", null, null));
    var reopening = directory.<ReopenReply>runCommand(to -> new NoteReopening(FIRST, 0, to));
    assertThat(reopening.reply()).isEqualTo(new Noted(FIRST, NOW));
    directory.runCommand(new NoteEnding(FIRST, "partial", null, null));

    var removed = directory.<Noted>runCommand(to -> new Remove(FIRST, to));
    assertThat(removed.reply()).isEqualTo(new Noted(FIRST, null));
    assertThat(gone()).containsExactly(FIRST);
    assertThat(directory.<Noted>runCommand(to -> new Remove(FIRST, to)).hasNoEvents()).isTrue();
  }

  @Test
  void so_many_removed_sessions_are_remembered_the_latest_and_none_that_is_listed_again() {
    var state = DirectoryState.EMPTY;
    for (int i = 0; i <= DirectoryState.REMEMBERED; i++) {
      var id = new SessionId("gone-" + i);
      state =
          state
              .apply(new SessionListed(NOW, id, "goal", "/shop"))
              .apply(new SessionRemoved(NOW, id));
    }

    assertThat(state.removed())
        .hasSize(DirectoryState.REMEMBERED)
        .doesNotContain(new SessionId("gone-0"));
    var latest = state.removed().getLast();
    assertThat(state.apply(new SessionListed(NOW, latest, "goal", "/shop")).removed())
        .doesNotContain(latest);
  }

  private EventSourcedBehaviorTestKit.CommandResultWithReply<
          Command, DirectoryEvent, DirectoryState, RemoveReply>
      remove(SessionId session) {
    return directory.runCommand(to -> new RemoveAll(Set.of(session), to));
  }

  private List<SessionId> gone() {
    return directory.<Gone>runCommand(to -> new GetRemoved(to)).reply().sessions();
  }

  private EventSourcedBehaviorTestKit.CommandResultWithReply<
          Command, DirectoryEvent, DirectoryState, ListReply>
      list(SessionId session) {
    return list(session, MANY);
  }

  private EventSourcedBehaviorTestKit.CommandResultWithReply<
          Command, DirectoryEvent, DirectoryState, ListReply>
      list(SessionId session, int most) {
    return directory.runCommand(to -> new ListSession(session, "goal", "/shop", most, to));
  }

  private List<SessionLine> lines() {
    return directory.<Sessions>runCommand(to -> new GetSessions(null, true, to)).reply().lines();
  }

  private static SessionLine line(SessionId session) {
    return new SessionLine(session, "goal", "/shop", NOW, null, null, null, null);
  }
}
