package io.nanoswarm.session;

import static io.nanoswarm.session.Sample.AGENT;
import static io.nanoswarm.session.Sample.ANSWER;
import static io.nanoswarm.session.Sample.GOAL;
import static io.nanoswarm.session.Sample.NOW;
import static io.nanoswarm.session.Sample.READ;
import static io.nanoswarm.session.Sample.SESSION;
import static io.nanoswarm.session.Sample.WORKER;
import static io.nanoswarm.session.Sample.WORKSPACE;
import static io.nanoswarm.session.Sample.delegation;
import static io.nanoswarm.session.Sample.plan;
import static io.nanoswarm.session.Sample.spec;
import static io.nanoswarm.session.Sample.task;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.journal.JournalTrouble;
import io.nanoswarm.session.AttemptRequest.HandOff;
import io.nanoswarm.session.AttemptRequest.Release;
import io.nanoswarm.session.AttemptRequest.Renew;
import io.nanoswarm.session.AttemptRequest.Settle;
import io.nanoswarm.session.AttemptRequest.Suspend;
import io.nanoswarm.session.AttemptStep.What;
import io.nanoswarm.session.Session.Accepted;
import io.nanoswarm.session.Session.Answer;
import io.nanoswarm.session.Session.AttemptCancelled;
import io.nanoswarm.session.Session.AttemptOver;
import io.nanoswarm.session.Session.AttemptReply;
import io.nanoswarm.session.Session.Begin;
import io.nanoswarm.session.Session.BeginReply;
import io.nanoswarm.session.Session.Begun;
import io.nanoswarm.session.Session.Command;
import io.nanoswarm.session.Session.Conclude;
import io.nanoswarm.session.Session.GetSession;
import io.nanoswarm.session.Session.HostLost;
import io.nanoswarm.session.Session.Invalid;
import io.nanoswarm.session.Session.NotBegun;
import io.nanoswarm.session.Session.OfAttempt;
import io.nanoswarm.session.Session.PlanRefused;
import io.nanoswarm.session.Session.PlanReply;
import io.nanoswarm.session.Session.PlanStored;
import io.nanoswarm.session.Session.RecordPlan;
import io.nanoswarm.session.Session.Renewed;
import io.nanoswarm.session.Session.Watch;
import io.nanoswarm.session.SessionEvent.SessionPaused;
import io.nanoswarm.session.SessionEvent.SessionPrioritised;
import io.nanoswarm.session.SessionEvent.SessionUnpaused;
import io.nanoswarm.session.SessionEvent.TasksRetried;
import io.nanoswarm.trace.TraceContext;
import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.testkit.ProcessingSuccess;
import org.apache.pekko.persistence.testkit.WriteEvents;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LogCapturingExtension.class)
class SessionTest {
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final Duration IDLE = LEASE.minusSeconds(5);
  private static final Outcome DONE = new Outcome.Completed("done");
  private static final TaskId PART = READ.child("part");

  private static final ActorTestKit kit =
      ActorTestKit.create(
          ManualTime.config()
              .withFallback(ConfigFactory.parseResources("swarm-serialization.conf"))
              .withFallback(ConfigFactory.parseResources("layers/local.conf"))
              .withFallback(EventSourcedBehaviorTestKit.config())
              .withFallback(ConfigFactory.load()));
  private static final ManualTime time = ManualTime.get(kit.system());

  private Instant now = NOW;
  private volatile ActorRef<Command> ref;
  private final TestProbe<ClusterSharding.ShardCommand> shard = kit.createTestProbe();
  private final TestProbe<AttemptCancelled> host = kit.createTestProbe();
  private final EventSourcedBehaviorTestKit<Command, SessionEvent, SessionState> session =
      EventSourcedBehaviorTestKit.create(
          kit.system(),
          Behaviors.setup(context -> {
            ref = context.getSelf();
            return Session.create(
                SESSION,
                new SessionSettings(LEASE, Duration.ZERO, IDLE, 3, 2),
                () -> now,
                shard.ref());
          }),
          EventSourcedBehaviorTestKit.enabledSerializationSettings().withVerifyEquality(true));

