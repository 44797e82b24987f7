package io.nanoswarm.node;

import static io.nanoswarm.node.SessionsFixture.MOST_UNFINISHED;
import static io.nanoswarm.node.SessionsFixture.NOW;
import static io.nanoswarm.node.SessionsFixture.active;
import static io.nanoswarm.node.SessionsFixture.failure;
import static io.nanoswarm.node.SessionsFixture.grant;
import static io.nanoswarm.node.SessionsFixture.id;
import static io.nanoswarm.node.SessionsFixture.join;
import static io.nanoswarm.node.SessionsFixture.line;
import static io.nanoswarm.node.SessionsFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.directory.SessionDirectory;
import io.nanoswarm.directory.SessionLine;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.supervisor.Supervisor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which sessions a node takes on, and when one that is over, or was never opened, takes a place no
 * more; before actors that answer as the test says.
 */
@Timeout(60)
class SessionPlacesTest {
  private SessionsFixture node;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    node = new SessionsFixture(folder);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void a_session_more_than_the_node_takes_on_is_refused_until_one_is_over() {
    var sessions = node.sessions();
    for (int i = 0; i < MOST_UNFINISHED; i++) {
      node.open(sessions, "be thorough");
    }

    assertThat(refusal(sessions.open(node.request("be thorough"))))
        .contains("5 sessions are not over, the most that this node takes on");

    node.lines.set(
        0,
        new SessionLine(
            node.lines.getFirst().session(),
            "goal",
            "/shop",
            NOW,
            "completed",
            NOW.plusSeconds(1),
            null,
            null));
    node.open(sessions, "be thorough");
  }

  @Test
  void of_two_that_are_opened_at_once_one_takes_the_last_place() {
    var sessions = node.sessions();
    for (int i = 1; i < MOST_UNFINISHED; i++) {
      node.open(sessions, "be thorough");
    }
    var one = sessions.open(node.request("be thorough"));
    var ofOne = node.supervisor.expectMessageClass(Supervisor.Ensure.class);
    var other = sessions.open(node.request("be thorough"));
    var ofOther = node.supervisor.expectMessageClass(Supervisor.Ensure.class);

    grant(ofOne);
    assertThat(id(one)).isNotEmpty();
    grant(ofOther);
    assertThat(refusal(other))
        .contains("5 sessions are not over, the most that this node takes on");
    assertThat(node.stored).hasSize(MOST_UNFINISHED);
  }

  @Test
  void a_place_of_a_session_that_no_node_opens_any_more_is_given_back() {
    for (int i = 0; i < MOST_UNFINISHED; i++) {
      node.lines.add(line(new SessionId("lost-" + i), null));
    }
    assertThat(refusal(node.sessions().open(node.request("be thorough"))))
        .contains("5 sessions are not over, the most that this node takes on");

    node.now = NOW.plus(SessionLine.OPENED_WITHIN).plusSeconds(1);

    node.open(node.sessions(), "be thorough");
    assertThat(node.unfinished()).isEqualTo(1);
  }

  @Test
  void looking_at_a_session_that_is_about_to_be_opened_does_not_end_it() {
    var id = new SessionId("soon");
    node.lines.add(line(id, null));
    var sessions = node.sessions();

    assertThat(refusal(sessions.view(id))).contains("no session 'soon'");
    join(sessions.list());

    assertThat(join(sessions.unfinished())).containsExactly(line(id, null));
    assertThat(node.noted).isEmpty();
    assertThat(failure(sessions.takeUp(line(id, null), node.now))).hasMessage("it is being opened");
    assertThat(node.noted).isEmpty();
    var late = node.now.plus(SessionLine.OPENED_WITHIN);
    assertThat(refusal(sessions.takeUp(line(id, null), late))).contains("no session 'soon'");
    join(sessions.lines());
    assertThat(node.noted)
        .extracting(SessionDirectory.NoteEnding::ending)
        .containsExactly("failed");
  }

  @Test
  void one_whose_swarm_cannot_be_had_is_driven_all_the_same_so_that_its_time_runs() {
    var id = new SessionId("lost-swarm");
    node.lines.add(line(id, null));
    node.stored.put(id.value(), withSwarm(active(id), new ArtifactRef("0".repeat(64), 1)));
    var sessions = node.sessions();

    assertThat(refusal(sessions.takeUp(line(id, null), node.now)))
        .contains("the session's swarm cannot be read");

    assertThat(join(sessions.driven())).containsExactly(id);
  }

  private static SessionState.Active withSwarm(SessionState.Active session, ArtifactRef swarm) {
    var asked = session.opening();
    return new SessionState.Active(
        new SessionState.Opening(
            asked.session(), asked.goal(), asked.workspace(), asked.at(), null, swarm, null, null),
        List.of(),
        null,
        0,
        Map.of(),
        null,
        null);
  }

