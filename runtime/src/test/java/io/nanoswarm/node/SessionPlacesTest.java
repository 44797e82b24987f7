package io.nanoswarm.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.nanoswarm.directory.SessionDirectory;
import io.nanoswarm.directory.SessionLine;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.supervisor.Supervisor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.junit.jupiter.api.Test;

/**
 * Which sessions a node takes on, and when one that is over, or was never opened, takes a place no
 * more; before actors that answer as the test says.
 */
class SessionPlacesTest extends SessionsFixture {
  @Test
  void a_session_more_than_the_node_takes_on_is_refused_until_one_is_over() {
    var sessions = sessions();
    for (int i = 0; i < MOST_UNFINISHED; i++) {
      open(sessions, "be thorough");
    }

    assertThat(refusal(sessions.open(request("be thorough"))))
        .contains("5 sessions are not over, the most that this node takes on");

    lines.set(
        0,
        new SessionLine(
            lines.getFirst().session(),
            "goal",
            "/shop",
            NOW,
            "completed",
            NOW.plusSeconds(1),
            null,
            null));
    open(sessions, "be thorough");
  }

  @Test
  void of_two_that_are_opened_at_once_one_takes_the_last_place() {
    var sessions = sessions();
    for (int i = 1; i < MOST_UNFINISHED; i++) {
      open(sessions, "be thorough");
    }
    var one = sessions.open(request("be thorough"));
    var ofOne = supervisor.expectMessageClass(Supervisor.Ensure.class);
    var other = sessions.open(request("be thorough"));
    var ofOther = supervisor.expectMessageClass(Supervisor.Ensure.class);

    grant(ofOne);
    assertThat(id(one)).isNotEmpty();
    grant(ofOther);
    assertThat(refusal(other))
        .contains("5 sessions are not over, the most that this node takes on");
    assertThat(stored).hasSize(MOST_UNFINISHED);
  }

  @Test
  void a_place_of_a_session_that_no_node_opens_any_more_is_given_back() {
    for (int i = 0; i < MOST_UNFINISHED; i++) {
      lines.add(line(new SessionId("lost-" + i), null));
    }
    assertThat(refusal(sessions().open(request("be thorough"))))
        .contains("5 sessions are not over, the most that this node takes on");

    now = NOW.plus(SessionLine.OPENED_WITHIN).plusSeconds(1);

    open(sessions(), "be thorough");
    assertThat(unfinished()).isEqualTo(1);
  }

  @Test
  void looking_at_a_session_that_is_about_to_be_opened_does_not_end_it() {
    var id = new SessionId("soon");
    lines.add(line(id, null));
    var sessions = sessions();

    assertThat(refusal(sessions.view(id))).contains("no session 'soon'");
    join(sessions.list());

    assertThat(join(sessions.unfinished())).containsExactly(line(id, null));
    assertThat(noted).isEmpty();
    assertThat(failure(sessions.takeUp(line(id, null), now))).hasMessage("it is being opened");
    assertThat(noted).isEmpty();
    var late = now.plus(SessionLine.OPENED_WITHIN);
    assertThat(refusal(sessions.takeUp(line(id, null), late))).contains("no session 'soon'");
    join(sessions.lines());
    assertThat(noted).extracting(SessionDirectory.NoteEnding::ending).containsExactly("failed");
  }

  @Test
  void one_that_was_never_opened_is_told_as_failed_by_who_wants_it_to_go_on_or_to_end() {
    var id = new SessionId("never");
    lines.add(line(id, null));
    var sessions = sessions();

    assertThat(refusal(sessions.resume(id))).contains("no session 'never'");
    assertThat(refusal(sessions.cancel(id, "enough"))).contains("no session 'never'");
    join(sessions.lines());

    assertThat(noted)
        .extracting(SessionDirectory.NoteEnding::ending, SessionDirectory.NoteEnding::at)
        .containsExactly(tuple("failed", Instant.EPOCH), tuple("failed", Instant.EPOCH));
  }

  @Test
  void a_place_of_a_session_that_is_about_to_go_on_is_not_given_back_by_others() {
    var id = new SessionId("again");
    var end = NOW.minusSeconds(1000);
    stored.put(id.value(), new SessionState.Concluded(active(id), new Ending.TimedOut(), end));
    var line = new SessionLine(id, "goal", "/shop", NOW.minusSeconds(2000), null, null, null, NOW);
    lines.add(line);
    for (int i = 1; i < MOST_UNFINISHED; i++) {
      lines.add(line(new SessionId("soon-" + i), null));
    }
    var sessions = sessions();

    assertThat(failure(sessions.takeUp(line, now))).hasMessage("it is being opened");
    assertThat(refusal(sessions.open(request("be thorough")))).contains("5 sessions are not over");
    assertThat(noted).isEmpty();

    // What others may say of it says of when it is, so that the directory can pass over it.
    join(sessions.cancel(id, "again"));
    join(sessions.lines());
    assertThat(noted).containsExactly(new SessionDirectory.NoteEnding(id, "timed-out", end, null));
  }

