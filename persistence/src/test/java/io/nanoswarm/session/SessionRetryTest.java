package io.nanoswarm.session;

import static io.nanoswarm.session.Sample.ANSWER;
import static io.nanoswarm.session.Sample.NOW;
import static io.nanoswarm.session.Sample.READ;
import static io.nanoswarm.session.Sample.spec;
import static io.nanoswarm.session.SessionFixture.DONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.session.Session.AttemptCancelled;
import io.nanoswarm.session.Session.AttemptOver;
import io.nanoswarm.session.Session.Begun;
import io.nanoswarm.session.Session.NotBegun;
import io.nanoswarm.session.SessionEvent.TasksRetried;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tasks that a person has tried again, or discarded. */
@ExtendWith(LogCapturingExtension.class)
class SessionRetryTest {
  private static final ActorTestKit kit = SessionFixture.kit();

  private final SessionFixture session = new SessionFixture(kit);

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void a_dead_task_is_tried_again_and_the_session_that_was_over_goes_on() {
    session.opened(spec(READ, new TaskSpec.Limits(1, Duration.ofMinutes(1))), spec(ANSWER, READ));
    session.settle(READ, session.begun(READ), new Outcome.Failed("no luck", true));
    session.settle(ANSWER, session.begun(ANSWER), DONE);
    session.conclude(new Ending.Partial(List.of("read")));
    var watcher = session.watch();

    var result = session.<Session.WishReply>runCommand(to -> new Session.Retry(List.of(), to));

    assertThat(result.events().getFirst())
        .isEqualTo(new TasksRetried(session.now, List.of(READ), List.of(ANSWER)));
    assertThat(((Session.Done) result.reply()).session().state())
        .isInstanceOf(SessionState.Active.class);
    assertThat(watcher.receiveMessage().stored()).isEqualTo(result.events());
    session.settle(READ, session.begun(READ), DONE);
    session.settle(ANSWER, session.begun(ANSWER), DONE);
    assertThat(session.conclude(new Ending.Completed()).reply().state())
        .isInstanceOf(SessionState.Concluded.class);
  }

  @Test
  void a_task_that_sleeps_wakes_also_in_a_session_that_goes_on_after_its_end() {
    session.opened(spec(READ), spec(ANSWER, READ));
    session.suspendUntil(NOW.plusSeconds(60));
    session.conclude(new Ending.TimedOut());

    session.<Session.WishReply>runCommand(to -> new Session.Retry(List.of(), to));
    session.pass(Duration.ofSeconds(61));

    assertThat(session.phase(READ)).isInstanceOf(TaskRecord.Open.class);
  }

  @Test
  void attempts_of_a_session_that_goes_on_are_of_a_new_epoch() {
    session.opened(spec(READ), spec(ANSWER, READ));
    var before = session.begun(READ).fence();
    session.conclude(new Ending.TimedOut());

    session.<Session.WishReply>runCommand(to -> new Session.Retry(List.of(), to));

    assertThat(session.begun(READ).fence().epoch()).isEqualTo(before.epoch() + 1);
  }

  @Test
  void what_comes_after_a_task_that_is_tried_again_is_cut_off() {
    session.opened(spec(READ, new TaskSpec.Limits(1, Duration.ofMinutes(1))), spec(ANSWER, READ));
    session.settle(READ, session.begun(READ), new Outcome.Failed("no luck", true));
    var fence = session.begun(ANSWER).fence();

    session.<Session.WishReply>runCommand(to -> new Session.Retry(List.of(READ), to));

    assertThat(session.host.receiveMessage())
        .isEqualTo(new AttemptCancelled(ANSWER, fence, "a task before it is tried again"));
    assertThat(session.settle(ANSWER, fence, DONE)).isInstanceOf(AttemptOver.class);
    assertThat(session.begin(ANSWER)).isInstanceOf(NotBegun.class);
  }

  @Test
  void a_task_that_is_discarded_is_dead_and_its_attempt_is_over() {
    session.opened(spec(READ), spec(ANSWER, READ));
    var fence = session.begun(READ).fence();

    var result =
        session.<Session.WishReply>runCommand(to -> new Session.Discard(READ, "no use", to));

    assertThat(result.reply()).isInstanceOf(Session.Done.class);
    assertThat(session.host.receiveMessage())
        .isEqualTo(new AttemptCancelled(READ, fence, "its task was discarded"));
    assertThat(session.phase(READ))
        .isEqualTo(new TaskRecord.Dead("discarded: no use", session.now));
    assertThat(session.begin(ANSWER)).isInstanceOf(Begun.class);
    var again =
        session.<Session.WishReply>runCommand(to -> new Session.Discard(READ, "no use", to));
    assertThat(again.hasNoEvents()).isTrue();
    assertThat(again.reply()).isInstanceOf(Session.Done.class);
  }
}
