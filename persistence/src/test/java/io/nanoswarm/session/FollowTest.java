package io.nanoswarm.session;

import static io.nanoswarm.session.Sample.AGENT;
import static io.nanoswarm.session.Sample.ANSWER;
import static io.nanoswarm.session.Sample.GOAL;
import static io.nanoswarm.session.Sample.NOW;
import static io.nanoswarm.session.Sample.READ;
import static io.nanoswarm.session.Sample.SESSION;
import static io.nanoswarm.session.Sample.WORKER;
import static io.nanoswarm.session.Sample.WORKSPACE;
import static io.nanoswarm.session.Sample.plan;
import static io.nanoswarm.session.Sample.spec;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.nanoswarm.entity.PageBound;
import io.nanoswarm.session.FollowReply.Here;
import io.nanoswarm.session.FollowReply.Mark;
import io.nanoswarm.session.FollowReply.Standing;
import io.nanoswarm.session.FollowReply.Step;
import io.nanoswarm.session.Session.Begin;
import io.nanoswarm.session.Session.BeginReply;
import io.nanoswarm.session.Session.Command;
import io.nanoswarm.session.Session.Follow;
import io.nanoswarm.session.Session.Open;
import io.nanoswarm.session.Session.Pause;
import io.nanoswarm.session.Session.PlanReply;
import io.nanoswarm.session.Session.RecordPlan;
import io.nanoswarm.session.Session.WishReply;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What who follows a session is told: where it stands, once, and then what changes. */
class FollowTest {
  private static final ActorTestKit kit =
      ActorTestKit.create(
          ConfigFactory.parseResources("swarm-serialization.conf")
              .withFallback(EventSourcedBehaviorTestKit.config())
              .withFallback(ConfigFactory.load()));

  private final TestProbe<FollowReply> follower = kit.createTestProbe();
  private final EventSourcedBehaviorTestKit<Command, SessionEvent, SessionState> session =
      EventSourcedBehaviorTestKit.create(
          kit.system(),
          Session.create(
              SESSION,
              new SessionSettings(
                  Duration.ofMinutes(5), Duration.ZERO, Duration.ofMinutes(5), 1000, 1),
              () -> NOW,
              kit.system().ignoreRef()),
          EventSourcedBehaviorTestKit.enabledSerializationSettings());

  @BeforeEach
  void anOpenSession() {
    session.clear();
    session.<SessionSnapshot>runCommand(to -> new Open(GOAL, WORKSPACE, null, null, to));
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  private Standing follow(@Nullable Mark seen) {
    session.runCommand(new Follow(seen, follower.ref()));
    return follower.expectMessageClass(Standing.class);
  }

  private void record(Plan plan) {
    session.<PlanReply>runCommand(to -> new RecordPlan(plan, to));
  }

  private SessionSnapshot now() {
    return session.<SessionSnapshot>runCommand(to -> new Session.GetSession(to)).reply();
  }

  @Test
  void what_a_follower_is_told_leads_to_the_session_as_it_is() {
    var standing = follow(null);
    record(plan(spec(READ), spec(ANSWER, READ)));
    session.<BeginReply>runCommand(
        to -> new Begin(READ, AGENT, WORKER, kit.system().ignoreRef(), to));
    session.<WishReply>runCommand(to -> new Pause(to));

    var state = standing.now().state();
    Mark last = standing.mark();
    Step step = null;
    for (int i = 0; i < 3; i++) {
      step = follower.expectMessageClass(Step.class);
      assertThat(step.mark().follows(last)).isTrue();
      last = step.mark();
      for (SessionEvent event : step.stored()) {
        state = state.apply(event);
      }
    }

    assertThat(state).isEqualTo(now().state());
    assertThat(step.running()).isEqualTo(List.copyOf(now().running().values()));
  }

  @Test
  void who_asks_again_is_told_how_far_the_session_has_come_and_no_more() {
    var standing = follow(null);
    session.runCommand(new Follow(standing.mark(), follower.ref()));
    assertThat(follower.expectMessageClass(Here.class).mark()).isEqualTo(standing.mark());

    record(plan(spec(READ), spec(ANSWER, READ)));
    var step = follower.expectMessageClass(Step.class);
    assertThat(step.mark().follows(standing.mark())).isTrue();

    session.runCommand(new Follow(standing.mark(), follower.ref()));
    assertThat(follower.expectMessageClass(Here.class).mark()).isEqualTo(step.mark());
  }

  @Test
  void who_has_missed_something_is_told_where_the_session_stands() {
    follow(null);
    record(plan(spec(READ), spec(ANSWER, READ)));
    follower.expectMessageClass(Step.class);

    assertThat(follow(null).now()).isEqualTo(now());
  }

  @Test
  void marks_of_before_a_restart_say_nothing() {
    var standing = follow(null);

    session.restart();

    assertThat(follow(standing.mark()).now()).isEqualTo(now());
  }

  @Test
  void a_plan_that_is_too_large_for_a_step_is_told_as_where_the_session_stands() {
    follow(null);
    record(plan(spec(READ).withInstructions("x".repeat(PageBound.BYTES)), spec(ANSWER, READ)));

    var standing = follower.expectMessageClass(Standing.class);
    assertThat(standing.now()).isEqualTo(now());
    assertThat(standing.stored())
        .containsExactly(new SessionEvent.PlanRecorded(NOW, new Plan(List.of(), ANSWER)));
  }
}