  @BeforeEach
  void empty() {
    session.clear();
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void a_session_that_nobody_opened_is_absent() {
    var result = session.<SessionSnapshot>runCommand(to -> new GetSession(to));

    assertThat(result.hasNoEvents()).isTrue();
    assertThat(result.reply().state()).isEqualTo(new SessionState.Absent());
    assertThat(record(plan(spec(READ))).reply()).isInstanceOf(PlanRefused.class);
    assertThat(begin(READ)).isInstanceOf(NotBegun.class);
    assertThat(conclude(new Ending.Completed()).hasNoEvents()).isTrue();
  }

  @Test
  void opening_it_again_changes_nothing_and_is_answered_the_same() {
    var first = open();
    var again = open();

    assertThat(first.event()).isInstanceOf(SessionEvent.SessionOpened.class);
    assertThat(again.hasNoEvents()).isTrue();
    assertThat(again.reply()).isEqualTo(first.reply());
  }

  @Test
  void an_invalid_plan_is_refused_with_reasons() {
    open();

    var result = record(plan(spec(ANSWER, READ)));

    assertThat(result.hasNoEvents()).isTrue();
    assertThat(result.reply())
        .isEqualTo(
            new PlanRefused(
                List.of("task goal-1/answer comes after goal-1/read, which is not in the plan")));
  }

  @Test
  void the_first_plan_stands() {
    opened(spec(READ));

    var again = record(plan(spec(ANSWER)));

    assertThat(again.hasNoEvents()).isTrue();
    assertThat(again.reply())
        .isInstanceOfSatisfying(
            PlanStored.class,
            stored -> assertThat(active(stored.session()).tasks()).containsOnlyKeys(READ));
  }

  @Test
  void an_attempt_is_granted_with_what_its_host_must_know() {
    opened(spec(READ), spec(ANSWER, READ));
    settle(READ, begun(READ), DONE);

    var assignment = begun(ANSWER);

    assertThat(assignment.spec()).isEqualTo(spec(ANSWER));
    assertThat(assignment.number()).isEqualTo(1);
    assertThat(assignment.lease()).isEqualTo(LEASE);
    assertThat(assignment.deadline()).isEqualTo(NOW.plus(Duration.ofMinutes(10)));
    assertThat(assignment.results())
        .containsExactly(new Assignment.TaskResult(READ, "Do read", new Fence(1, 1), DONE));
  }

  @Test
  void results_that_do_not_fit_into_one_message_are_told_in_pages() {
    var readers = IntStream.range(0, 40).mapToObj(i -> task("read-" + i)).toList();
    opened(
        Stream.concat(
                readers.stream().map(id -> spec(id)), Stream.of(spec(ANSWER).withAfter(readers)))
            .toArray(TaskSpec[]::new));
    var summary = new Outcome.Completed("x".repeat(2000));
    readers.forEach(reader -> settle(reader, begun(reader), summary));

    var begun = (Begun) begin(ANSWER);
    var fence = begun.assignment().fence();
    var results = new ArrayList<>(begun.assignment().results());
    int pages = 1;
    for (int next = begun.next(); next != 0; pages++) {
      var more = results(ANSWER, fence, next);
      assertThat(((Session.MoreResults) more).from()).isEqualTo(next);
      results.addAll(((Session.MoreResults) more).results());
      next = ((Session.MoreResults) more).next();
    }

    assertThat(pages).isBetween(2, 40);
    assertThat(results).extracting(Assignment.TaskResult::task).isEqualTo(readers);
    assertThat(results(ANSWER, new Fence(1, 1), 5)).isInstanceOf(NotBegun.class);
  }

  @Test
  void a_task_that_nobody_could_do_is_dead_with_the_reason() {
    opened(spec(READ), spec(ANSWER, READ));

    session.runCommand(new Session.Abandon(READ, "no node offers gh; 1 node up"));

    assertThat(phase(READ)).isEqualTo(new TaskRecord.Dead("no node offers gh; 1 node up", NOW));
    assertThat(begin(ANSWER)).isInstanceOf(Begun.class);
  }

  @Test
  void a_task_that_runs_waits_or_has_ended_is_not_abandoned() {
    opened(spec(READ), spec(ANSWER, READ));
    var fence = begun(READ).fence();

    assertThat(session.runCommand(new Session.Abandon(READ, "no")).hasNoEvents()).isTrue();
    assertThat(session.runCommand(new Session.Abandon(ANSWER, "no")).hasNoEvents()).isTrue();
    settle(READ, fence, DONE);
    assertThat(session.runCommand(new Session.Abandon(READ, "no")).hasNoEvents()).isTrue();
  }

  @Test
  void a_task_that_is_not_ready_is_not_begun() {
    opened(spec(READ), spec(ANSWER, READ));

    assertThat(begin(ANSWER)).isEqualTo(new NotBegun(ANSWER, 0, "it is not ready to be tried"));
    assertThat(begin(PART)).isInstanceOf(NotBegun.class);
  }

  @Test
  void begin_again_by_the_same_worker_is_answered_the_same() {
    opened(spec(READ));
    var first = begin(READ);

    assertThat(begin(READ)).isEqualTo(first);
  }

  @Test
  void one_attempt_at_a_time() {
    opened(spec(READ));
    begun(READ);

    assertThat(begin(READ, new AgentName("researcher-2"), new WorkerId("researcher-2-w1")))
        .isEqualTo(new NotBegun(READ, 0, "researcher-1 works on it"));
    assertThat(begin(READ, AGENT, new WorkerId("researcher-1-w2")))
        .isEqualTo(new NotBegun(READ, 0, "researcher-1 works on it"));
  }

  @Test
  void beginnings_are_not_stored() {
    opened(spec(READ), spec(ANSWER));
    begun(READ);
    settle(READ, new Fence(1, 1), DONE);

    assertThat(
            session
                .<BeginReply>runCommand(to -> new Begin(ANSWER, AGENT, WORKER, host.ref(), to))
                .hasNoEvents())
        .isTrue();
  }

  @Test
  void an_agent_has_one_attempt_at_a_time_and_what_it_begins_meanwhile_waits_for_its_end() {
    opened(spec(READ), spec(ANSWER));
    var first = begun(READ);
    var beginnings = kit.<BeginReply>createTestProbe();

    session.runCommand(begin(ANSWER, 7, beginnings));
    session.runCommand(begin(ANSWER, 8, beginnings));
    beginnings.expectNoMessage();
    settle(READ, first, DONE);

    var begun = beginnings.expectMessageClass(Begun.class);
    assertThat(begun.task()).isEqualTo(ANSWER);
    assertThat(begun.claim()).isEqualTo(8);
    beginnings.expectNoMessage();
    assertThat(settle(ANSWER, begun.assignment().fence(), DONE)).isInstanceOf(Accepted.class);
  }

  @Test
  void what_waits_to_begin_is_granted_when_the_attempt_before_it_is_cut_off() {
    opened(spec(READ), spec(ANSWER));
    begun(READ);
    var beginnings = kit.<BeginReply>createTestProbe();
    session.runCommand(begin(ANSWER, 7, beginnings));

    pass(LEASE);

    assertThat(beginnings.expectMessageClass(Begun.class).task()).isEqualTo(ANSWER);
  }

  @Test
  void nothing_begins_for_a_host_that_is_lost() {
    opened(spec(READ), spec(ANSWER));
    begun(READ);
    var beginnings = kit.<BeginReply>createTestProbe();
    session.runCommand(begin(ANSWER, 7, beginnings));

    session.runCommand(new HostLost(READ, WORKER, "its worker died"));

    beginnings.expectNoMessage();
    assertThat(begunBy(2, ANSWER)).isNotNull();
  }

  @Test
  void what_waits_to_begin_is_refused_when_its_session_is_over() {
    opened(spec(READ), spec(ANSWER));
    begun(READ);
    var beginnings = kit.<BeginReply>createTestProbe();
    session.runCommand(begin(ANSWER, 7, beginnings));

    conclude(new Ending.Cancelled("enough"));

    assertThat(beginnings.receiveMessage())
        .isEqualTo(new NotBegun(ANSWER, 7, "its session is over"));
  }

  private Begin begin(TaskId task, long claim, TestProbe<BeginReply> beginnings) {
    return new Begin(task, AGENT, WORKER, claim, host.ref(), beginnings.ref());
  }

  @Test
  void a_task_is_settled_at_most_once() {
    opened(spec(READ), spec(ANSWER));
    var fence = begun(READ).fence();
    settle(READ, fence, DONE);

    var again = attempt(READ, fence, new Settle(new Outcome.Failed("no", false)));

    assertThat(again.hasNoEvents()).isTrue();
    assertThat(begin(READ)).isInstanceOf(NotBegun.class);
    assertThat(phase(READ))
        .isInstanceOfSatisfying(
            TaskRecord.Settled.class, settled -> assertThat(settled.outcome()).isEqualTo(DONE));
  }

  @Test
  void settle_again_with_the_same_fence_is_answered_the_same() {
    opened(spec(READ), spec(ANSWER));
    var fence = begun(READ).fence();

    assertThat(settle(READ, fence, DONE)).isEqualTo(new Accepted(READ, fence));
    assertThat(settle(READ, fence, DONE)).isEqualTo(new Accepted(READ, fence));
    session.restart();
    assertThat(settle(READ, fence, DONE)).isEqualTo(new Accepted(READ, fence));
    conclude(new Ending.Completed());
    assertThat(settle(READ, fence, DONE)).isEqualTo(new Accepted(READ, fence));
  }

  @Test
  void a_late_settle_with_an_old_fence_is_refused() {
    opened(spec(READ));
    var old = begun(READ).fence();
    session.runCommand(new HostLost(READ, WORKER, "its worker died"));
    var current = begun(READ).fence();

    var late = attempt(READ, old, new Settle(DONE));

    assertThat(old.isOlderThan(current)).isTrue();
    assertThat(late.hasNoEvents()).isTrue();
    assertThat(late.reply()).isInstanceOf(AttemptOver.class);
    assertThat(settle(READ, current, DONE)).isInstanceOf(Accepted.class);
    assertThat(settle(READ, old, DONE)).isInstanceOf(AttemptOver.class);
  }

  @Test
  void fences_grow_over_all_incarnations() {
    opened(spec(READ), spec(ANSWER));
    var first = begun(READ).fence();
    var second = begunBy(2, ANSWER).fence();

    session.restart();
    var third = begun(READ).fence();
    session.restart();
    session.restart();
    var fourth = begun(READ).fence();

    assertThat(List.of(first, second, third, fourth)).isSorted().doesNotHaveDuplicates();
    assertThat(settle(READ, third, DONE)).isInstanceOf(AttemptOver.class);
  }

  @Test
  void a_restart_of_the_session_counts_no_attempt() {
    opened(spec(READ));
    begun(READ);

    session.restart();

    assertThat(begun(READ).number()).isEqualTo(1);
  }

  @Test
  void an_expired_lease_ends_the_attempt_and_tells_the_host() {
    opened(spec(READ));
    var fence = begun(READ).fence();
    var watcher = watch();

    pass(LEASE);

    assertThat(host.receiveMessage())
        .isEqualTo(new AttemptCancelled(READ, fence, "its host did not renew the lease"));
    var update = watcher.receiveMessage();
    assertThat(update.stored())
        .containsExactly(
            new SessionEvent.AttemptEnded(
                now, READ, fence, AGENT, "its host did not renew the lease", true, NOW));
    assertThat(update.now().running()).isEmpty();
    assertThat(attempt(READ, fence, new Renew()).reply()).isInstanceOf(AttemptOver.class);
    assertThat(begun(READ).number()).isEqualTo(2);
  }

  @Test
  void a_renewed_lease_holds() {
    opened(spec(READ));
    var fence = begun(READ).fence();

    for (int i = 0; i < 5; i++) {
      pass(LEASE.minusSeconds(1));
      assertThat(attempt(READ, fence, new Renew()).reply()).isEqualTo(new Renewed(READ, fence));
    }
  }

  @Test
  void an_attempt_is_over_at_its_time_limit_renewed_or_not() {
    opened(spec(READ, new TaskSpec.Limits(3, Duration.ofSeconds(20))));
    var fence = begun(READ).fence();
    pass(Duration.ofSeconds(10));
    attempt(READ, fence, new Renew());

    pass(Duration.ofSeconds(10));

    assertThat(host.receiveMessage())
        .isEqualTo(new AttemptCancelled(READ, fence, "its time limit passed"));
    assertThat(settle(READ, fence, DONE)).isInstanceOf(AttemptOver.class);
  }

  @Test
  void what_a_session_is_traced_as_is_stored_and_told_to_its_attempts_and_its_followers() {
    var trace = new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    var awake = kit.<SessionAwake>createTestProbe();
    kit.system().eventStream().tell(new EventStream.Subscribe<>(SessionAwake.class, awake.ref()));

    session.<SessionSnapshot>runCommand(
        to -> new Session.Open(GOAL, WORKSPACE, null, null, trace, null, to));
    assertThat(record(plan(spec(READ))).reply()).isInstanceOf(PlanStored.class);

    assertThat(begun(READ).trace()).isEqualTo(trace);
    assertThat(awake.receiveMessage())
        .isEqualTo(new SessionAwake(SESSION, new SessionTrace(SESSION, trace), ref));
    session.restart();
    assertThat(awake.receiveMessage())
        .isEqualTo(new SessionAwake(SESSION, new SessionTrace(SESSION, trace), ref));
    assertThat(begun(READ).trace()).isEqualTo(trace);
  }

  @Test
  void a_time_limit_longer_than_any_timer_is_kept_too() {
    var limit = Duration.ofDays(365);
    opened(spec(READ, new TaskSpec.Limits(3, limit)));

    var assignment = begun(READ);

    assertThat(assignment.deadline()).isEqualTo(NOW.plus(limit));
    assertThat(attempt(READ, assignment.fence(), new Renew()).reply()).isInstanceOf(Renewed.class);
  }

  @Test
  void the_end_of_a_host_ends_its_attempt_and_no_other() {
    opened(spec(READ));
    var fence = begun(READ).fence();

    assertThat(session.runCommand(new HostLost(READ, new WorkerId("other"), "died")).hasNoEvents())
        .isTrue();
    assertThat(session.runCommand(new HostLost(READ, WORKER, "died")).event())
        .isEqualTo(new SessionEvent.AttemptEnded(now, READ, fence, AGENT, "died", true, NOW));
    assertThat(session.runCommand(new HostLost(READ, WORKER, "died")).hasNoEvents()).isTrue();
  }

  @Test
  void a_released_attempt_is_not_counted() {
    opened(spec(READ));

    for (int i = 0; i < 5; i++) {
      var assignment = begun(READ);
      assertThat(assignment.number()).isEqualTo(1);
      assertThat(attempt(READ, assignment.fence(), new Release("not now")).reply())
          .isInstanceOf(Accepted.class);
    }
  }

  @Test
  void the_last_attempt_leaves_the_task_dead() {
    opened(spec(READ, new TaskSpec.Limits(2, Duration.ofMinutes(1))));
    settle(READ, begun(READ), new Outcome.Failed("no luck", true));

    var last = attempt(READ, begun(READ).fence(), new Settle(new Outcome.Failed("again", true)));

    assertThat(last.events()).last().isEqualTo(new SessionEvent.TaskDied(now, READ, "again"));
    assertThat(phase(READ)).isEqualTo(new TaskRecord.Dead("again", now));
    assertThat(begin(READ)).isInstanceOf(NotBegun.class);
  }

  @Test
  void a_parent_waits_for_its_children_and_is_woken_with_the_last() {
    opened(spec(READ));
    attempt(READ, begun(READ).fence(), delegation(READ, "part"));
    assertThat(begin(READ)).isInstanceOf(NotBegun.class);

    var fence = begun(PART).fence();
    var last = attempt(PART, fence, new Settle(DONE));

    assertThat(last.events()).hasSize(2).endsWith(new SessionEvent.TaskWoken(now, READ, null));
    var woken = begun(READ);
    assertThat(woken.checkpoint()).isEqualTo("half way");
    assertThat(woken.number()).isEqualTo(1);
    assertThat(woken.results())
        .containsExactly(new Assignment.TaskResult(PART, "Do read.part", fence, DONE));
  }

  @Test
  void a_task_waits_for_a_person_and_carries_the_answer() {
    opened(spec(READ));
    var fence = ask("why?");
    session.restart();

    var answered = answer(fence, "because");
    var again = answer(fence, "never");

    assertThat(answered.event()).isEqualTo(new SessionEvent.TaskWoken(now, READ, "because"));
    assertThat(again.hasNoEvents()).isTrue();
    assertThat(begun(READ).reply()).isEqualTo("because");
  }

  @Test
  void an_answer_that_comes_again_answers_no_later_question() {
    opened(spec(READ));
    var first = ask("why?");
    answer(first, "because");
    var second = ask("when?");

    var again = answer(first, "because");

    assertThat(again.hasNoEvents()).isTrue();
    assertThat(again.reply().state()).isEqualTo(session.getState());
    answer(second, "now");
    assertThat(begun(READ).reply()).isEqualTo("now");
  }

  @Test
  void a_task_waits_for_a_moment_also_over_a_restart() {
    opened(spec(READ));
    suspendUntil(NOW.plusSeconds(60));
    pass(Duration.ofSeconds(40));
    session.restart();
    var watcher = watch();

    pass(Duration.ofSeconds(19));
    assertThat(begin(READ)).isInstanceOf(NotBegun.class);
    pass(Duration.ofSeconds(1));

    assertThat(watcher.receiveMessage().stored())
        .containsExactly(new SessionEvent.TaskWoken(now, READ, null));
    assertThat(begun(READ).checkpoint()).isEqualTo("c");
  }

  @Test
  void a_moment_further_away_than_any_timer_is_waited_for_too() {
    opened(spec(READ));
    suspendUntil(Instant.MAX);
    session.restart();

    pass(Duration.ofDays(1));

    assertThat(phase(READ)).isInstanceOf(TaskRecord.Suspended.class);
  }

  @Test
  void children_that_are_none_are_refused_and_the_attempt_goes_on() {
    opened(spec(READ), spec(ANSWER));
    var fence = begun(READ).fence();

    var refused = attempt(READ, fence, delegation(ANSWER, "part"));

    assertThat(refused.hasNoEvents()).isTrue();
    assertThat(refused.reply())
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid ->
                assertThat(invalid.problems())
                    .contains("goal-1/answer.part is no child of goal-1/read"));
    assertThat(settle(READ, fence, DONE)).isInstanceOf(Accepted.class);
  }

