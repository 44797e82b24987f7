package io.nanoswarm.session;

import static io.nanoswarm.session.Sample.AGENT;
import static io.nanoswarm.session.Sample.NOW;
import static io.nanoswarm.session.Sample.READ;
import static io.nanoswarm.session.Sample.SESSION;
import static io.nanoswarm.session.Sample.WORKER;
import static io.nanoswarm.session.Sample.plan;
import static io.nanoswarm.session.Sample.spec;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.session.AttemptRequest.Renew;
import io.nanoswarm.session.AttemptRequest.Settle;
import io.nanoswarm.session.Session.Accepted;
import io.nanoswarm.session.Session.AttemptOver;
import io.nanoswarm.session.Session.AttemptReply;
import io.nanoswarm.session.Session.Begin;
import io.nanoswarm.session.Session.BeginReply;
import io.nanoswarm.session.Session.Begun;
import io.nanoswarm.session.Session.Command;
import io.nanoswarm.session.Session.NotBegun;
import io.nanoswarm.session.Session.OfAttempt;
import io.nanoswarm.session.Session.Renewed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session that is read from the journal elsewhere, while agents work on for it. */
class SessionMoveTest {
  private static final Duration LEASE = Duration.ofSeconds(45);
  private static final Duration ADOPT = Duration.ofSeconds(7);
  private static final Outcome DONE = new Outcome.Completed("done");
  private static final AgentName OTHER = new AgentName("researcher-2");
  private static final WorkerId ELSEWHERE = new WorkerId("researcher-2-b");

  private static final ActorTestKit kit =
      ActorTestKit.create(
          ManualTime.config()
              .withFallback(ConfigFactory.parseResources("swarm-serialization.conf"))
              .withFallback(EventSourcedBehaviorTestKit.config())
              .withFallback(ConfigFactory.load()));
  private static final ManualTime time = ManualTime.get(kit.system());

  private Instant now = NOW;
  private final TestProbe<ClusterSharding.ShardCommand> shard = kit.createTestProbe();
  private final TestProbe<Session.AttemptCancelled> host = kit.createTestProbe();
  private final TestProbe<BeginReply> beginnings = kit.createTestProbe();
  private final TestProbe<AttemptReply> answers = kit.createTestProbe();
  private final EventSourcedBehaviorTestKit<Command, SessionEvent, SessionState> session =
      EventSourcedBehaviorTestKit.create(
          kit.system(),
          Session.create(
              SESSION,
              new SessionSettings(LEASE, ADOPT, Duration.ofMinutes(2), 100, 2),
              () -> now,
              shard.ref()),
          EventSourcedBehaviorTestKit.enabledSerializationSettings().withVerifyEquality(false));

