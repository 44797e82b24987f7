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
import io.nanoswarm.directory.SessionDirectory.GetSessions;
import io.nanoswarm.directory.SessionDirectory.ListReply;
import io.nanoswarm.directory.SessionDirectory.ListSession;
import io.nanoswarm.directory.SessionDirectory.Listed;
import io.nanoswarm.directory.SessionDirectory.NoteEnding;
import io.nanoswarm.directory.SessionDirectory.NoteFollowUp;
import io.nanoswarm.directory.SessionDirectory.NoteReopening;
import io.nanoswarm.directory.SessionDirectory.Noted;
import io.nanoswarm.directory.SessionDirectory.Remove;
import io.nanoswarm.directory.SessionDirectory.Sessions;
import io.nanoswarm.session.SessionId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
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
  private static final ActorTestKit kit =
      ActorTestKit.create(
          ConfigFactory.parseResources("swarm-serialization.conf")
              .withFallback(EventSourcedBehaviorTestKit.config())
              .withFallback(ConfigFactory.load()));

  private final EventSourcedBehaviorTestKit<Command, DirectoryEvent, DirectoryState> directory =
      EventSourcedBehaviorTestKit.create(
          kit.system(),
          SessionDirectory.create(InstantSource.fixed(NOW)),
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
    directory.runCommand(new NoteEnding(FIRST, "completed"));
    directory.<Noted>runCommand(to -> new NoteReopening(FIRST, to));
    directory.restart();

    assertThat(again.hasNoEvents()).isTrue();
    assertThat(older.hasNoEvents()).isTrue();
    assertThat(unknown.hasNoEvents()).isTrue();
    assertThat(lines())
        .containsExactly(new SessionLine(FIRST, "goal", "/shop", NOW, null, null, note));
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
    directory.<ListReply>runCommand(to -> new ListSession(FIRST, "x".repeat(300), "/shop", to));

    assertThat(lines().getFirst().goal()).hasSize(200);
  }

  @Test
  void the_first_ending_of_a_session_stands() {
    list(FIRST);

    directory.runCommand(new NoteEnding(FIRST, "completed"));
    var again = directory.runCommand(new NoteEnding(FIRST, "failed"));

    assertThat(again.hasNoEvents()).isTrue();
    assertThat(lines()).containsExactly(line(FIRST).ended("completed", NOW));
  }

  @Test
  void the_ending_of_an_unknown_session_is_ignored() {
    assertThat(directory.runCommand(new NoteEnding(FIRST, "failed")).hasNoEvents()).isTrue();
  }

  @Test
  void a_full_directory_refuses_further_sessions() {
    var lines = new LinkedHashMap<SessionId, SessionLine>();
    for (int i = 0; i < SessionDirectory.MAX_SESSIONS; i++) {
      var id = new SessionId("full-" + i);
      lines.put(id, line(id));
    }
    directory.initialize(new DirectoryState(lines));

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
    assertThat(present.lines()).containsExactly(java.util.Map.entry(FIRST, line(FIRST)));
    assertThat(present.apply(listed)).isEqualTo(present);
    assertThat(present.apply(ended).lines().get(FIRST))
        .isEqualTo(line(FIRST).ended("completed", NOW));
    var reopened = new SessionReopened(NOW, FIRST);
    var removed = new SessionRemoved(NOW, FIRST);
    assertThat(present.apply(ended).apply(reopened)).isEqualTo(present);
    assertThat(present.apply(removed)).isEqualTo(DirectoryState.EMPTY);
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
    directory.runCommand(new NoteEnding(FIRST, "partial"));

    directory.<Noted>runCommand(to -> new NoteReopening(FIRST, to));
    var again = directory.<Noted>runCommand(to -> new NoteReopening(FIRST, to));

    assertThat(again.hasNoEvents()).isTrue();
    assertThat(lines()).containsExactly(line(FIRST));
  }

  @Test
  void a_session_of_which_nothing_is_kept_is_listed_no_more() {
    list(FIRST);
    list(SECOND);

    directory.<Noted>runCommand(to -> new Remove(FIRST, to));
    var again = directory.<Noted>runCommand(to -> new Remove(FIRST, to));

    assertThat(again.reply()).isEqualTo(new Noted(FIRST));
    assertThat(again.hasNoEvents()).isTrue();
    directory.restart();
    assertThat(lines()).containsExactly(line(SECOND));
  }

  private EventSourcedBehaviorTestKit.CommandResultWithReply<
          Command, DirectoryEvent, DirectoryState, ListReply>
      list(SessionId session) {
    return directory.runCommand(to -> new ListSession(session, "goal", "/shop", to));
  }

  private List<SessionLine> lines() {
    return directory.<Sessions>runCommand(to -> new GetSessions(to)).reply().lines();
  }

  private static SessionLine line(SessionId session) {
    return new SessionLine(session, "goal", "/shop", NOW, null, null, null);
  }
}