  @Test
  void a_handoff_moves_the_task_to_another_role_uncounted() {
    opened(spec(READ));

    attempt(READ, begun(READ).fence(), new HandOff(new AgentRole("critic"), "look"));

    var assignment = begun(READ);
    assertThat(assignment.spec().role()).isEqualTo(new AgentRole("critic"));
    assertThat(assignment.checkpoint()).isEqualTo("look");
    assertThat(assignment.number()).isEqualTo(1);
  }

  @Test
  void handoffs_are_bounded() {
    opened(spec(READ));
    for (int i = 0; i < Decision.MAX_HANDOFFS; i++) {
      attempt(READ, begun(READ).fence(), new HandOff(new AgentRole("critic"), "look"));
    }
    var fence = begun(READ).fence();

    var refused = attempt(READ, fence, new HandOff(new AgentRole("critic"), "look"));

    assertThat(refused.reply())
        .isEqualTo(new Invalid(READ, fence, List.of("17 handoffs (expected: at most 16)")));
    assertThat(settle(READ, fence, DONE)).isInstanceOf(Accepted.class);
  }

  @Test
  void the_conclusion_cancels_running_attempts_and_the_first_stands() {
    opened(spec(READ));
    var fence = begun(READ).fence();

    var first = conclude(new Ending.Cancelled("stopped"));
    var second = conclude(new Ending.Completed());

    assertThat(host.receiveMessage())
        .isEqualTo(new AttemptCancelled(READ, fence, "its session is over"));
    assertThat(second.hasNoEvents()).isTrue();
    assertThat(second.reply()).isEqualTo(first.reply());
    assertThat(first.reply().running()).isEmpty();
    assertThat(settle(READ, fence, DONE)).isInstanceOf(AttemptOver.class);
    assertThat(begin(READ)).isEqualTo(new NotBegun(READ, 0, "its session is over"));
  }

