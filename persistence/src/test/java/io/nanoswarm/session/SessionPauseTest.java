package io.nanoswarm.session;

import static io.nanoswarm.session.Sample.ANSWER;
import static io.nanoswarm.session.Sample.READ;
import static io.nanoswarm.session.Sample.spec;
import static io.nanoswarm.session.SessionFixture.DONE;
import static io.nanoswarm.session.SessionFixture.active;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.session.AttemptRequest.Renew;
import io.nanoswarm.session.Session.Accepted;
import io.nanoswarm.session.Session.BeginReply;
import io.nanoswarm.session.Session.Begun;
import io.nanoswarm.session.Session.NotBegun;
import io.nanoswarm.session.Session.Renewed;
import io.nanoswarm.session.SessionEvent.SessionPaused;
import io.nanoswarm.session.SessionEvent.SessionPrioritised;
import io.nanoswarm.session.SessionEvent.SessionUnpaused;
import java.util.Objects;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a session does that a person has paused, and how urgent a person has made it. */
@ExtendWith(LogCapturingExtension.class)
class SessionPauseTest {
  private static final ActorTestKit kit = SessionFixture.kit();

  private final SessionFixture session = new SessionFixture(kit);

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void no_attempt_begins_from_when_a_pause_is_stored_until_its_end_is() {
    session.opened(spec(READ), spec(ANSWER));
    var runs = session.begun(READ).fence();

    assertThat(session.wish(Session.Pause::new).events())
        .containsExactly(new SessionPaused(session.now));
    assertThat(session.begin(ANSWER)).isEqualTo(new NotBegun(ANSWER, 0, "its session is paused"));
    assertThat(session.attempt(READ, runs, new Renew()).reply()).isInstanceOf(Renewed.class);
    assertThat(session.settle(READ, runs, new Outcome.Failed("again", true)))
        .isInstanceOf(Accepted.class);
    assertThat(session.begin(READ)).isInstanceOf(NotBegun.class);
    assertThat(session.snapshot().running()).isEmpty();
    session.restart();
    assertThat(session.begin(ANSWER)).isInstanceOf(NotBegun.class);

    session.now = session.now.plusSeconds(60);
    assertThat(session.wish(Session.Unpause::new).events())
        .containsExactly(new SessionUnpaused(session.now));
    assertThat(session.begin(ANSWER)).isInstanceOf(Begun.class);
  }

  @Test
  void what_waits_for_its_agent_is_refused_when_the_session_is_paused_meanwhile() {
    session.opened(spec(READ), spec(ANSWER));
    var beginnings = kit.<BeginReply>createTestProbe();
    var runs = session.begun(READ).fence();
    session.runCommand(session.begin(ANSWER, 2, beginnings));
    beginnings.expectNoMessage();

    session.wish(Session.Pause::new);
    session.settle(READ, runs, DONE);

    assertThat(beginnings.receiveMessage())
        .isEqualTo(new NotBegun(ANSWER, 2, "its session is paused"));
  }

  @Test
  void what_a_person_wants_of_a_paused_session_and_what_it_waits_for_is_done_and_nothing_begins() {
    session.opened(spec(READ), spec(ANSWER));
    session.ask("why?");
    session.wish(Session.Pause::new);

    var asked = active(session.snapshot()).task(READ).orElseThrow().lastEnded();
    session.<SessionSnapshot>runCommand(
        to -> new Session.Answer(READ, Objects.requireNonNull(asked), "because", to));
    assertThat(session.phase(READ)).isEqualTo(new TaskRecord.Open("c", "because", null));
    assertThat(session.begin(READ)).isInstanceOf(NotBegun.class);

    assertThat(session.wish(to -> new Session.Discard(READ, "no use", to)).reply())
        .isInstanceOf(Session.Done.class);
    assertThat(session.conclude(new Ending.Cancelled("enough")).reply().state())
        .isInstanceOf(SessionState.Concluded.class);
  }

  @Test
  void a_paused_session_does_not_time_out_until_it_goes_on() {
    session.opened(spec(READ));
    session.wish(Session.Pause::new);

    assertThat(session.conclude(new Ending.TimedOut()).hasNoEvents()).isTrue();
    session.wish(Session.Unpause::new);
    assertThat(session.conclude(new Ending.TimedOut()).reply().state())
        .isInstanceOf(SessionState.Concluded.class);
  }

  @Test
  void pausing_and_its_end_and_a_priority_are_stored_once_and_refused_when_it_is_over() {
    session.opened(spec(READ));

    assertThat(session.wish(Session.Unpause::new).hasNoEvents()).isTrue();
    assertThat(session.wish(Session.Pause::new).hasNoEvents()).isFalse();
    assertThat(session.wish(Session.Pause::new).hasNoEvents()).isTrue();
    assertThat(session.wish(to -> new Session.Prioritise(Priority.NORMAL, to)).hasNoEvents())
        .isTrue();
    assertThat(session.wish(to -> new Session.Prioritise(Priority.HIGH, to)).events())
        .containsExactly(new SessionPrioritised(session.now, Priority.HIGH));
    assertThat(session.wish(to -> new Session.Prioritise(Priority.HIGH, to)).hasNoEvents())
        .isTrue();

    session.conclude(new Ending.Failed("no agents"));
    var over = new Session.NotDone("it is over: failed");
    assertThat(session.wish(Session.Pause::new).reply()).isEqualTo(over);
    assertThat(session.wish(Session.Unpause::new).reply()).isEqualTo(over);
    assertThat(session.wish(to -> new Session.Prioritise(Priority.LOW, to)).reply())
        .isEqualTo(over);
  }
}
