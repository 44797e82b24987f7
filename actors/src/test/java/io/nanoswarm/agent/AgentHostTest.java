package io.nanoswarm.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nanoswarm.agent.Agent.Cancel;
import io.nanoswarm.agent.Agent.Perform;
import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.artifact.FileArtifactStore;
import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.Blackboard;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.bus.BusMessage;
import io.nanoswarm.bus.Channel;
import io.nanoswarm.bus.MessageBus;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.placement.Offers;
import io.nanoswarm.queue.TaskQueue;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Assignment;
import io.nanoswarm.session.AttemptRequest;
import io.nanoswarm.session.AttemptRequest.Release;
import io.nanoswarm.session.AttemptRequest.Renew;
import io.nanoswarm.session.AttemptRequest.Settle;
import io.nanoswarm.session.Earlier;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.session.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A host whose control nodes are played by the test. */
@ExtendWith(LogCapturingExtension.class)
class AgentHostTest {
  private static final SessionId SESSION = new SessionId("goal-1");
  private static final TaskId TASK = TaskId.of(SESSION, "read");
  private static final TaskId BEFORE = TaskId.of(SESSION, "before");
  private static final TaskId OTHER = TaskId.of(SESSION, "other");
  private static final TaskId ELSEWHERE = TaskId.of(new SessionId("goal-9"), "read");
  private static final AgentName NAME = new AgentName("researcher-1");
  private static final WorkerId WORKER = new WorkerId("researcher-1-w1");
  private static final AgentRole ROLE = new AgentRole("researcher");
  private static final Duration SEND_AGAIN = Duration.ofSeconds(3);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration SAY = Duration.ofMillis(150);
  private static final Duration LEASE = Duration.ofSeconds(15);
  private static final Duration RENEW_WATCH = Duration.ofSeconds(10);
  private static final Channel NEWS = Channel.durable("news");
  private static final Outcome DONE = new Outcome.Completed("done");
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private static final ActorTestKit kit = ActorTestKit.create("host", ManualTime.config());
  private static final ManualTime time = ManualTime.get(kit.system());

  @TempDir private Path folder;

  private final TestProbe<ShardingEnvelope<Session.Command>> sessions = kit.createTestProbe();
  private final TestProbe<ShardingEnvelope<TaskQueue.Command>> queues = kit.createTestProbe();
  private final TestProbe<ShardingEnvelope<Blackboard.Command>> boards = kit.createTestProbe();
  private final TestProbe<Agent.Message> agent = kit.createTestProbe();
  private final TestProbe<String> news = kit.createTestProbe();
  private final AtomicInteger started = new AtomicInteger();
  private final TestProbe<Hearing> hearings = kit.createTestProbe();
  private final TestProbe<Entry> watched = kit.createTestProbe();
  private volatile Instant now = NOW;
  private ActorRef<AgentHost.Command> host;
  private ActorRef<Session.AttemptCancelled> cancellations;