  @Test
  void watchers_hear_everything_at_once_and_then_every_change() {
    opened(spec(READ));
    var watcher = kit.<SessionUpdate>createTestProbe();
    session.runCommand(new Watch(watcher.ref()));
    assertThat(watcher.receiveMessage()).isEqualTo(new SessionUpdate(snapshot(), List.of(), null));

    var fence = begun(READ).fence();
    var began = watcher.receiveMessage();
    settle(READ, fence, DONE);
    var settled = watcher.receiveMessage();

    assertThat(began.began()).isEqualTo(Sample.attempt(READ, 1));
    assertThat(began.stored()).containsExactly(new SessionEvent.EpochStarted(now, 1));
    assertThat(settled.stored())
        .containsExactly(new SessionEvent.TaskSettled(now, READ, fence, AGENT, now, DONE));
    assertThat(settled.now()).isEqualTo(snapshot());
  }

  @Test
  void an_idle_session_leaves_memory_unless_it_is_watched_or_an_attempt_runs() {
    opened(spec(READ));
    pass(IDLE);
    shard.expectMessageClass(ClusterSharding.Passivate.class);

    var watcher = watch();
    pass(IDLE);
    snapshot();
    shard.expectNoMessage();

    watcher.stop();
    session.runCommand(new Session.WatcherStopped(watcher.ref()));
    var fence = begun(READ).fence();
    pass(IDLE);
    snapshot();
    shard.expectNoMessage();

    settle(READ, fence, DONE);
    pass(IDLE);
    shard.expectMessageClass(ClusterSharding.Passivate.class);
  }

