package io.nanoswarm.orchestrator;

import static io.nanoswarm.orchestrator.Story.AGENT;
import static io.nanoswarm.orchestrator.Story.ANSWER;
import static io.nanoswarm.orchestrator.Story.DONE;
import static io.nanoswarm.orchestrator.Story.NOW;
import static io.nanoswarm.orchestrator.Story.PLAN;
import static io.nanoswarm.orchestrator.Story.READ;
import static io.nanoswarm.orchestrator.Story.ROLE;
import static io.nanoswarm.orchestrator.Story.SESSION;
import static io.nanoswarm.orchestrator.Story.WORKER;
import static io.nanoswarm.orchestrator.Story.cutOff;
import static io.nanoswarm.orchestrator.Story.fence;
import static io.nanoswarm.orchestrator.Story.opened;
import static io.nanoswarm.orchestrator.Story.planned;
import static io.nanoswarm.orchestrator.Story.running;
import static io.nanoswarm.orchestrator.Story.settled;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.agent.Gate;
import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.Blackboard;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.directory.SessionDirectory;
import io.nanoswarm.mirror.Mirror;
import io.nanoswarm.placement.Placed;
import io.nanoswarm.queue.TaskQueue;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Need;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.Priority;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.SessionUpdate;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.supervisor.DesiredAgent;
import io.nanoswarm.supervisor.Isolation;
import io.nanoswarm.supervisor.SlotView;
import io.nanoswarm.supervisor.Supervisor;
import io.nanoswarm.supervisor.SupervisorView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An orchestrator whose session, blackboard, queue and mirror are played by the test. */
@ExtendWith(LogCapturingExtension.class)
class OrchestratorTest {
  private static final Duration OFFER_AGAIN = Duration.ofSeconds(5);
  private static final Duration MIRROR_GRACE = Duration.ofSeconds(12);
  private static final ActorTestKit kit = ActorTestKit.create("drive", ManualTime.config());
  private static final ManualTime time = ManualTime.get(kit.system());

  private final TestProbe<ShardingEnvelope<Session.Command>> sessions = kit.createTestProbe();
  private final TestProbe<ShardingEnvelope<TaskQueue.Command>> queues = kit.createTestProbe();
  private final TestProbe<ShardingEnvelope<Blackboard.Command>> boards = kit.createTestProbe();
  private final TestProbe<SessionDirectory.Command> directory = kit.createTestProbe();
  private final TestProbe<Supervisor.Command> supervisor = kit.createTestProbe();
  private final TestProbe<Mirror.Command> mirror = kit.createTestProbe();
  private final CompletableFuture<Plan> plan = new CompletableFuture<>();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile List<Need> lacking = List.of();
  private Instant now = NOW;
  private SessionState state = planned();
  private ActorRef<SessionUpdate> watcher;
  private ActorRef<Orchestrator.Command> orchestrator;