  @Test
  void a_wish_that_fails_gives_back_just_the_place_that_it_took() {
    var id = new SessionId("again");
    var end = NOW.minusSeconds(1000);
    stored.put(id.value(), new SessionState.Concluded(active(id), new Ending.TimedOut(), end));
    lines.add(line(id, "timed-out"));
    var sessions = sessions();
    Supplier<CompletionStage<Void>> failing =
        () -> {
          throw new SwarmProblem(SwarmProblem.Kind.UNAVAILABLE, "not today", null);
        };

    var first =
        sessions
            .listing()
            .reopen(
                id,
                false,
                () ->
                    // On a thread of its own: the one that has the answer may be the directory's.
                    CompletableFuture.runAsync(
                            () -> {
                              assertThat(refusal(sessions.listing().reopen(id, false, failing)))
                                  .isEqualTo("not today");
                              join(sessions.lines());
                              assertThat(noted).isEmpty();
                            })
                        .thenCompose(_ -> failing.get()));

    assertThat(refusal(first)).isEqualTo("not today");
    join(sessions.lines());
    assertThat(noted).containsExactly(new SessionDirectory.NoteEnding(id, "timed-out", end, NOW));
  }

  @Test
  void a_wish_for_which_there_is_no_place_gives_back_those_that_are_lost() {
    var id = new SessionId("again");
    lines.add(line(id, "timed-out"));
    for (int i = 0; i < MOST_UNFINISHED; i++) {
      lines.add(line(new SessionId("lost-" + i), null));
    }
    var listing = sessions().listing();
    assertThat(refusal(listing.reopen(id, false, () -> CompletableFuture.completedFuture("done"))))
        .contains("5 sessions are not over");

    now = NOW.plus(SessionLine.OPENED_WITHIN).plusSeconds(1);

    assertThat(join(listing.reopen(id, false, () -> CompletableFuture.completedFuture("done"))))
        .isEqualTo("done");
  }

  @Test
  void one_lost_session_that_cannot_be_read_keeps_just_its_own_place() {
    patience = Duration.ofSeconds(3);
    silent = new SessionId("lost-0");
    for (int i = 0; i < 20; i++) {
      lines.add(line(new SessionId("lost-" + i), null));
    }
    now = NOW.plus(SessionLine.OPENED_WITHIN).plusSeconds(1);

    join(sessions().admit());

    assertThat(unfinished()).isEqualTo(1);
  }

  @Test
  void those_that_are_refused_meanwhile_wait_for_the_same_look_at_lost_sessions() {
    var regions = kit.<ShardingEnvelope<Session.Command>>createTestProbe();
    region = regions.ref();
    for (int i = 0; i < MOST_UNFINISHED; i++) {
      lines.add(line(new SessionId("lost-" + i), null));
    }
    now = NOW.plus(SessionLine.OPENED_WITHIN).plusSeconds(1);
    var sessions = sessions();

    var one = sessions.admit();
    var asked = new ArrayList<ShardingEnvelope<Session.Command>>();
    for (int i = 0; i < MOST_UNFINISHED; i++) {
      asked.add(regions.receiveMessage());
    }
    var other = sessions.admit();
    regions.expectNoMessage(Duration.ofMillis(50));
    for (var each : asked) {
      ((Session.GetSession) each.message())
          .replyTo()
          .tell(snapshot(new SessionId(each.entityId())));
    }

    join(one);
    join(other);
    assertThat(unfinished()).isZero();
  }

  @Test
  void a_session_that_was_asked_something_further_meanwhile_is_not_noted_as_cancelled() {
    var id = new SessionId("asked");
    stored.put(id.value(), active(id));
    lines.add(line(id, null));
    var sessions = sessions();

    assertThat(refusal(sessions.cancel(id, "enough"))).contains("asked a further question");

    join(sessions.lines());
    assertThat(noted).isEmpty();
  }

  @Test
  void no_session_is_taken_on_when_the_disk_is_nearly_full() {
    minFree = Long.MAX_VALUE;

    assertThat(refusal(sessions().open(request("be thorough"))))
        .contains("MB are free on the disk of " + folder);
    assertThat(stored).isEmpty();
  }
}