  @Test
  void everything_stored_is_there_after_recovery_from_snapshot_and_journal() {
    opened(spec(READ), spec(ANSWER, READ));
    settle(READ, begun(READ), new Outcome.Failed("once", true));
    settle(READ, begun(READ), DONE);
    attempt(
        ANSWER,
        begun(ANSWER).fence(),
        new Suspend("c", new Wait.ForPerson("why?"), List.of(spec(ANSWER.child("part")))));
    var before = session.getState();

    assertThat(session.snapshotTestKit().orElseThrow().persistedInStorage("session|goal-1"))
        .isNotEmpty();
    assertThat(session.restart().state()).isEqualTo(before);
  }

  @Test
  void a_dead_task_is_tried_again_and_the_session_that_was_over_goes_on() {
    opened(spec(READ, new TaskSpec.Limits(1, Duration.ofMinutes(1))), spec(ANSWER, READ));
    settle(READ, begun(READ), new Outcome.Failed("no luck", true));
    settle(ANSWER, begun(ANSWER), DONE);
    conclude(new Ending.Partial(List.of("read")));
    var watcher = watch();

    var result = session.<Session.WishReply>runCommand(to -> new Session.Retry(List.of(), to));

    assertThat(result.events().getFirst())
        .isEqualTo(new TasksRetried(now, List.of(READ), List.of(ANSWER)));
    assertThat(((Session.Done) result.reply()).session().state())
        .isInstanceOf(SessionState.Active.class);
    assertThat(watcher.receiveMessage().stored()).isEqualTo(result.events());
    settle(READ, begun(READ), DONE);
    settle(ANSWER, begun(ANSWER), DONE);
    assertThat(conclude(new Ending.Completed()).reply().state())
        .isInstanceOf(SessionState.Concluded.class);
  }

  @Test
  void a_task_that_sleeps_wakes_also_in_a_session_that_goes_on_after_its_end() {
    opened(spec(READ), spec(ANSWER, READ));
    suspendUntil(NOW.plusSeconds(60));
    conclude(new Ending.TimedOut());

    session.<Session.WishReply>runCommand(to -> new Session.Retry(List.of(), to));
    pass(Duration.ofSeconds(61));

    assertThat(phase(READ)).isInstanceOf(TaskRecord.Open.class);
  }