  @Test
  void one_that_was_never_opened_is_told_as_failed_by_who_wants_it_to_go_on_or_to_end() {
    var id = new SessionId("never");
    node.lines.add(line(id, null));
    var sessions = node.sessions();

    assertThat(refusal(sessions.resume(id))).contains("no session 'never'");
    assertThat(refusal(sessions.cancel(id, "enough"))).contains("no session 'never'");
    join(sessions.lines());

    assertThat(node.noted)
        .extracting(SessionDirectory.NoteEnding::ending, SessionDirectory.NoteEnding::at)
        .containsExactly(tuple("failed", Instant.EPOCH), tuple("failed", Instant.EPOCH));
  }

  @Test
  void a_place_of_a_session_that_is_about_to_go_on_is_not_given_back_by_others() {
    var id = new SessionId("again");
    var end = NOW.minusSeconds(1000);
    node.stored.put(id.value(), new SessionState.Concluded(active(id), new Ending.TimedOut(), end));
    var line = new SessionLine(id, "goal", "/shop", NOW.minusSeconds(2000), null, null, null, NOW);
    node.lines.add(line);
    for (int i = 1; i < MOST_UNFINISHED; i++) {
      node.lines.add(line(new SessionId("soon-" + i), null));
    }
    var sessions = node.sessions();

    assertThat(failure(sessions.takeUp(line, node.now))).hasMessage("it is being opened");
    assertThat(refusal(sessions.open(node.request("be thorough"))))
        .contains("5 sessions are not over");
    assertThat(node.noted).isEmpty();

    // What others may say of it says of when it is, so that the directory can pass over it.
    join(sessions.cancel(id, "again"));
    join(sessions.lines());
    assertThat(node.noted)
        .containsExactly(new SessionDirectory.NoteEnding(id, "timed-out", end, null));
  }

  @Test
  void a_wish_that_fails_gives_back_just_the_place_that_it_took() {
    var id = new SessionId("again");
    var end = NOW.minusSeconds(1000);
    node.stored.put(id.value(), new SessionState.Concluded(active(id), new Ending.TimedOut(), end));
    node.lines.add(line(id, "timed-out"));
    var sessions = node.sessions();
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
                              assertThat(node.noted).isEmpty();
                            })
                        .thenCompose(_ -> failing.get()));

    assertThat(refusal(first)).isEqualTo("not today");
    join(sessions.lines());
    assertThat(node.noted)
        .containsExactly(new SessionDirectory.NoteEnding(id, "timed-out", end, NOW));
  }

  @Test
  void a_wish_for_which_there_is_no_place_gives_back_those_that_are_lost() {
    var id = new SessionId("again");
    node.lines.add(line(id, "timed-out"));
    for (int i = 0; i < MOST_UNFINISHED; i++) {
      node.lines.add(line(new SessionId("lost-" + i), null));
    }
    var listing = node.sessions().listing();
    assertThat(refusal(listing.reopen(id, false, () -> CompletableFuture.completedFuture("done"))))
        .contains("5 sessions are not over");

    node.now = NOW.plus(SessionLine.OPENED_WITHIN).plusSeconds(1);

    assertThat(join(listing.reopen(id, false, () -> CompletableFuture.completedFuture("done"))))
        .isEqualTo("done");
  }

  @Test
  void one_lost_session_that_cannot_be_read_keeps_just_its_own_place() {
    node.patience = Duration.ofSeconds(3);
    node.silent = new SessionId("lost-0");
    for (int i = 0; i < 20; i++) {
      node.lines.add(line(new SessionId("lost-" + i), null));
    }
    node.now = NOW.plus(SessionLine.OPENED_WITHIN).plusSeconds(1);

    join(node.sessions().admit());

    assertThat(node.unfinished()).isEqualTo(1);
  }

  @Test
  void those_that_are_refused_meanwhile_wait_for_the_same_look_at_lost_sessions() {
    var regions = node.kit.<ShardingEnvelope<Session.Command>>createTestProbe();
    node.region = regions.ref();
    for (int i = 0; i < MOST_UNFINISHED; i++) {
      node.lines.add(line(new SessionId("lost-" + i), null));
    }
    node.now = NOW.plus(SessionLine.OPENED_WITHIN).plusSeconds(1);
    var sessions = node.sessions();

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
          .tell(node.snapshot(new SessionId(each.entityId())));
    }

    join(one);
    join(other);
    assertThat(node.unfinished()).isZero();
  }

  @Test
  void a_session_that_was_asked_something_further_meanwhile_is_not_noted_as_cancelled() {
    var id = new SessionId("asked");
    node.stored.put(id.value(), active(id));
    node.lines.add(line(id, null));
    var sessions = node.sessions();

    assertThat(refusal(sessions.cancel(id, "enough"))).contains("asked a further question");

    join(sessions.lines());
    assertThat(node.noted).isEmpty();
  }

  @Test
  void no_session_is_taken_on_when_the_disk_is_nearly_full() {
    node.minFree = Long.MAX_VALUE;

    assertThat(refusal(node.sessions().open(node.request("be thorough"))))
        .contains("MB are free on the disk of " + node.folder);
    assertThat(node.stored).isEmpty();
  }
}