  @AfterEach
  void stopHost() {
    kit.stop(host);
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void a_claim_is_sent_again_until_it_is_met() {
    host(this::told);
    var first = claim();

    time.timePasses(SEND_AGAIN);
    var again = claim();
    again.host().tell(new TaskQueue.Match(again.claimId(), TASK));
    begin();
    time.timePasses(SEND_AGAIN);

    assertThat(again).isEqualTo(first);
    assertThat(first.agent()).isEqualTo(NAME);
    assertThat(first.worker()).isEqualTo(WORKER);
    queues.expectNoMessage();
  }

  @Test
  void a_match_with_an_earlier_claim_is_ignored() {
    host(this::told);
    var claim = claim();

    claim.host().tell(new TaskQueue.Match(claim.claimId() + 1, TASK));

    sessions.expectNoMessage();
  }

  @Test
  void a_match_begins_an_attempt_and_begin_is_sent_again_until_answered() {
    host(this::told);
    match();

    var begin = begin();
    time.timePasses(SEND_AGAIN);

    assertThat(begin()).isEqualTo(begin);
    assertThat(begin.task()).isEqualTo(TASK);
    assertThat(begin.agent()).isEqualTo(NAME);
    assertThat(begin.worker()).isEqualTo(WORKER);
  }

  @Test
  void a_task_that_was_not_begun_is_followed_by_another_claim() {
    host(this::told);
    long met = match();

    begin().replyTo().tell(new Session.NotBegun(TASK, 0, "another works on it"));

    assertThat(claim().claimId()).isGreaterThan(met);
  }

  @Test
  void the_agent_performs_what_was_begun() {
    host(this::told);

    var perform = performing(1);

    assertThat(perform.task().id()).isEqualTo(TASK);
    assertThat(perform.task().attempt()).isEqualTo(1);
    assertThat(perform.swarm().self()).isEqualTo(NAME);
  }

  @Test
  void an_outcome_is_sent_again_until_it_is_answered() throws Exception {
    host(this::told);
    var perform = performing(1);

    var settled = perform.swarm().settle(DONE).toCompletableFuture();
    var first = request(new Settle(DONE));
    time.timePasses(SEND_AGAIN);
    var again = request(new Settle(DONE));
    assertThat(settled).isNotDone();
    again.replyTo().tell(new Session.Accepted(TASK, again.fence()));

    assertThat(again).isEqualTo(first);
    settled.get(10, TimeUnit.SECONDS);
    claim();
    time.timePasses(LEASE);
    sessions.expectNoMessage();
  }

  @Test
  void settling_twice_with_the_same_outcome_is_settling_once() throws Exception {
    host(this::told);
    var perform = performing(1);

    var first = perform.swarm().settle(DONE).toCompletableFuture();
    var second = perform.swarm().settle(DONE).toCompletableFuture();
    var other = perform.swarm().settle(new Outcome.Cancelled("no")).toCompletableFuture();
    accept(request(new Settle(DONE)));

    first.get(10, TimeUnit.SECONDS);
    second.get(10, TimeUnit.SECONDS);
    assertThatThrownBy(() -> other.get(10, TimeUnit.SECONDS)).hasMessageContaining("is ending");
  }

  @Test
  void an_attempt_without_outcome_is_refused() {
    host(this::told);
    var perform = performing(1);

    assertThatThrownBy(() -> perform.swarm().settle(null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  void the_lease_is_renewed_three_times_within_it() {
    host(this::told);
    performing(1);

    for (int i = 0; i < 6; i++) {
      time.timePasses(LEASE.dividedBy(3));
      var renew = request(new Renew());
      renew.replyTo().tell(new Session.Renewed(TASK, renew.fence()));
      settleDown();
    }

    agent.expectNoMessage();
  }

  @Test
  void an_agent_is_cancelled_when_the_lease_lapses_unanswered() {
    host(this::told);
    performing(1);

    time.timePasses(LEASE);

    assertThat(agent.expectMessageClass(Cancel.class))
        .isEqualTo(new Cancel(TASK, "its session did not answer within the lease"));
  }

  @Test
  void an_agent_is_cancelled_when_the_session_says_that_its_attempt_is_over() {
    host(this::told);
    performing(1);
    time.timePasses(LEASE.dividedBy(3));

    var renew = request(new Renew());
    renew.replyTo().tell(new Session.AttemptOver(TASK, renew.fence(), "its time is up"));

    assertThat(agent.expectMessageClass(Cancel.class))
        .isEqualTo(new Cancel(TASK, "its time is up"));
  }

  @Test
  void an_agent_that_puts_its_task_down_is_free_again_and_what_it_wants_is_refused() {
    host(this::told);
    var perform = performing(1);
    cancel();
    agent.expectMessageClass(Cancel.class);

    var posted = perform.swarm().blackboard().post(draft("late"));
    var read = perform.swarm().blackboard().read(Section.FINDINGS);
    var remembered = perform.swarm().memory().remember("k", "v");
    var settled = perform.swarm().settle(DONE);

    for (CompletionStage<?> refused : List.of(posted, read, remembered, settled)) {
      assertThatThrownBy(() -> refused.toCompletableFuture().get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(AttemptOver.class);
    }
    claim();
    boards.expectNoMessage();
    sessions.expectNoMessage();
  }

  @Test
  void an_agent_that_does_not_listen_fails_its_host() {
    host(this::told);
    performing(1);
    cancel();
    agent.expectMessageClass(Cancel.class);

    time.timePasses(GRACE);

    agent.expectTerminated(host);
  }

  @Test
  void an_agent_that_crashes_ends_its_attempt_as_failed_with_the_reason() {
    host(() ->
        Behaviors.receiveMessage(_ -> {
          throw new IllegalStateException("no luck");
        }));
    match();
    grant(begin(), 1);

    var settle = request();

    assertThat(settle.request())
        .isEqualTo(
            new Settle(
                new Outcome.Failed(
                    "the agent failed: java.lang.IllegalStateException: no luck", true)));
  }

  @Test
  void an_agent_that_cannot_start_ends_its_attempt_as_failed() {
    host(() -> {
      throw new IllegalStateException("no start");
    });
    match();
    grant(begin(), 1);

    assertThat(((Settle) request().request()).outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.retryable()).isTrue());
  }

  @Test
  void the_attempt_after_a_crash_gets_a_fresh_agent() {
    host(() -> {
      int incarnation = started.incrementAndGet();
      return Behaviors.receiveMessage(message -> {
        agent.ref().tell(message);
        if (incarnation == 1) {
          throw new IllegalStateException("no luck");
        }
        return Behaviors.same();
      });
    });
    performing(1);
    accept(request());
    performing(2);

    agent.expectNoMessage();
    assertThat(started).hasValue(2);
  }

  @Test
  void an_agent_that_stops_ends_its_attempt_as_failed() {
    host(() -> Behaviors.receiveMessage(_ -> Behaviors.stopped()));
    match();
    grant(begin(), 1);

    assertThat(request().request())
        .isEqualTo(new Settle(new Outcome.Failed("the agent stopped", true)));
  }

  @Test
  void what_the_session_finds_invalid_is_told_to_the_agent_and_the_attempt_goes_on() {
    host(this::told);
    var perform = performing(1);
    var delegated = perform.swarm().delegate(List.of(), "c").toCompletableFuture();
    var request = request();

    request
        .replyTo()
        .tell(new Session.Invalid(TASK, request.fence(), List.of("too many", "too deep")));

    assertThatThrownBy(() -> delegated.get(10, TimeUnit.SECONDS))
        .hasMessageContaining("too many; too deep");
    perform.swarm().settle(DONE);
    accept(request(new Settle(DONE)));
    claim();
  }

  @Test
  void an_ordered_stop_gives_the_task_back() {
    host(this::told);
    performing(1);

    host.tell(new AgentHost.Stop());

    unclaim();
    assertThat(request().request()).isInstanceOf(Release.class);
    agent.expectTerminated(host);
  }

  @Test
  void a_stop_while_an_attempt_begins_gives_it_back_when_it_has_begun() {
    host(this::told);
    match();
    var begin = begin();

    host.tell(new AgentHost.Stop());
    queues.receiveMessage();
    grant(begin, 1);

    assertThat(request().request()).isInstanceOf(Release.class);
    agent.expectTerminated(host);
  }

  @Test
  void a_stop_while_an_attempt_does_not_begin_is_a_stop() {
    host(this::told);
    match();
    var begin = begin();

    host.tell(new AgentHost.Stop());
    begin.replyTo().tell(new Session.NotBegun(TASK, 0, "another works on it"));

    agent.expectTerminated(host);
  }

  @Test
  void a_free_host_that_is_drained_claims_no_more_and_stops() {
    host(this::told);
    claim();

    host.tell(new AgentHost.Drain());

    answer(unclaim());
    agent.expectTerminated(host);
  }

  @Test
  void a_drained_host_finishes_its_attempt_and_stops() {
    host(this::told);
    var perform = performing(1);

    host.tell(new AgentHost.Drain());
    unclaim();
    perform.swarm().settle(DONE);
    accept(request(new Settle(DONE)));

    unclaim();
    agent.expectTerminated(host);
    sessions.expectNoMessage();
  }

  @Test
  void an_attempt_that_begins_while_its_host_is_drained_is_performed() {
    host(this::told);
    match();
    var begin = begin();

    host.tell(new AgentHost.Drain());
    queues.receiveMessage();
    grant(begin, 1);

    agent.expectMessageClass(Perform.class).swarm().settle(DONE);
    accept(request(new Settle(DONE)));
    agent.expectTerminated(host);
  }

  @Test
  void what_meets_a_claim_at_once_is_performed_without_a_word() {
    host(this::told);
    var claim = claim();

    grant(claim, TASK, 1);
    grant(claim, TASK, 1);

    assertThat(agent.expectMessageClass(Perform.class).task().id()).isEqualTo(TASK);
    agent.expectNoMessage();
    sessions.expectNoMessage();
    queues.expectNoMessage();
  }

  @Test
  void what_meets_a_claim_at_once_and_is_not_begun_is_followed_by_another_claim() {
    host(this::told);
    var claim = claim();

    claim.beginnings().tell(new Session.NotBegun(TASK, claim.claimId(), "another works on it"));

    assertThat(claim().claimId()).isGreaterThan(claim.claimId());
  }

  @Test
  void what_meets_an_earlier_claim_is_given_back() {
    host(this::told);
    var claim = claim();
    claim.beginnings().tell(new Session.NotBegun(TASK, claim.claimId(), "another works on it"));
    claim();

    grant(claim, OTHER, 2);
    claim.beginnings().tell(new Session.NotBegun(OTHER, claim.claimId(), "late"));

    assertThat(request().request()).isInstanceOf(Release.class);
    agent.expectNoMessage();
    queues.expectNoMessage();
  }

  @Test
  void the_next_task_is_claimed_with_an_outcome_and_performed_when_that_is_stored() {
    host(this::told);
    settling();
    var settle = request(new Settle(DONE));
    var claim = claim();

    grant(claim, OTHER, 2);
    grant(claim, OTHER, 2);
    settleDown();
    agent.expectNoMessage();
    accept(settle);

    assertThat(agent.expectMessageClass(Perform.class).swarm()).isNotNull();
    agent.expectNoMessage();
    sessions.expectNoMessage();
    queues.expectNoMessage();
  }

  @Test
  void what_meets_the_claim_after_the_outcome_is_stored_is_performed() {
    host(this::told);
    settling();
    accept(request());
    var claim = claim();

    grant(claim, OTHER, 2);

    agent.expectMessageClass(Perform.class);
    queues.expectNoMessage();
  }

  @Test
  void a_match_while_an_outcome_is_being_stored_begins_the_next_attempt() {
    host(this::told);
    settling();
    var settle = request();
    var claim = claim();

    claim.host().tell(new TaskQueue.Match(claim.claimId(), OTHER));
    var begin = (Session.Begin) sessions.receiveMessage().message();
    begin.replyTo().tell(new Session.Begun(OTHER, begin.claim(), assignment(2), 0));
    settleDown();
    agent.expectNoMessage();
    accept(settle);

    assertThat(begin.claim()).isEqualTo(claim.claimId());
    agent.expectMessageClass(Perform.class);
  }

  @Test
  void what_is_refused_while_an_outcome_is_being_stored_is_followed_by_a_claim_when_it_is() {
    host(this::told);
    settling();
    var settle = request();
    var claim = claim();

    claim.beginnings().tell(new Session.NotBegun(OTHER, claim.claimId(), "another works on it"));
    settleDown();
    queues.expectNoMessage();
    accept(settle);

    assertThat(claim().claimId()).isGreaterThan(claim.claimId());
  }

  @Test
  void an_outcome_that_is_refused_is_followed_by_what_was_granted_meanwhile() {
    host(this::told);
    settling();
    var settle = request();
    grant(claim(), OTHER, 2);

    settle.replyTo().tell(new Session.AttemptOver(TASK, settle.fence(), "its time is up"));

    agent.expectMessageClass(Perform.class);
    queues.expectNoMessage();
  }

  @Test
  void what_is_granted_waits_for_no_outcome_that_is_not_stored_in_time() {
    host(this::told);
    settling();
    request();
    grant(claim(), OTHER, 2);
    settleDown();

    time.timePasses(SEND_AGAIN);

    var again = request(new Settle(DONE));
    var given = request();
    assertThat(given.request()).isInstanceOf(Release.class);
    assertThat(given.fence()).isEqualTo(fence(2));
    accept(again);
    claim();
    agent.expectNoMessage();
  }

  @Test
  void a_claim_waits_for_no_outcome_that_is_not_stored_in_time() {
    host(this::told);
    settling();
    request();
    var claim = claim();

    time.timePasses(SEND_AGAIN);

    assertThat(unclaim().claimId()).isEqualTo(claim.claimId());
    accept(request(new Settle(DONE)));
    assertThat(claim().claimId()).isGreaterThan(claim.claimId());
    grant(claim, OTHER, 2);
    assertThat(request().request()).isInstanceOf(Release.class);
  }

  @Test
  void what_is_granted_ahead_and_cut_off_is_not_performed() {
    host(this::told);
    settling();
    var settle = request();
    var claim = claim();
    grant(claim, OTHER, 2);

    claim.cancellations().tell(new Session.AttemptCancelled(OTHER, fence(2), "its time is up"));
    accept(settle);

    assertThat(claim().claimId()).isGreaterThan(claim.claimId());
    agent.expectNoMessage();
  }

  @Test
  void nothing_is_claimed_ahead_of_what_may_be_refused() {
    host(this::told);
    performing(1).swarm().delegate(List.of(), "c");

    var delegate = request();
    queues.expectNoMessage();
    accept(delegate);

    claim();
  }

  @Test
  void a_stop_gives_back_what_was_granted_ahead() {
    host(this::told);
    settling();
    request();
    grant(claim(), OTHER, 2);
    settleDown();

    host.tell(new AgentHost.Stop());

    unclaim();
    assertThat(List.of(request(), request()))
        .allSatisfy(asked -> assertThat(asked.request()).isInstanceOf(Release.class))
        .extracting(Session.OfAttempt::fence)
        .containsExactly(fence(1), fence(2));
    agent.expectTerminated(host);
  }

  @Test
  void a_stop_waits_for_what_may_meet_the_claim_and_gives_it_back() {
    host(this::told);
    var claim = claim();

    host.tell(new AgentHost.Stop());
    unclaim();
    grant(claim, TASK, 1);

    assertThat(request().request()).isInstanceOf(Release.class);
    agent.expectTerminated(host);
  }

  @Test
  void a_stop_is_one_when_nothing_meets_the_claim() {
    host(this::told);
    settling();
    request();
    claim();

    host.tell(new AgentHost.Stop());

    assertThat(request().request()).isInstanceOf(Release.class);
    answer(unclaim());
    agent.expectTerminated(host);
  }

  @Test
  void a_stop_waits_for_no_queue_that_does_not_answer() {
    host(this::told);
    claim();

    host.tell(new AgentHost.Stop());
    unclaim();
    time.timePasses(Duration.ofSeconds(1));

    agent.expectTerminated(host);
  }

  @Test
  void what_meets_the_claim_of_a_host_that_is_drained_is_performed_as_its_last() {
    host(this::told);
    var claim = claim();

    host.tell(new AgentHost.Drain());
    unclaim();
    grant(claim, TASK, 1);

    agent.expectMessageClass(Perform.class).swarm().settle(DONE);
    accept(request(new Settle(DONE)));
    agent.expectTerminated(host);
  }

  @Test
  void a_host_that_is_drained_while_an_outcome_is_being_stored_performs_what_was_granted() {
    host(this::told);
    settling();
    var settle = request();
    grant(claim(), OTHER, 2);
    settleDown();

    host.tell(new AgentHost.Drain());
    answer(unclaim());
    accept(settle);

    agent.expectMessageClass(Perform.class).swarm().settle(DONE);
    accept(request());
    agent.expectTerminated(host);
  }

  @Test
  void a_host_that_is_drained_while_an_outcome_is_being_stored_stops_if_nothing_meets_its_claim() {
    host(this::told);
    settling();
    var settle = request();
    claim();

    host.tell(new AgentHost.Drain());
    answer(unclaim());
    accept(settle);

    agent.expectTerminated(host);
  }

  @Test
  void an_agent_whose_code_does_not_fit_together_fails_its_attempt_and_no_more() {
    host(() ->
        Behaviors.receiveMessage(_ -> {
          throw new NoClassDefFoundError("com/acme/Rates");
        }));
    match();
    grant(begin(), 1);

    assertThat(((Settle) request().request()).outcome().toString())
        .contains("class com.acme.Rates is missing", "add the jar");
  }

  @Test
  void an_attempt_that_begins_too_late_is_given_back() {
    host(this::told);
    match();
    var begin = begin();
    begin.replyTo().tell(new Session.NotBegun(TASK, 0, "another works on it"));
    claim();

    grant(begin, 1);

    assertThat(request().request()).isInstanceOf(Release.class);
    agent.expectNoMessage();
  }

  @Test
  void the_same_beginning_answered_twice_changes_nothing() {
    host(this::told);
    match();
    var begin = begin();
    grant(begin, 1);
    agent.expectMessageClass(Perform.class);

    grant(begin, 1);

    sessions.expectNoMessage();
    agent.expectNoMessage();
  }

  @Test
  void progress_is_throttled_to_the_latest_word() {
    host(this::told);
    var perform = performing(1);

    perform.swarm().progress("one");
    perform.swarm().progress("two");
    perform.swarm().progress("three");

    assertThat(news.receiveMessage()).contains("\"one\"");
    settleDown();
    news.expectNoMessage();
    time.timePasses(SAY);
    assertThat(news.receiveMessage()).contains("\"three\"");
  }

  @Test
  void a_word_about_one_attempt_is_not_said_of_the_next() {
    host(this::told);
    var perform = performing(1);
    perform.swarm().progress("one");
    perform.swarm().progress("two");
    perform.swarm().settle(DONE);
    accept(request(new Settle(DONE)));
    performing(2);

    time.timePasses(SAY);

    assertThat(news.receiveMessage()).contains("\"one\"");
    news.expectNoMessage();
  }

  @Test
  void blocking_work_is_interrupted_when_it_is_cancelled() throws Exception {
    var interrupted = new CompletableFuture<Boolean>();
    var working = new CompletableFuture<Boolean>();
    host(
        Agent.blocking((_, _) -> {
          working.complete(true);
          try {
            new CompletableFuture<Void>().get();
            return new AttemptEnd.Settled(DONE);
          } catch (InterruptedException e) {
            interrupted.complete(true);
            throw e;
          }
        }));
    match();
    grant(begin(), 1);
    working.get(10, TimeUnit.SECONDS);

    cancel();

    assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
    claim();
  }

  @Test
  void blocking_work_that_fails_settles_as_failed_whatever_it_throws() {
    var thrown = new AtomicInteger();
    host(
        Agent.blocking((_, _) ->
            switch (thrown.getAndIncrement()) {
              case 0 -> throw new java.io.IOException("disk gone");
              case 1 -> throw new StackOverflowError("too deep");
              case 2 -> null;
              default -> new AttemptEnd.Settled(DONE);
            }));
    match();
    for (String reason :
        List.of("disk gone", "java.lang.StackOverflowError: too deep", "the work has no outcome")) {
      grant(begin(), thrown.get() + 1L);

      var settle = request();

      assertThat(settle.request()).isEqualTo(new Settle(new Outcome.Failed(reason, true)));
      accept(settle);
      match();
    }
  }

  @Test
  void an_agent_sees_of_a_settled_task_what_the_settling_attempt_posted() throws Exception {
    host(this::told);
    var perform = performing(9);

    var read = perform.swarm().blackboard().read(Section.FINDINGS).toCompletableFuture();
    var question = (Blackboard.Read) boards.receiveMessage().message();
    var old = entry(1, "old", new Author.Agent(NAME, BEFORE, fence(1)));
    var settling = entry(2, "settling", new Author.Agent(NAME, BEFORE, fence(2)));
    var running = entry(3, "running", new Author.Agent(NAME, TaskId.of(SESSION, "x"), fence(3)));
    var swarm = entry(4, "swarm", new Author.Swarm());
    question.replyTo().tell(new Blackboard.Entries(List.of(old, settling), 4, settling.path()));
    var next = (Blackboard.Read) boards.receiveMessage().message();
    next.replyTo().tell(new Blackboard.Entries(List.of(running, swarm), 4, null));

    assertThat(read.get(10, TimeUnit.SECONDS)).containsExactly(settling, running, swarm);
    assertThat(next.after()).isEqualTo(settling.path());
  }

  @Test
  void an_agent_posts_under_its_name_task_and_fence() throws Exception {
    host(this::told);
    var perform = performing(9);

    var posted = perform.swarm().blackboard().post(draft("a")).toCompletableFuture();
    var post = (Blackboard.Post) boards.receiveMessage().message();
    var entry = entry(1, "a", post.author());
    post.replyTo().tell(new Blackboard.Posted(entry));

    assertThat(post.author()).isEqualTo(new Author.Agent(NAME, TASK, fence(9)));
    assertThat(posted.get(10, TimeUnit.SECONDS)).isEqualTo(entry);
  }

  @Test
  void a_task_that_was_suspended_wakes_the_agent_and_one_that_was_handed_off_does_not() {
    host(this::told);
    match();
    begin().replyTo().tell(new Session.Begun(TASK, 0, assignment(1, "so far", null), 0));
    var wake = agent.expectMessageClass(Agent.Wake.class);
    wake.swarm().settle(DONE);
    accept(request(new Settle(DONE)));
    match();
    begin()
        .replyTo()
        .tell(new Session.Begun(TASK, 0, assignment(2, "yours", new AgentRole("a")), 0));

    var perform = agent.expectMessageClass(Perform.class);

    assertThat(wake.task().checkpoint()).isEqualTo("so far");
    assertThat(perform.task().checkpoint()).isEqualTo("yours");
    assertThat(perform.task().handedOffBy()).isEqualTo(new AgentRole("a"));
  }

  @Test
  void what_a_channel_says_is_heard_by_the_agent() {
    host(this::told);
    performing(1).swarm().hear(NEWS, 7);
    var hearing = hearings.receiveMessage();
    var message = new BusMessage(NEWS, 8, "it rains");

    hearing.subscriber().tell(message);

    assertThat(hearing.channel()).isEqualTo(NEWS);
    assertThat(hearing.after()).isEqualTo(7);
    assertThat(agent.expectMessageClass(Agent.Heard.class).message()).isEqualTo(message);
  }

  @Test
  void hearing_a_channel_again_replaces_the_earlier_subscription() {
    host(this::told);
    var swarm = performing(1).swarm();

    swarm.hear(NEWS, 0);
    swarm.hear(NEWS, 5);

    // The bus keeps one subscription for each subscriber and channel.
    assertThat(hearings.receiveMessage().subscriber())
        .isEqualTo(hearings.receiveMessage().subscriber());
  }

  /** Fences tell apart the attempts of one session: the first of each has the same. */
  @Test
  void what_an_agent_says_of_one_attempt_does_not_touch_one_of_another_session_with_its_fence() {
    host(this::told);
    var first = performing(1).swarm();
    first.settle(DONE);
    accept(request(new Settle(DONE)));
    var next = claim();
    grant(next, ELSEWHERE, 1);
    var second = agent.expectMessageClass(Perform.class);

    var again = first.settle(DONE).toCompletableFuture();
    cancellations.tell(new Session.AttemptCancelled(TASK, fence(1), "its time is up"));
    settleDown();
    assertThatThrownBy(() -> again.get(10, TimeUnit.SECONDS)).hasMessageContaining("over");
    agent.expectNoMessage();
    second.swarm().settle(DONE);
    var settle = request();
    assertThat(settle.task()).isEqualTo(ELSEWHERE);
    assertThat(settle.request()).isEqualTo(new Settle(DONE));
  }

  @Test
  void nothing_of_one_attempt_is_heard_in_the_next() {
    host(this::told);
    var swarm = performing(1).swarm();
    swarm.hear(NEWS, 0);
    var hearing = hearings.receiveMessage();
    swarm.settle(DONE);
    accept(request(new Settle(DONE)));
    performing(2);

    host.tell(new AgentHost.Told(new AttemptId(TASK, fence(1)), new BusMessage(NEWS, 1, "late")));
    swarm.hear(NEWS, 0);

    settleDown();
    agent.expectTerminated(hearing.subscriber());
    agent.expectNoMessage();
    hearings.expectNoMessage();
  }

  @Test
  void the_time_left_is_that_until_the_deadline_and_never_negative() {
    host(this::told);
    var swarm = performing(1).swarm();

    assertThat(swarm.timeLeft()).isEqualTo(Duration.ofSeconds(600));
    now = NOW.plusSeconds(599);
    assertThat(swarm.timeLeft()).isEqualTo(Duration.ofSeconds(1));
    now = NOW.plusSeconds(601);
    assertThat(swarm.timeLeft()).isZero();
  }

  @Test
  void a_watch_tells_every_change_once_in_order_over_gaps_and_renewals() {
    host(this::told);
    watch(performing(9), 3);
    var first = subscription();
    var board = kit.<Blackboard.Command>createTestProbe();
    var five = entry(5, "five", new Author.Swarm());
    var seven = entry(7, "seven", new Author.Swarm());

    first.subscriber().tell(new Blackboard.Subscribed(board.ref(), 7));
    first.subscriber().tell(new Blackboard.EntryChanged(five, 3));
    first.subscriber().tell(new Blackboard.EntryChanged(entry(9, "nine", new Author.Swarm()), 7));
    var afterGap = subscription();
    first.subscriber().tell(new Blackboard.Subscribed(board.ref(), 9));
    first.subscriber().tell(new Blackboard.EntryChanged(five, 3));
    first.subscriber().tell(new Blackboard.EntryChanged(seven, 5));
    assertThat(watched.receiveMessage()).isEqualTo(five);
    assertThat(watched.receiveMessage()).isEqualTo(seven);
    time.timePasses(RENEW_WATCH);

    assertThat(first.afterRevision()).isEqualTo(3);
    assertThat(afterGap.afterRevision()).isEqualTo(5);
    assertThat(subscription().afterRevision()).isEqualTo(7);
    board.stop();
    assertThat(subscription().afterRevision()).isEqualTo(7);
    watched.expectNoMessage();
  }

  @Test
  void a_watch_sees_its_sections_and_of_a_settled_task_what_the_settling_attempt_posted() {
    host(this::told);
    watch(performing(9), 0);
    var subscriber = subscription().subscriber();
    var old = entry(1, "old", new Author.Agent(NAME, BEFORE, fence(1)));
    var settling = entry(2, "settling", new Author.Agent(NAME, BEFORE, fence(2)));
    var elsewhere =
        new Entry(
            3,
            Draft.of(new EntryPath("final/a.md"), "a"),
            new Author.Agent(NAME, BEFORE, fence(2)),
            NOW,
            false);
    var swarm = entry(4, "swarm", new Author.Swarm());

    subscriber.tell(new Blackboard.EntryChanged(old, 0));
    subscriber.tell(new Blackboard.EntryChanged(settling, 1));
    subscriber.tell(new Blackboard.EntryChanged(elsewhere, 2));
    subscriber.tell(new Blackboard.EntryChanged(swarm, 3));

    assertThat(watched.receiveMessage()).isEqualTo(settling);
    assertThat(watched.receiveMessage()).isEqualTo(swarm);
  }

  @Test
  void a_watch_ends_with_its_attempt_and_one_that_is_run_afterwards_fails() throws Exception {
    host(this::told);
    var perform = performing(1);
    var ended = watch(perform, 0);
    var subscriber = subscription().subscriber();

    perform.swarm().settle(DONE);
    accept(request(new Settle(DONE)));

    ended.toCompletableFuture().get(10, TimeUnit.SECONDS);
    agent.expectTerminated(subscriber);
    assertThatThrownBy(() -> watch(perform, 0).toCompletableFuture().get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(AttemptOver.class);
  }

  private record Hearing(Channel channel, long after, ActorRef<BusMessage> subscriber) {}

  private CompletionStage<Done> watch(Perform perform, long after) {
    return perform
        .swarm()
        .blackboard()
        .watch(Set.of(Section.FINDINGS), after)
        .runForeach(watched.ref()::tell, kit.system());
  }

  private Blackboard.Subscribe subscription() {
    return (Blackboard.Subscribe) boards.receiveMessage().message();
  }

  @Test
  void an_agent_is_told_all_results_though_they_come_in_pages() {
    host(this::told);
    match();
    var begin = begin();
    begin.replyTo().tell(new Session.Begun(TASK, 0, assignment(1), 1));
    var asked = (Session.GetResults) sessions.receiveMessage().message();
    assertThat(asked.from()).isEqualTo(1);
    var more = new Assignment.TaskResult(BEFORE.child("part"), "Part", fence(3), DONE);

    asked.replyTo().tell(new Session.MoreResults(TASK, fence(1), 1, List.of(more), 0));
    asked.replyTo().tell(new Session.MoreResults(TASK, fence(1), 1, List.of(more), 0));

    assertThat(agent.expectMessageClass(Perform.class).task().inputs())
        .extracting(Task.Input::task)
        .containsExactly(BEFORE, BEFORE.child("part"));
  }

  @Test
  void children_that_do_not_fit_into_one_message_are_refused_and_the_attempt_goes_on() {
    host(this::told);
    var swarm = performing(1).swarm();
    var child = TaskSpec.of(TASK.child("part"), ROLE, "Part").withInstructions("x".repeat(50_000));
    var children =
        Stream.of("a", "b", "c")
            .map(name -> TaskSpec.of(TASK.child(name), ROLE, "Part"))
            .map(spec -> spec.withInstructions(child.instructions()))
            .toList();

    assertThatThrownBy(() -> swarm.delegate(children, "half way"))
        .hasMessageContainingAll("3 children: 15", "delegate fewer at once");

    var _ = swarm.delegate(List.of(child), "half way");
    assertThat(request().request()).isInstanceOf(AttemptRequest.Suspend.class);
  }

  @Test
  void a_host_claims_with_what_its_node_offers() {
    host(this::told);
    assertThat(claim().offers()).isEqualTo(Offers.NONE);
    var offers = new Offers(Map.of("gh", ""), Map.of(), Set.of(), "linux", 1024, 2, Set.of());

    host.tell(new AgentHost.Offering(offers));

    assertThat(claim().offers()).isEqualTo(offers);
  }

  private Behavior<Agent.Message> told() {
    return Behaviors.receiveMessage(message -> {
      agent.ref().tell(message);
      return Behaviors.same();
    });
  }

  private void host(Agent hosted) {
    var ignored = kit.system();
    var gate =
        new Gate(
            sessions.ref(),
            boards.ref(),
            ignored.ignoreRef(),
            queues.ref(),
            ignored.ignoreRef(),
            ignored.ignoreRef(),
            ignored.ignoreRef());
    var settings =
        new AgentHostSettings(SEND_AGAIN, GRACE, SAY, Duration.ofSeconds(15), RENEW_WATCH);
    var links =
        new HostLinks(
            gate,
            bus(),
            new FileArtifactStore(folder),
            folder,
            settings,
            kit.scheduler(),
            () -> now);
    var spec = AgentSpec.of(ROLE, Agent.class, "an agent");
    host =
        kit.spawn(
            AgentHost.create(NAME, WORKER, spec, hosted, new SkillRegistry(List.of()), links));
  }

  private MessageBus bus() {
    return new MessageBus() {
      @Override
      public CompletionStage<Void> publish(Channel channel, String text) {
        news.ref().tell(text);
        return CompletableFuture.completedFuture(null);
      }

      @Override
      public void subscribe(Channel channel, long after, ActorRef<BusMessage> subscriber) {
        hearings.ref().tell(new Hearing(channel, after, subscriber));
      }

      @Override
      public Source<BusMessage, NotUsed> subscribe(Channel channel, long after) {
        throw new UnsupportedOperationException();
      }
    };
  }

  private TaskQueue.Claim claim() {
    var envelope = queues.receiveMessage();
    assertThat(envelope.entityId()).isEqualTo(ROLE.value());
    return (TaskQueue.Claim) envelope.message();
  }

  private TaskQueue.Unclaim unclaim() {
    var unclaim = (TaskQueue.Unclaim) queues.receiveMessage().message();
    assertThat(unclaim.agent()).isEqualTo(NAME);
    assertThat(unclaim.worker()).isEqualTo(WORKER);
    return unclaim;
  }

  private static void answer(TaskQueue.Unclaim unclaim) {
    unclaim.replyTo().tell(new TaskQueue.Unclaimed(unclaim.claimId()));
  }

  /** A queue that had a task has asked its session, which grants the attempt. */
  private static void grant(TaskQueue.Claim claim, TaskId task, long counter) {
    claim.beginnings().tell(new Session.Begun(task, claim.claimId(), assignment(counter), 0));
  }

  private long match() {
    var claim = claim();
    claim.host().tell(new TaskQueue.Match(claim.claimId(), TASK));
    return claim.claimId();
  }

  private Session.Begin begin() {
    var envelope = sessions.receiveMessage();
    assertThat(envelope.entityId()).isEqualTo(SESSION.value());
    var begin = (Session.Begin) envelope.message();
    cancellations = begin.host();
    return begin;
  }

  private static void grant(Session.Begin begin, long counter) {
    begin.replyTo().tell(new Session.Begun(begin.task(), begin.claim(), assignment(counter), 0));
  }

  /** Brings the host to where its agent has been told to perform, as told by a probe. */
  private Perform performing(long counter) {
    match();
    var begin = begin();
    grant(begin, counter);
    return agent.expectMessageClass(Perform.class);
  }

  /** Brings the host to where it waits for an outcome to be stored. */
  private void settling() {
    performing(1).swarm().settle(DONE);
  }

  private void cancel() {
    cancellations.tell(new Session.AttemptCancelled(TASK, fence(99), "of another attempt"));
    cancellations.tell(new Session.AttemptCancelled(TASK, fence(1), "its time is up"));
  }

  /** Returns when the host has handled what it was told before: a word from an old attempt. */
  private void settleDown() {
    var done = new CompletableFuture<Void>();
    host.tell(new AgentHost.End(new AttemptId(TASK, fence(77)), new Renew(), done));
    assertThatThrownBy(() -> done.get(10, TimeUnit.SECONDS)).hasMessageContaining("over");
  }

  private Session.OfAttempt request() {
    return (Session.OfAttempt) sessions.receiveMessage().message();
  }

  private Session.OfAttempt request(AttemptRequest expected) {
    var request = request();
    assertThat(request.request()).isEqualTo(expected);
    assertThat(request.task()).isEqualTo(TASK);
    return request;
  }

  private static void accept(Session.OfAttempt request) {
    request.replyTo().tell(new Session.Accepted(request.task(), request.fence()));
  }

  private static Fence fence(long counter) {
    return new Fence(1, counter);
  }

  private static Assignment assignment(long counter) {
    return assignment(counter, null, null);
  }

  private static Assignment assignment(long counter, String checkpoint, AgentRole handedOffBy) {
    var spec =
        TaskSpec.of(TASK, ROLE, "Read").withInstructions("read it").withAfter(List.of(BEFORE));
    return new Assignment(
        spec,
        new Goal("How are amounts rounded?"),
        Earlier.NONE,
        new Workspace("/shop", new ArtifactRef("0123456789abcdef".repeat(4), 1), 1, 1),
        fence(counter),
        1,
        LEASE,
        NOW.plusSeconds(600),
        List.of(new Assignment.TaskResult(BEFORE, "Before", fence(2), DONE)),
        checkpoint,
        null,
        handedOffBy,
        null);
  }

  private static Draft draft(String name) {
    return Draft.of(EntryPath.in(Section.FINDINGS, name), "# " + name);
  }

  private static Entry entry(long revision, String name, Author author) {
    return new Entry(revision, draft(name), author, NOW, false);
  }
}