  @Test
  void attempts_of_a_session_that_goes_on_are_of_a_new_epoch() {
    opened(spec(READ), spec(ANSWER, READ));
    var before = begun(READ).fence();
    conclude(new Ending.TimedOut());

    session.<Session.WishReply>runCommand(to -> new Session.Retry(List.of(), to));

    assertThat(begun(READ).fence().epoch()).isEqualTo(before.epoch() + 1);
  }

  @Test
  void what_comes_after_a_task_that_is_tried_again_is_cut_off() {
    opened(spec(READ, new TaskSpec.Limits(1, Duration.ofMinutes(1))), spec(ANSWER, READ));
    settle(READ, begun(READ), new Outcome.Failed("no luck", true));
    var fence = begun(ANSWER).fence();

    session.<Session.WishReply>runCommand(to -> new Session.Retry(List.of(READ), to));

    assertThat(host.receiveMessage())
        .isEqualTo(new AttemptCancelled(ANSWER, fence, "a task before it is tried again"));
    assertThat(settle(ANSWER, fence, DONE)).isInstanceOf(AttemptOver.class);
    assertThat(begin(ANSWER)).isInstanceOf(NotBegun.class);
  }

  @Test
  void a_task_that_is_discarded_is_dead_and_its_attempt_is_over() {
    opened(spec(READ), spec(ANSWER, READ));
    var fence = begun(READ).fence();

    var result =
        session.<Session.WishReply>runCommand(to -> new Session.Discard(READ, "no use", to));

    assertThat(result.reply()).isInstanceOf(Session.Done.class);
    assertThat(host.receiveMessage())
        .isEqualTo(new AttemptCancelled(READ, fence, "its task was discarded"));
    assertThat(phase(READ)).isEqualTo(new TaskRecord.Dead("discarded: no use", now));
    assertThat(begin(ANSWER)).isInstanceOf(Begun.class);
    var again =
        session.<Session.WishReply>runCommand(to -> new Session.Discard(READ, "no use", to));
    assertThat(again.hasNoEvents()).isTrue();
    assertThat(again.reply()).isInstanceOf(Session.Done.class);
  }

  @Test
  void no_attempt_begins_from_when_a_pause_is_stored_until_its_end_is() {
    opened(spec(READ), spec(ANSWER));
    var runs = begun(READ).fence();

    assertThat(wish(Session.Pause::new).events()).containsExactly(new SessionPaused(now));
    assertThat(begin(ANSWER)).isEqualTo(new NotBegun(ANSWER, 0, "its session is paused"));
    assertThat(attempt(READ, runs, new Renew()).reply()).isInstanceOf(Renewed.class);
    assertThat(settle(READ, runs, new Outcome.Failed("again", true))).isInstanceOf(Accepted.class);
    assertThat(begin(READ)).isInstanceOf(NotBegun.class);
    assertThat(snapshot().running()).isEmpty();
    session.restart();
    assertThat(begin(ANSWER)).isInstanceOf(NotBegun.class);

    now = now.plusSeconds(60);
    assertThat(wish(Session.Unpause::new).events()).containsExactly(new SessionUnpaused(now));
    assertThat(begin(ANSWER)).isInstanceOf(Begun.class);
  }

  @Test
  void what_waits_for_its_agent_is_refused_when_the_session_is_paused_meanwhile() {
    opened(spec(READ), spec(ANSWER));
    var beginnings = kit.<BeginReply>createTestProbe();
    var runs = begun(READ).fence();
    session.runCommand(begin(ANSWER, 2, beginnings));
    beginnings.expectNoMessage();

    wish(Session.Pause::new);
    settle(READ, runs, DONE);

    assertThat(beginnings.receiveMessage())
        .isEqualTo(new NotBegun(ANSWER, 2, "its session is paused"));
  }

  @Test
  void what_a_person_wants_of_a_paused_session_and_what_it_waits_for_is_done_and_nothing_begins() {
    opened(spec(READ), spec(ANSWER));
    ask("why?");
    wish(Session.Pause::new);

    var asked = active(snapshot()).task(READ).orElseThrow().lastEnded();
    session.<SessionSnapshot>runCommand(
        to -> new Session.Answer(READ, Objects.requireNonNull(asked), "because", to));
    assertThat(phase(READ)).isEqualTo(new TaskRecord.Open("c", "because", null));
    assertThat(begin(READ)).isInstanceOf(NotBegun.class);

    assertThat(wish(to -> new Session.Discard(READ, "no use", to)).reply())
        .isInstanceOf(Session.Done.class);
    assertThat(conclude(new Ending.Cancelled("enough")).reply().state())
        .isInstanceOf(SessionState.Concluded.class);
  }

  @Test
  void a_paused_session_does_not_time_out_until_it_goes_on() {
    opened(spec(READ));
    wish(Session.Pause::new);

    assertThat(conclude(new Ending.TimedOut()).hasNoEvents()).isTrue();
    wish(Session.Unpause::new);
    assertThat(conclude(new Ending.TimedOut()).reply().state())
        .isInstanceOf(SessionState.Concluded.class);
  }