  @AfterEach
  void stopOrchestrator() {
    kit.stop(orchestrator);
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void a_session_without_plan_is_planned_once() {
    state = opened(null);
    start();
    update();
    update();

    plan.complete(PLAN);

    assertThat(told(Session.RecordPlan.class).plan()).isEqualTo(PLAN);
    assertThat(asked).hasValue(1);
    sessions.expectNoMessage();
  }

  @Test
  void a_plan_is_sent_again_until_the_session_has_it() {
    state = opened(null);
    start();
    update();
    plan.complete(PLAN);
    told(Session.RecordPlan.class);

    passUntilWatch();
    update();

    assertThat(told(Session.RecordPlan.class).plan()).isEqualTo(PLAN);
    assertThat(asked).hasValue(1);
    update(new SessionEvent.PlanRecorded(NOW, PLAN));
    assertThat(offered()).isEqualTo(READ);
    sessions.expectNoMessage();
  }

  @Test
  void goal_and_plan_are_posted_once_the_plan_is_stored() {
    state = opened(null);
    start();
    update();
    plan.complete(PLAN);
    var record = told(Session.RecordPlan.class);

    record.replyTo().tell(new Session.PlanStored(snapshot(planned())));

    var post = board(Blackboard.Post.class);
    assertThat(post.author()).isEqualTo(new Author.Swarm());
    assertThat(post.draft().content()).contains("How are amounts rounded?", "`answer`");
  }

  @Test
  void a_session_that_cannot_be_planned_fails_with_the_reason() {
    state = opened(null);
    start();
    update();

    plan.completeExceptionally(new IllegalStateException("the folder is empty"));

    var failed = new Ending.Failed("no plan: the folder is empty");
    assertThat(told(Session.Conclude.class).ending()).isEqualTo(failed);
    passUntilWatch();
    assertThat(told(Session.Conclude.class).ending()).isEqualTo(failed);
  }

  @Test
  void a_session_whose_plan_is_invalid_fails_with_the_reasons() {
    state = opened(null);
    start();
    update();
    plan.complete(PLAN);

    told(Session.RecordPlan.class)
        .replyTo()
        .tell(new Session.PlanRefused(List.of("too big", "circular")));

    assertThat(told(Session.Conclude.class).ending())
        .isEqualTo(new Ending.Failed("the plan is invalid: too big; circular"));
  }

  @Test
  void only_what_is_ready_is_offered_and_once() {
    start();

    update();
    update();

    assertThat(offered()).isEqualTo(READ);
    queues.expectNoMessage();
    update(settled(READ, 1, DONE));
    assertThat(offered()).isEqualTo(ANSWER);
    queues.expectNoMessage();
  }

  @Test
  void a_task_that_no_node_could_do_is_abandoned_at_once_with_the_reason() {
    lacking = List.of(new Need("bin:gh"));
    start();

    update();

    assertThat(told(Session.Abandon.class))
        .isEqualTo(new Session.Abandon(READ, "no node offers gh; 2 nodes up"));
    queues.expectNoMessage();
  }

  @Test
  void what_a_node_has_since_is_seen_with_the_next_offers() {
    lacking = List.of(new Need("bin:gh"));
    start();
    update();
    told(Session.Abandon.class);

    lacking = List.of();
    passUntilWatch();
    update();

    assertThat(queues.receiveMessage().message()).isInstanceOf(TaskQueue.Offer.class);
  }

  @Test
  void what_is_still_ready_is_offered_again_after_a_while() {
    start();
    update();
    offered();

    passUntilWatch();
    update();

    assertThat(offered()).isEqualTo(READ);
  }

  @Test
  void a_task_that_runs_is_withdrawn_and_not_offered() {
    start();
    update();
    offered();

    began();

    assertThat(queue(TaskQueue.Withdraw.class)).isEqualTo(new TaskQueue.Withdraw(READ, AGENT));
    passUntilWatch();
    watcher.tell(
        new SessionUpdate(
            new SessionSnapshot(SESSION, state, Map.of(READ, running(READ, 1))), List.of(), null));
    queues.expectNoMessage();
    update(cutOff(READ, 1));
    assertThat(offered()).isEqualTo(READ);
  }

  @Test
  void the_loss_of_a_host_is_told_to_the_session() {
    start();
    update();
    var offer = queue(TaskQueue.Offer.class);

    offer.offerer().tell(new TaskQueue.HostLost(READ, AGENT, WORKER));

    assertThat(told(Session.HostLost.class))
        .isEqualTo(new Session.HostLost(READ, WORKER, "its worker researcher-1-w1 died"));
    assertThat(offered()).isEqualTo(READ);
  }

  @Test
  void what_an_attempt_posted_counts_only_if_it_settled_its_task() {
    start();
    update();

    update(cutOff(READ, 1));
    assertThat(ended()).isEqualTo("goal-1/read 1.1 false");
    update(settled(READ, 2, DONE));
    assertThat(ended()).isEqualTo("goal-1/read 1.2 true");
    update();
    boards.expectNoMessage();
  }

  @Test
  void what_ended_while_nobody_listened_is_told_to_the_blackboard() {
    start();
    update();

    state = state.apply(settled(READ, 2, DONE));
    update();

    assertThat(ended()).isEqualTo("goal-1/read 1.2 true");
  }

  @Test
  void an_orchestrator_that_starts_late_goes_on_from_what_is_stored() {
    state = planned().apply(settled(READ, 1, DONE)).apply(cutOff(ANSWER, 2));
    start();

    update();

    assertThat(List.of(ended(), ended()))
        .containsExactlyInAnyOrder("goal-1/read 1.1 true", "goal-1/answer 1.2 false");
    assertThat(offered()).isEqualTo(ANSWER);
    assertThat(asked).hasValue(0);
  }

  @Test
  void a_suspended_attempt_keeps_what_it_posted_when_another_orchestrator_takes_over() {
    state =
        planned()
            .apply(
                new SessionEvent.TaskSuspended(
                    NOW,
                    READ,
                    fence(1),
                    AGENT,
                    "c",
                    new io.nanoswarm.session.Wait.ForPerson("why?"),
                    List.of()));
    start();

    update();

    board(Blackboard.Post.class);
    boards.expectNoMessage();
  }

  @Test
  void a_session_is_completed_when_all_was_done_the_answer_stands_and_is_mirrored() {
    start();
    finish(DONE);
    var read = board(Blackboard.Read.class);
    assertThat(read.sections()).containsExactly(Section.FINAL);
    sessions.expectNoMessage();

    read.replyTo().tell(answer(7));
    var await = mirror.expectMessageClass(Mirror.AwaitRevision.class);
    sessions.expectNoMessage();
    await.replyTo().tell(new Mirror.Mirrored(7));

    assertThat(await.revision()).isEqualTo(7);
    assertThat(told(Session.Conclude.class).ending()).isEqualTo(new Ending.Completed());
  }

  @Test
  void a_session_without_answer_is_partial() {
    start();
    finish(DONE);

    board(Blackboard.Read.class).replyTo().tell(new Blackboard.Entries(List.of(), 7, null));
    mirror
        .expectMessageClass(Mirror.AwaitRevision.class)
        .replyTo()
        .tell(new Mirror.Behind(6, "disk full"));

    assertThat(told(Session.Conclude.class).ending())
        .isEqualTo(new Ending.Partial(List.of("nothing was written to final/")));
  }

  @Test
  void a_session_whose_answering_task_failed_has_failed() {
    start();
    finish(new Outcome.Failed("no words", false));

    board(Blackboard.Read.class).replyTo().tell(answer(7));
    mirror.expectMessageClass(Mirror.AwaitRevision.class).replyTo().tell(new Mirror.Mirrored(7));

    assertThat(told(Session.Conclude.class).ending())
        .isEqualTo(new Ending.Failed("Do answer: no words"));
  }

  @Test
  void a_mirror_that_does_not_catch_up_holds_up_no_conclusion() {
    start();
    finish(DONE);
    board(Blackboard.Read.class).replyTo().tell(answer(7));
    mirror.expectMessageClass(Mirror.AwaitRevision.class);

    pass(MIRROR_GRACE);

    assertThat(conclusion()).isEqualTo(new Ending.Completed());
  }

  @Test
  void a_session_times_out_at_its_limit_and_is_told_so_until_it_is_over() {
    state = opened(Duration.ofSeconds(8));
    now = NOW.plusSeconds(6);
    start();
    update();

    pass(Duration.ofSeconds(2));
    assertThat(told(Session.Conclude.class).ending()).isEqualTo(new Ending.TimedOut());

    passUntilWatch();
    assertThat(told(Session.Conclude.class).ending()).isEqualTo(new Ending.TimedOut());
  }

  @Test
  void a_session_without_limit_and_one_with_a_distant_one_go_on() {
    state = opened(Duration.ofDays(100_000_000)).apply(new SessionEvent.PlanRecorded(NOW, PLAN));
    start();

    update();

    assertThat(offered()).isEqualTo(READ);
  }

  @Test
  void a_session_fails_when_every_agent_of_a_role_that_waits_has_given_up() {
    start();
    update();
    offered();
    passUntilWatch();

    supervisor
        .expectMessageClass(Supervisor.GetAgents.class)
        .replyTo()
        .tell(new SupervisorView(List.of(gaveUp("researcher-1"), gaveUp("researcher-2"))));

    assertThat(conclusion())
        .isEqualTo(
            new Ending.Failed("every researcher has been given up, the last since out of memory"));
  }

  private static SlotView gaveUp(String name) {
    var spec = AgentSpec.of(Story.ROLE, Agent.class, "an agent");
    var agent = new DesiredAgent(new AgentName(name), spec, Isolation.PROCESS);
    return new SlotView(
        agent, new SlotView.GaveUp(), new SlotView.Jvm(null, null, null, null), 8, "out of memory");
  }

  @Test
  void the_end_of_a_session_is_noted_its_offers_are_withdrawn_and_the_orchestrator_stops() {
    start();
    update();
    offered();

    update(new SessionEvent.SessionConcluded(NOW, new Ending.Cancelled("stopped")));

    assertThat(directory.receiveMessage())
        .isEqualTo(new SessionDirectory.NoteEnding(SESSION, "cancelled", NOW, null));
    assertThat(queue(TaskQueue.Withdraw.class)).isEqualTo(new TaskQueue.Withdraw(READ, null));
    directory.expectTerminated(orchestrator);
  }

  @Test
  void what_waits_of_a_paused_session_is_withdrawn_and_nothing_is_offered_until_it_goes_on() {
    start();
    update();
    offered();

    update(new SessionEvent.SessionPaused(NOW));
    assertThat(queue(TaskQueue.Withdraw.class)).isEqualTo(new TaskQueue.Withdraw(READ, null));
    update(settled(READ, 1, DONE));
    passUntilWatch();
    update();
    queues.expectNoMessage();

    update(new SessionEvent.SessionUnpaused(NOW));
    assertThat(offered()).isEqualTo(ANSWER);
  }

  @Test
  void what_runs_when_its_session_is_paused_stays_with_its_host() {
    start();
    update();
    offered();
    began();
    queue(TaskQueue.Withdraw.class);

    var paused = new SessionEvent.SessionPaused(NOW);
    state = state.apply(paused);
    watcher.tell(
        new SessionUpdate(
            new SessionSnapshot(SESSION, state, Map.of(READ, running(READ, 1))),
            List.of(paused),
            null));

    queues.expectNoMessage();
  }

  @Test
  void a_pause_is_kept_by_an_orchestrator_that_has_missed_its_beginning() {
    state = state.apply(new SessionEvent.SessionPaused(NOW));
    start();

    update();

    assertThat(queue(TaskQueue.Withdraw.class)).isEqualTo(new TaskQueue.Withdraw(READ, null));
    queues.expectNoMessage();
    state = state.apply(new SessionEvent.SessionUnpaused(NOW));
    update();
    assertThat(offered()).isEqualTo(READ);
  }

  @Test
  void a_paused_session_is_not_planned_until_it_goes_on() {
    state = opened(null).apply(new SessionEvent.SessionPaused(NOW));
    plan.complete(PLAN);
    start();
    update();
    passUntilWatch();
    assertThat(asked).hasValue(0);

    update(new SessionEvent.SessionUnpaused(NOW));
    assertThat(told(Session.RecordPlan.class).plan()).isEqualTo(PLAN);
    assertThat(asked).hasValue(1);
  }

  @Test
  void the_time_limit_of_a_paused_session_stands_still() {
    state = opened(Duration.ofSeconds(8)).apply(new SessionEvent.PlanRecorded(NOW, PLAN));
    start();
    update();
    now = NOW.plusSeconds(2);
    update(new SessionEvent.SessionPaused(now));

    pass(Duration.ofHours(1));
    update(new SessionEvent.SessionUnpaused(now));
    pass(Duration.ofSeconds(5));
    update();
    pass(Duration.ofSeconds(1));

    assertThat(conclusion()).isEqualTo(new Ending.TimedOut());
    assertThat(now).isEqualTo(NOW.plusSeconds(8).plus(Duration.ofHours(1)));
  }

  @Test
  void a_clock_that_fired_just_before_a_pause_fires_again_when_the_session_goes_on() {
    state = opened(Duration.ofSeconds(4)).apply(new SessionEvent.PlanRecorded(NOW, PLAN));
    start();
    update();
    pass(Duration.ofSeconds(4));
    assertThat(told(Session.Conclude.class).ending()).isEqualTo(new Ending.TimedOut());

    update(new SessionEvent.SessionPaused(now));
    pass(OFFER_AGAIN);
    told(Session.Watch.class);
    sessions.expectNoMessage();

    update(new SessionEvent.SessionUnpaused(now));
    time.timePasses(Duration.ofMillis(1));
    assertThat(told(Session.Conclude.class).ending()).isEqualTo(new Ending.TimedOut());
  }

  @Test
  void a_paused_session_does_not_fail_for_want_of_agents() {
    start();
    update(new SessionEvent.SessionPaused(NOW));
    passUntilWatch();

    supervisor
        .expectMessageClass(Supervisor.GetAgents.class)
        .replyTo()
        .tell(new SupervisorView(List.of(gaveUp("researcher-1"))));

    sessions.expectNoMessage();
  }

  @Test
  void what_waits_is_offered_again_when_its_session_is_more_urgent() {
    start();
    update();
    assertThat(queue(TaskQueue.Offer.class).priority()).isEqualTo(Priority.HIGH);

    update(new SessionEvent.SessionPrioritised(NOW, Priority.LOW));
    assertThat(queue(TaskQueue.Offer.class).priority()).isEqualTo(Priority.NORMAL);

    update(settled(READ, 1, DONE));
    assertThat(queue(TaskQueue.Offer.class).priority()).isEqualTo(Priority.NORMAL);
  }

  @Test
  void a_session_that_was_never_opened_is_not_driven() {
    state = new SessionState.Absent();
    start();

    update();

    directory.expectTerminated(orchestrator);
  }

  private void start() {
    var system = kit.system();
    var gate =
        new Gate(
            sessions.ref(),
            boards.ref(),
            system.ignoreRef(),
            queues.ref(),
            system.ignoreRef(),
            system.ignoreRef(),
            system.ignoreRef());
    orchestrator =
        kit.spawn(
            Orchestrator.create(
                SESSION,
                new OrchestratorLinks(
                    gate,
                    directory.ref(),
                    nodes(),
                    (_, _, _) -> {
                      asked.incrementAndGet();
                      return plan;
                    },
                    _ -> Behaviors.monitor(Mirror.Command.class, mirror.ref(), Behaviors.ignore()),
                    new OrchestratorSettings(OFFER_AGAIN, MIRROR_GRACE),
                    () -> now)));
    watcher = told(Session.Watch.class).watcher();
  }

  /** Nodes that lack what the test says; the supervisor is asked for all the rest. */
  private ActorRef<Supervisor.Command> nodes() {
    return kit.spawn(
        Behaviors.receiveMessage(message -> {
          if (message instanceof Supervisor.Place(_, var needs, var replyTo)) {
            replyTo.tell(new Placed(needs, lacking, 2));
          } else {
            supervisor.ref().tell(message);
          }
          return Behaviors.same();
        }));
  }

  private void update(SessionEvent... events) {
    for (SessionEvent event : events) {
      state = state.apply(event);
    }
    watcher.tell(new SessionUpdate(snapshot(state), List.of(events), null));
  }

  private void began() {
    var running = running(READ, 1);
    watcher.tell(
        new SessionUpdate(
            new SessionSnapshot(SESSION, state, Map.of(READ, running)), List.of(), running));
  }

  /** Settles both tasks, and takes what the blackboard is told of it. */
  private void finish(Outcome answer) {
    update();
    update(settled(READ, 1, DONE));
    ended();
    update(settled(ANSWER, 2, answer));
    ended();
  }

  private static SessionSnapshot snapshot(SessionState state) {
    return new SessionSnapshot(SESSION, state, Map.of());
  }

  private static Blackboard.Entries answer(long revision) {
    var draft = Draft.of(EntryPath.in(Section.FINAL, "answer"), "# Twice");
    return new Blackboard.Entries(
        List.of(new Entry(revision, draft, new Author.Agent(AGENT, ANSWER, fence(2)), NOW, false)),
        revision,
        null);
  }

  private void pass(Duration duration) {
    now = now.plus(duration);
    time.timePasses(duration);
  }

  private void passUntilWatch() {
    pass(OFFER_AGAIN);
    told(Session.Watch.class);
  }

  /** What the session is told next; watching again left out. */
  private Ending conclusion() {
    while (true) {
      if (sessions.receiveMessage().message() instanceof Session.Conclude conclude) {
        return conclude.ending();
      }
    }
  }

  private <C extends Session.Command> C told(Class<C> expected) {
    return expected.cast(sessions.receiveMessage().message());
  }

  /**
   * What the blackboard is told next; the context, which every orchestrator posts once, left out.
   */
  private <C extends Blackboard.Command> C board(Class<C> expected) {
    while (true) {
      var next = boards.receiveMessage().message();
      if (!(next instanceof Blackboard.Post) || expected == Blackboard.Post.class) {
        return expected.cast(next);
      }
    }
  }

  private <C extends TaskQueue.Command> C queue(Class<C> expected) {
    var envelope = queues.receiveMessage();
    assertThat(envelope.entityId()).isEqualTo(ROLE.value());
    return expected.cast(envelope.message());
  }

  private TaskId offered() {
    var offer = queue(TaskQueue.Offer.class);
    assertThat(offer.priority()).isEqualTo(Priority.HIGH);
    return offer.task();
  }

  private String ended() {
    var end = board(Blackboard.EndAttempt.class);
    return "%s %s %s".formatted(end.task(), end.fence(), end.settled());
  }
}