  @BeforeEach
  void opened() {
    session.clear();
    session.<SessionSnapshot>runCommand(
        to -> new Session.Open(Sample.GOAL, Sample.WORKSPACE, Duration.ofMinutes(30), null, to));
    session.<Session.PlanReply>runCommand(to -> new Session.RecordPlan(plan(spec(READ)), to));
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  private void begin(AgentName agent, WorkerId worker) {
    session.runCommand(new Begin(READ, agent, worker, host.ref(), beginnings.ref()));
  }

  private Fence begun() {
    begin(AGENT, WORKER);
    return beginnings.expectMessageClass(Begun.class).assignment().fence();
  }

  private void ask(Fence fence, AttemptRequest request) {
    var holder = new Session.Holder(AGENT, WORKER, NOW.plus(Duration.ofMinutes(10)), host.ref());
    session.runCommand(new OfAttempt(READ, fence, request, holder, answers.ref()));
  }

  private void pass(Duration duration) {
    now = now.plus(duration);
    time.timePasses(duration);
  }

  @Test
  void an_attempt_goes_on_when_its_session_has_moved() {
    Fence fence = begun();

    session.restart();
    ask(fence, new Renew());
    answers.expectMessage(new Renewed(READ, fence));
    begin(OTHER, ELSEWHERE);

    assertThat(beginnings.expectMessageClass(NotBegun.class).why()).contains(AGENT.value());
    ask(fence, new Settle(DONE));
    answers.expectMessage(new Accepted(READ, fence));
  }

  @Test
  void what_ends_while_its_session_moves_is_settled() {
    Fence fence = begun();

    session.restart();
    ask(fence, new Settle(DONE));

    answers.expectMessage(new Accepted(READ, fence));
    ask(fence, new Settle(DONE));
    answers.expectMessage(new Accepted(READ, fence));
  }

  @Test
  void others_wait_until_hosts_have_had_time_to_speak_and_then_begin() {
    Fence before = begun();
    session.restart();

    begin(OTHER, ELSEWHERE);
    begin(OTHER, ELSEWHERE);
    beginnings.expectNoMessage();
    pass(ADOPT);

    Fence fence = beginnings.expectMessageClass(Begun.class).assignment().fence();
    assertThat(before.isOlderThan(fence)).isTrue();
    beginnings.expectNoMessage();
    ask(before, new Settle(DONE));
    answers.expectMessageClass(AttemptOver.class);
  }

  @Test
  void an_attempt_whose_end_is_stored_does_not_go_on() {
    Fence fence = begun();
    session.runCommand(new Session.HostLost(READ, WORKER, "its worker died"));
    assertThat(host.receiveMessage().fence()).isEqualTo(fence);

    session.restart();
    ask(fence, new Renew());

    answers.expectMessageClass(AttemptOver.class);
  }

  @Test
  void an_attempt_that_was_replaced_two_moves_ago_does_not_go_on() {
    Fence first = begun();
    session.restart();
    pass(ADOPT);
    begin(OTHER, ELSEWHERE);
    beginnings.expectMessageClass(Begun.class);

    session.restart();
    ask(first, new Renew());

    answers.expectMessageClass(AttemptOver.class);
  }

  @Test
  void an_attempt_that_a_persons_wish_has_ended_does_not_go_on() {
    Fence fence = begun();
    ask(fence, new Settle(new Outcome.Failed("no", false)));
    answers.expectMessageClass(Accepted.class);
    session.<SessionSnapshot>runCommand(
        to -> new Session.Conclude(1, new Ending.Failed("no answer"), to));
    session.<Session.WishReply>runCommand(to -> new Session.Retry(List.of(), to));
    Fence again = begun();
    session.<SessionSnapshot>runCommand(to -> new Session.Conclude(1, new Ending.TimedOut(), to));
    session.<Session.WishReply>runCommand(to -> new Session.Retry(List.of(), to));

    session.restart();
    ask(again, new Renew());

    answers.expectMessageClass(AttemptOver.class);
  }

  @Test
  void a_session_that_ends_while_others_wait_grants_again_when_it_goes_on() {
    Fence fence = begun();
    session.restart();
    begin(OTHER, ELSEWHERE);
    ask(fence, new Settle(new Outcome.Failed("no", false)));
    answers.expectMessageClass(Accepted.class);

    session.<SessionSnapshot>runCommand(
        to -> new Session.Conclude(1, new Ending.Failed("no answer"), to));
    beginnings.expectMessageClass(NotBegun.class);
    session.<Session.WishReply>runCommand(to -> new Session.Retry(List.of(), to));

    assertThat(fence.isOlderThan(begun())).isTrue();
  }

  @Test
  void an_attempt_that_went_on_is_cut_off_when_its_lease_expires() {
    Fence fence = begun();
    session.restart();
    ask(fence, new Renew());
    answers.expectMessageClass(Renewed.class);

    pass(LEASE);

    assertThat(host.receiveMessage().fence()).isEqualTo(fence);
    ask(fence, new Settle(DONE));
    answers.expectMessageClass(AttemptOver.class);
  }
}