  @Test
  void pausing_and_its_end_and_a_priority_are_stored_once_and_refused_when_it_is_over() {
    opened(spec(READ));

    assertThat(wish(Session.Unpause::new).hasNoEvents()).isTrue();
    assertThat(wish(Session.Pause::new).hasNoEvents()).isFalse();
    assertThat(wish(Session.Pause::new).hasNoEvents()).isTrue();
    assertThat(wish(to -> new Session.Prioritise(Priority.NORMAL, to)).hasNoEvents()).isTrue();
    assertThat(wish(to -> new Session.Prioritise(Priority.HIGH, to)).events())
        .containsExactly(new SessionPrioritised(now, Priority.HIGH));
    assertThat(wish(to -> new Session.Prioritise(Priority.HIGH, to)).hasNoEvents()).isTrue();

    conclude(new Ending.Failed("no agents"));
    var over = new Session.NotDone("it is over: failed");
    assertThat(wish(Session.Pause::new).reply()).isEqualTo(over);
    assertThat(wish(Session.Unpause::new).reply()).isEqualTo(over);
    assertThat(wish(to -> new Session.Prioritise(Priority.LOW, to)).reply()).isEqualTo(over);
  }

  private EventSourcedBehaviorTestKit.CommandResultWithReply<
          Command, SessionEvent, SessionState, Session.WishReply>
      wish(Function<ActorRef<Session.WishReply>, Command> wish) {
    return session.runCommand(wish::apply);
  }

  @Test
  void a_session_is_not_called_complete_or_partial_while_a_task_has_not_ended() {
    opened(spec(READ), spec(ANSWER, READ));

    assertThat(conclude(new Ending.Completed()).hasNoEvents()).isTrue();
    assertThat(conclude(new Ending.Partial(List.of("read"))).hasNoEvents()).isTrue();
    assertThat(conclude(new Ending.Failed("no agents")).reply().state())
        .isInstanceOf(SessionState.Concluded.class);
  }

  @Test
  void a_failed_write_confirms_nothing_and_ends_the_attempts_that_ran() {
    opened(spec(READ), spec(ANSWER));
    var fence = begun(READ).fence();
    var watcher = watch();
    var replies = kit.<AttemptReply>createTestProbe();
    session.persistenceTestKit().failNextPersisted("session|goal-1");

    ref.tell(new OfAttempt(READ, fence, new Settle(DONE), replies.ref()));
    watcher.expectNoMessage();
    time.timePasses(Duration.ofSeconds(1));

    assertThat(host.receiveMessage())
        .isEqualTo(new AttemptCancelled(READ, fence, "its session was restarted"));
    assertThat(watcher.receiveMessage().now().running()).isEmpty();
    replies.expectNoMessage();
    assertThat(settle(READ, fence, DONE)).isInstanceOf(AttemptOver.class);
    var holder = new Session.Holder(AGENT, WORKER, NOW.plus(LEASE), host.ref());
    assertThat(
            session
                .<AttemptReply>runCommand(
                    to -> new OfAttempt(READ, fence, new Settle(DONE), holder, to))
                .reply())
        .as("what comes late does not bring it back")
        .isInstanceOf(AttemptOver.class);
    assertThat(fence.isOlderThan(begun(READ).fence())).isTrue();
  }

  @Test
  void a_failed_write_is_told_on_the_node_with_its_reason() {
    var troubles = kit.<JournalTrouble>createTestProbe();
    kit.system()
        .eventStream()
        .tell(new EventStream.Subscribe<>(JournalTrouble.class, troubles.ref()));
    opened(spec(READ), spec(ANSWER));
    var fence = begun(READ).fence();
    var batch = new BatchUpdateException();
    batch.setNextException(
        new SQLException("write failed", new IOException("No space left on device")));
    session.persistenceTestKit().failNextPersisted("session|goal-1", batch);

    ref.tell(
        new OfAttempt(READ, fence, new Settle(DONE), kit.<AttemptReply>createTestProbe().ref()));

    assertThat(troubles.receiveMessage())
        .isEqualTo(new JournalTrouble(JournalTrouble.Act.WRITE, "No space left on device"));
  }

  @Test
  void how_attempts_begin_and_end_is_told_on_the_node() {
    var steps = kit.<AttemptStep>createTestProbe();
    kit.system().eventStream().tell(new EventStream.Subscribe<>(AttemptStep.class, steps.ref()));
    opened(spec(READ), spec(ANSWER));

    var given = begun(READ).fence();
    attempt(READ, given, new Release("busy"));
    var failed = begun(READ).fence();
    settle(READ, failed, new Outcome.Failed("once more", true));
    begun(READ);
    session.runCommand(new HostLost(READ, WORKER, "died"));
    var handed = begun(READ).fence();
    attempt(READ, handed, new HandOff(new AgentRole("critic"), "look"));
    var suspended = begun(READ).fence();
    attempt(READ, suspended, new Suspend("c", new Wait.ForPerson("why?"), List.of()));
    var done = begun(ANSWER);
    now = now.plusSeconds(5);
    settle(ANSWER, done, DONE);

    assertThat(steps.receiveSeveralMessages(12))
        .containsExactly(
            step(What.BEGUN),
            step(What.GIVEN_BACK),
            step(What.BEGUN),
            step(What.FAILED),
            step(What.BEGUN),
            step(What.CUT_OFF),
            step(What.BEGUN),
            step(What.HANDED_OFF),
            new AttemptStep(new AgentRole("critic"), What.BEGUN, null),
            new AttemptStep(new AgentRole("critic"), What.SUSPENDED, null),
            step(What.BEGUN),
            new AttemptStep(Sample.ROLE, What.COMPLETED, Duration.ofSeconds(5)));
  }

  @Test
  void attempts_that_end_with_their_session_are_told_as_cut_off() {
    opened(spec(READ), spec(ANSWER));
    begun(READ);
    var steps = kit.<AttemptStep>createTestProbe();
    kit.system().eventStream().tell(new EventStream.Subscribe<>(AttemptStep.class, steps.ref()));

    conclude(new Ending.Cancelled("enough"));

    assertThat(steps.receiveMessage()).isEqualTo(step(What.CUT_OFF));
    steps.expectNoMessage();
  }

  private static AttemptStep step(What what) {
    return new AttemptStep(Sample.ROLE, what, null);
  }

  @Test
  void what_ends_attempts_during_a_write_is_stored_by_one_write_and_answered_each() {
    var tasks = IntStream.range(0, 20).mapToObj(i -> task("t" + i)).toList();
    opened(tasks.stream().map(Sample::spec).toArray(TaskSpec[]::new));
    var fences = IntStream.range(0, 20).mapToObj(i -> begunBy(i, tasks.get(i)).fence()).toList();
    var watcher = watch();
    var replies = kit.<AttemptReply>createTestProbe();
    var allTold = new CountDownLatch(1);
    session
        .persistenceTestKit()
        .withPolicy((_, operation) -> {
          if (operation instanceof WriteEvents) {
            await(allTold);
          }
          return ProcessingSuccess.getInstance();
        });

    for (int i = 0; i < tasks.size(); i++) {
      ref.tell(new OfAttempt(tasks.get(i), fences.get(i), new Settle(DONE), replies.ref()));
    }
    ref.tell(new OfAttempt(tasks.get(7), fences.get(7), new Settle(DONE), replies.ref()));
    ref.tell(new OfAttempt(tasks.get(8), fences.get(8), new Release("again"), replies.ref()));
    allTold.countDown();

    for (int i = 0; i < tasks.size(); i++) {
      assertThat(replies.receiveMessage()).isEqualTo(new Accepted(tasks.get(i), fences.get(i)));
    }
    assertThat(replies.receiveMessage()).isEqualTo(new Accepted(tasks.get(7), fences.get(7)));
    assertThat(replies.receiveMessage()).isInstanceOf(AttemptOver.class);
    assertThat(watcher.receiveMessage().stored()).hasSize(1);
    assertThat(watcher.receiveMessage().stored()).hasSize(19);
    session.persistenceTestKit().resetPolicy();
    assertThat(active(snapshot()).allEnded()).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void opened(TaskSpec... tasks) {
    open();
    assertThat(record(plan(tasks)).reply()).isInstanceOf(PlanStored.class);
  }

  private EventSourcedBehaviorTestKit.CommandResultWithReply<
          Command, SessionEvent, SessionState, SessionSnapshot>
      open() {
    return session.runCommand(
        to -> new Session.Open(GOAL, WORKSPACE, Duration.ofMinutes(30), null, to));
  }

  private EventSourcedBehaviorTestKit.CommandResultWithReply<
          Command, SessionEvent, SessionState, PlanReply>
      record(Plan plan) {
    return session.runCommand(to -> new RecordPlan(plan, to));
  }

  private BeginReply begin(TaskId task) {
    return begin(task, AGENT, WORKER);
  }

  private BeginReply begin(TaskId task, AgentName agent, WorkerId worker) {
    return session
        .<BeginReply>runCommand(to -> new Begin(task, agent, worker, host.ref(), to))
        .reply();
  }

  private BeginReply results(TaskId task, Fence fence, int from) {
    return session
        .<BeginReply>runCommand(to -> new Session.GetResults(task, fence, from, to))
        .reply();
  }

  private Assignment begunBy(int agent, TaskId task) {
    var name = new AgentName("researcher-" + agent);
    return ((Begun) begin(task, name, new WorkerId(name + "-w1"))).assignment();
  }

  private Assignment begun(TaskId task) {
    return ((Begun) begin(task)).assignment();
  }

  private EventSourcedBehaviorTestKit.CommandResultWithReply<
          Command, SessionEvent, SessionState, AttemptReply>
      attempt(TaskId task, Fence fence, AttemptRequest request) {
    return session.runCommand(to -> new OfAttempt(task, fence, request, to));
  }

  private AttemptReply settle(TaskId task, Fence fence, Outcome outcome) {
    return attempt(task, fence, new Settle(outcome)).reply();
  }

  private void settle(TaskId task, Assignment assignment, Outcome outcome) {
    assertThat(settle(task, assignment.fence(), outcome)).isInstanceOf(Accepted.class);
  }

  private Fence ask(String question) {
    var fence = begun(READ).fence();
    attempt(READ, fence, new Suspend("c", new Wait.ForPerson(question), List.of()));
    return fence;
  }

  private EventSourcedBehaviorTestKit.CommandResultWithReply<
          Command, SessionEvent, SessionState, SessionSnapshot>
      answer(Fence askedBy, String reply) {
    return session.runCommand(to -> new Answer(READ, askedBy, reply, to));
  }

  private void suspendUntil(Instant moment) {
    attempt(READ, begun(READ).fence(), new Suspend("c", new Wait.ForTime(moment), List.of()));
  }

  private EventSourcedBehaviorTestKit.CommandResultWithReply<
          Command, SessionEvent, SessionState, SessionSnapshot>
      conclude(Ending ending) {
    return session.runCommand(to -> new Conclude(1, ending, to));
  }

  private TestProbe<SessionUpdate> watch() {
    var watcher = kit.<SessionUpdate>createTestProbe();
    session.runCommand(new Watch(watcher.ref()));
    watcher.receiveMessage();
    return watcher;
  }

  private SessionSnapshot snapshot() {
    return session.<SessionSnapshot>runCommand(to -> new GetSession(to)).reply();
  }

  private static SessionState.Active active(SessionSnapshot snapshot) {
    return snapshot.active().orElseThrow();
  }

  private TaskRecord.Phase phase(TaskId task) {
    return active(snapshot()).task(task).orElseThrow().phase();
  }

  private void pass(Duration duration) {
    now = now.plus(duration);
    time.timePasses(duration);
  }
}
