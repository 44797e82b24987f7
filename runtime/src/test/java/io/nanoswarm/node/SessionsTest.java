package io.nanoswarm.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.typesafe.config.ConfigFactory;
import io.nanoswarm.agent.Gate;
import io.nanoswarm.api.AgentsView;
import io.nanoswarm.api.AskRequest;
import io.nanoswarm.api.DeadTask;
import io.nanoswarm.api.Opened;
import io.nanoswarm.api.RetryRequest;
import io.nanoswarm.api.SessionRequest;
import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.artifact.FileArtifactStore;
import io.nanoswarm.definition.SwarmDefinition;
import io.nanoswarm.definition.SwarmDefinition.Agent;
import io.nanoswarm.directory.SessionDirectory;
import io.nanoswarm.directory.SessionLine;
import io.nanoswarm.feed.SessionViews;
import io.nanoswarm.launch.SilentBus;
import io.nanoswarm.offline.OfflinePlanner;
import io.nanoswarm.offline.OfflineSwarm;
import io.nanoswarm.offline.workspace.WorkspaceScan;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.session.Workspace;
import io.nanoswarm.skills.SkillNeeds;
import io.nanoswarm.skills.SkillsSettings;
import io.nanoswarm.supervisor.DesiredAgent;
import io.nanoswarm.supervisor.Isolation;
import io.nanoswarm.supervisor.SlotView;
import io.nanoswarm.supervisor.Supervisor;
import io.nanoswarm.supervisor.SupervisorView;
import io.nanoswarm.trace.Spans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which sessions may use a role, and which agents they start, before actors that answer as the test
 * says.
 */
@Timeout(60)
class SessionsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final int MOST_UNFINISHED = 5;
  private static final String PLACE = "Where are retries bounded?";
  private static final String HOW = "How does a retry work?";
  private static final AgentRole REVIEWER = new AgentRole("reviewer");

  private final ActorTestKit kit = ActorTestKit.create();
  private final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, SessionState> stored = new ConcurrentHashMap<>();
  private final List<SessionLine> lines = new CopyOnWriteArrayList<>();
  private final TestProbe<Supervisor.Command> supervisor = kit.createTestProbe();
  private final Random random = new Random(7);
  private @Nullable ActorRef<ShardingEnvelope<Session.Command>> region;
  private final List<SessionDirectory.NoteEnding> noted = new CopyOnWriteArrayList<>();
  private Duration patience = Duration.ofSeconds(30);
  private @Nullable SessionId silent;
  private long minFree;
  private Instant now = NOW;

  @TempDir Path folder;

  @BeforeEach
  void aWorkspace() throws IOException {
    Files.writeString(
        Files.createDirectories(folder.resolve("workspace")).resolve("about.txt"), "about");
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
    blocking.shutdownNow();
  }

  @Test
  void a_role_that_a_session_uses_is_refused_to_another_that_means_other_agents_by_it() {
    var sessions = sessions();
    var first = open(sessions, "be thorough");

    assertThat(refusal(sessions.open(request("be brief"))))
        .contains("session %s runs on this node".formatted(first), "means other agents by a role");
    assertThat(open(sessions, "be thorough")).isNotEqualTo(first);
  }

  @Test
  void so_it_is_while_the_first_of_them_is_still_opening() {
    var sessions = sessions();
    var opening = sessions.open(request("be thorough"));
    var held = supervisor.expectMessageClass(Supervisor.Ensure.class);
    assertThat(stored).as("sessions that anybody knows of yet").isEmpty();

    assertThat(refusal(sessions.open(request("be brief"))))
        .contains("runs on this node", "means other agents by a role");

    grant(held);
    assertThat(stored).containsOnlyKeys(id(opening));
  }

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

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static Throwable failure(CompletionStage<?> failing) {
    return failing
        .handle((_, failure) -> {
          assertThat(failure).isNotNull();
          return failure instanceof CompletionException ? failure.getCause() : failure;
        })
        .toCompletableFuture()
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
  }

  @Test
  void tasks_of_a_session_that_is_deleted_meanwhile_are_not_tried_again() {
    var id = new SessionId("gone");
    stored.put(id.value(), new SessionState.Concluded(active(id), new Ending.TimedOut(), NOW));

    // Told of it, the stored session would not answer.
    assertThat(refusal(sessions().dead().retry(id, new RetryRequest(List.of()))))
        .contains("no session 'gone'");
    assertThat(stored.get(id.value())).isInstanceOf(SessionState.Concluded.class);
  }

  @Test
  void dead_tasks_are_asked_of_several_sessions_at_once_and_listed_the_latest_session_first() {
    var regions = kit.<ShardingEnvelope<Session.Command>>createTestProbe();
    region = regions.ref();
    for (int i = 1; i <= 20; i++) {
      lines.add(line(new SessionId("ses-" + i), i == 20 ? "completed" : "partial"));
    }

    var listing = sessions().dead().list();
    var asked = new ArrayList<ShardingEnvelope<Session.Command>>();
    for (int i = 0; i < 16; i++) {
      asked.add(regions.receiveMessage());
    }
    regions.expectNoMessage(Duration.ofMillis(50));
    assertThat(asked).extracting(ShardingEnvelope::entityId).startsWith("ses-19").endsWith("ses-4");
    asked.reversed().forEach(this::answerWithADeadTask);
    for (int i = 0; i < 3; i++) {
      answerWithADeadTask(regions.receiveMessage());
    }

    assertThat(listing.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join())
        .extracting(DeadTask::session)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, 19).mapToObj(i -> "ses-" + (20 - i)).toList());
  }

  private void answerWithADeadTask(ShardingEnvelope<Session.Command> asked) {
    var id = new SessionId(asked.entityId());
    var task = TaskSpec.of(TaskId.of(id, "t"), REVIEWER, "review");
    SessionState state = active(id);
    for (SessionEvent event :
        List.of(
            new SessionEvent.PlanRecorded(NOW, new Plan(List.of(task), task.id())),
            new SessionEvent.TaskDied(NOW, task.id(), "no luck"))) {
      state = state.apply(event);
    }
    ((Session.GetSession) asked.message()).replyTo().tell(new SessionSnapshot(id, state, Map.of()));
  }

  private static SessionState.Active active(SessionId id) {
    var workspace = new Workspace("/", new ArtifactRef("0".repeat(64), 1), 1, 1);
    var opening = new SessionState.Opening(id, new Goal("goal"), workspace, NOW, null, null, null);
    return new SessionState.Active(opening, List.of(), null, 0, Map.of(), null, null);
  }

  @Test
  void no_session_is_taken_on_when_the_disk_is_nearly_full() {
    minFree = Long.MAX_VALUE;

    assertThat(refusal(sessions().open(request("be thorough"))))
        .contains("MB are free on the disk of " + folder);
    assertThat(stored).isEmpty();
  }

  @Test
  void a_session_that_could_not_be_opened_keeps_no_role_for_itself() {
    var sessions = sessions();
    var failing = sessions.open(request("be thorough"));
    refuse();
    assertThat(refusal(failing)).isEqualTo("there are too many agents");

    open(sessions, "be brief");
  }

  @Test
  void a_session_that_has_ended_keeps_no_role_for_itself() {
    var sessions = sessions();
    var first = open(sessions, "be thorough");
    assertThat(refusal(sessions.open(request("be brief")))).contains("session " + first);

    // What the session itself says is not looked at: just the directory knows of its end.
    lines.replaceAll(line ->
        new SessionLine(
            line.session(),
            line.goal(),
            line.workspace(),
            line.openedAt(),
            "completed",
            NOW,
            null,
            null));

    open(sessions, "be brief");
  }

  @Test
  void a_session_whose_end_just_it_knows_keeps_no_role_for_itself() {
    var sessions = sessions();
    var first = open(sessions, "be thorough");
    stored.computeIfPresent(
        first,
        (_, state) ->
            new SessionState.Concluded(
                (SessionState.Active) state, new Ending.Cancelled("test"), NOW));

    open(sessions, "be brief");
  }

  @Test
  void a_session_that_could_not_be_taken_up_keeps_no_role_for_itself() {
    var first = open(sessions(), "be thorough");
    var restarted = sessions();
    var failing = restarted.resume(new SessionId(first));
    refuse();
    assertThat(refusal(failing)).isEqualTo("there are too many agents");

    open(restarted, "be brief");
  }

  @Test
  void a_session_that_is_driven_keeps_its_role_though_it_could_not_be_taken_up_again() {
    var sessions = sessions();
    var first = open(sessions, "be thorough");
    var failing = sessions.resume(new SessionId(first));
    refuse();
    assertThat(refusal(failing)).isEqualTo("there are too many agents");

    assertThat(refusal(sessions.open(request("be brief")))).contains("session " + first);
  }

  @Test
  void reload_keeps_how_many_agents_of_a_role_run_and_how_they_are_isolated() {
    var sessions = sessions();
    var running = sessions.open(request("be thorough"));
    var before = supervisor.expectMessageClass(Supervisor.Ensure.class);
    grant(before);
    assertThat(id(running)).isNotEmpty();
    assertThat(before.count()).isEqualTo(1);
    assertThat(before.isolation()).isEqualTo(Isolation.PROCESS);

    var reloaded = sessions.reload(swarm("be brief"));
    var slots = new ArrayList<SlotView>();
    for (int number = 1; number <= 3; number++) {
      slots.add(slot(before, number, new SlotView.Up()));
    }
    // One that is being replaced anyway does not count.
    slots.add(slot(before, 4, new SlotView.Draining()));
    supervisor
        .expectMessageClass(Supervisor.GetAgents.class)
        .replyTo()
        .tell(new SupervisorView(slots));

    var after = supervisor.expectMessageClass(Supervisor.Ensure.class);
    assertThat(after.spec().instructions()).isEqualTo("be brief");
    assertThat(after.count()).isEqualTo(3);
    assertThat(after.isolation()).isEqualTo(Isolation.SHARED);
    grant(after);
    assertThat(reloaded.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join().replaced())
        .containsExactly("reviewer");
  }

  @Test
  void agents_that_every_plan_needs_start_at_once_and_the_others_if_a_plan_has_tasks_for_them() {
    var sessions = sessions();
    var place = sessions.open(SessionRequest.of(PLACE, workspace(), Map.of(), null, null));
    grant("researcher", "critic", "coordinator");
    assertThat(stored).containsOnlyKeys(id(place));

    var how = sessions.open(SessionRequest.of(HOW, workspace(), Map.of(), null, null));
    grant("researcher", "critic", "coordinator");
    var architects = supervisor.expectMessageClass(Supervisor.Ensure.class);
    assertThat(architects.spec().role()).isEqualTo(OfflineSwarm.ARCHITECT);
    assertThat(stored).as("sessions that anybody knows of yet").hasSize(1);
    grant(architects);
    grant("analyst");
    assertThat(stored).containsKey(id(how)).hasSize(2);
  }

  @Test
  void so_it_is_when_a_session_is_taken_up_before_it_is_planned() {
    var sessions = sessions();
    var opening = sessions.open(SessionRequest.of(HOW, workspace(), Map.of(), null, null));
    grant("researcher", "critic", "coordinator", "architect", "analyst");

    var resuming = sessions().resume(new SessionId(id(opening)));
    grant("researcher", "critic", "coordinator", "architect", "analyst");
    assertThat(id(resuming)).isEqualTo(id(opening));
  }

  @Test
  void a_session_that_is_planned_is_taken_up_with_agents_for_its_tasks_whatever_it_was_asked() {
    var sessions = sessions();
    var opening = sessions.open(SessionRequest.of(PLACE, workspace(), Map.of(), null, null));
    grant("researcher", "critic", "coordinator");
    var id = new SessionId(id(opening));
    var task = TaskSpec.of(TaskId.of(id, "count"), OfflineSwarm.ANALYST, "count");
    stored.computeIfPresent(
        id.value(),
        (_, state) ->
            state.apply(new SessionEvent.PlanRecorded(NOW, new Plan(List.of(task), task.id()))));

    var resuming = sessions().resume(id);
    grant("researcher", "critic", "coordinator", "analyst");
    assertThat(id(resuming)).isEqualTo(id.value());
  }

  @Test
  void a_further_question_starts_the_agents_that_its_plan_needs_and_the_first_one_s_did_not() {
    var sessions = sessions();
    var opening = sessions.open(SessionRequest.of(PLACE, workspace(), Map.of(), null, null));
    grant("researcher", "critic", "coordinator");
    var id = new SessionId(id(opening));
    stored.computeIfPresent(
        id.value(),
        (_, state) ->
            new SessionState.Concluded((SessionState.Active) state, new Ending.TimedOut(), NOW));

    var asked = sessions.followUps().ask(id, new AskRequest(HOW, null));
    grant("researcher", "critic", "coordinator", "architect", "analyst");
    assertThat(asked.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join().question())
        .isEqualTo(2);
  }

  private static SlotView slot(Supervisor.Ensure of, int number, SlotView.State state) {
    return new SlotView(
        new DesiredAgent(new AgentName("reviewer-" + number), of.spec(), Isolation.SHARED),
        state,
        new SlotView.Jvm(null, null, null, null),
        0,
        null);
  }

  /** Opens a session whose agents the supervisor grants. */
  private String open(Sessions sessions, String instructions) {
    var opening = sessions.open(request(instructions));
    grant(supervisor.expectMessageClass(Supervisor.Ensure.class));
    return id(opening);
  }

  /** Agents of these roles are wished for next, in this order. */
  private void grant(String... roles) {
    for (String role : roles) {
      var ensure = supervisor.expectMessageClass(Supervisor.Ensure.class);
      assertThat(ensure.spec().role().value()).isEqualTo(role);
      grant(ensure);
    }
  }

  private static void grant(Supervisor.Ensure ensure) {
    ensure.replyTo().tell(new Supervisor.Ensured(REVIEWER, List.of()));
  }

  private void refuse() {
    supervisor
        .expectMessageClass(Supervisor.Ensure.class)
        .replyTo()
        .tell(new Supervisor.Refused("there are too many agents"));
  }

  private static String id(CompletionStage<Opened> opening) {
    return opening.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join().id();
  }

  private static String refusal(CompletionStage<?> refused) {
    var outcome = refused.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS);
    return outcome
        .handle((_, failure) -> {
          assertThat(failure).isNotNull();
          var cause = failure instanceof CompletionException ? failure.getCause() : failure;
          assertThat(cause).isInstanceOf(SwarmProblem.class);
          return String.valueOf(cause.getMessage());
        })
        .join();
  }

  private SessionRequest request(String instructions) {
    return new SessionRequest("Review.", workspace(), Map.of(), null, null, swarm(instructions));
  }

  private String workspace() {
    return folder.resolve("workspace").toString();
  }

  private static SwarmDefinition swarm(String instructions) {
    var agent =
        new Agent(
            null, "critic", 1, "", instructions, List.of(), List.of(), null, null, null, null);
    return new SwarmDefinition(
        "review", List.of(), Map.of("reviewer", agent), Map.of(), Map.of(), null);
  }

  /** Of a node that has just been started, on what is stored. */
  private Sessions sessions() {
    var asking = new Asking(kit.system(), patience, new JournalHealth("repair it", () -> NOW));
    var gate =
        new Gate(
            region == null ? kit.spawn(storedSessions()) : region,
            silent(),
            silent(),
            silent(),
            silent(),
            silent(),
            silent());
    var parts =
        new ControlParts(
            gate,
            kit.spawn(directory()),
            silent(),
            supervisor.ref(),
            silent(),
            new SilentBus(),
            silent());
    var artifacts = new FileArtifactStore(folder.resolve("artifacts"));
    var usual = new OfflinePlanner(artifacts, blocking);
    var intakes =
        new Sessions.Intakes(
            new WorkspaceIntake(new WorkspaceScan(Set.of()), artifacts, blocking),
            new SwarmIntake(
                SwarmSetup.offline(),
                new SkillNeeds(SkillsSettings.of(ConfigFactory.load())),
                usual,
                artifacts,
                new KeptCode(folder.resolve("code")),
                blocking),
            new SwarmsInUse(usual));
    var driven = new Driven(false);
    var node = new AgentsView.NodeView(1, "here", NOW, folder.toString());
    return new Sessions(
        new Sessions.Means(
            asking,
            parts,
            new AgentPool(asking, supervisor.ref()),
            intakes,
            new Admission(new AdmissionSettings(MOST_UNFINISHED, minFree), folder),
            Isolation.PROCESS,
            Spans.NONE,
            random,
            () -> now),
        new SessionViews(node, folder, driven::contains),
        driven);
  }

  private <T> ActorRef<T> silent() {
    return kit.<T>createTestProbe().ref();
  }

  private Behavior<ShardingEnvelope<Session.Command>> storedSessions() {
    return Behaviors.receiveMessage(envelope -> {
      var id = new SessionId(envelope.entityId());
      if (id.equals(silent)) {
        return Behaviors.same();
      }
      switch (envelope.message()) {
        // As one that works on a later question than whoever concludes it thinks.
        case Session.Conclude conclude -> conclude.replyTo().tell(snapshot(id));
        case Session.Open open -> {
          var opening =
              new SessionState.Opening(
                  id,
                  open.goal(),
                  open.workspace(),
                  NOW,
                  open.timeLimit(),
                  open.swarm(),
                  open.trace());
          stored.put(
              id.value(),
              new SessionState.Active(opening, List.of(), null, 0, Map.of(), null, null));
          open.replyTo().tell(snapshot(id));
        }
        case Session.AskFurther ask -> {
          var asked =
              new SessionEvent.FollowUpAsked(
                  NOW, ask.number(), ask.goal(), ask.workspace(), ask.timeLimit());
          stored.computeIfPresent(id.value(), (_, state) -> state.apply(asked));
          ask.replyTo().tell(new Session.Done(snapshot(id)));
        }
        case Session.GetSession(ActorRef<SessionSnapshot> replyTo) -> replyTo.tell(snapshot(id));
        default -> throw new AssertionError("not expected: " + envelope);
      }
      return Behaviors.same();
    });
  }

  private SessionSnapshot snapshot(SessionId id) {
    return new SessionSnapshot(
        id, stored.getOrDefault(id.value(), new SessionState.Absent()), Map.of());
  }

  private int unfinished() {
    return Math.toIntExact(lines.stream().filter(line -> line.ending() == null).count());
  }

  private static SessionLine line(SessionId id, @Nullable String ending) {
    return new SessionLine(
        id, "goal", "/shop", NOW, ending, ending == null ? null : NOW, null, null);
  }

  private SessionDirectory.ReopenReply reopen(SessionDirectory.NoteReopening reopening) {
    var id = reopening.session();
    var known = lines.stream().filter(line -> line.session().equals(id)).findFirst();
    if (known.isEmpty()) {
      return new SessionDirectory.NotListed(id);
    }
    if (known.get().ending() == null) {
      return new SessionDirectory.Noted(id, null);
    }
    if (unfinished() >= reopening.most()) {
      return new SessionDirectory.TooManyUnfinished(unfinished());
    }
    lines.replaceAll(line -> line.session().equals(id) ? line(id, null) : line);
    return new SessionDirectory.Noted(id, now);
  }

  private Behavior<SessionDirectory.Command> directory() {
    return Behaviors.receiveMessage(command -> {
      switch (command) {
        case SessionDirectory.ListSession list -> {
          int unfinished = unfinished();
          if (unfinished >= list.most()) {
            list.replyTo().tell(new SessionDirectory.TooManyUnfinished(unfinished));
          } else {
            lines.add(line(list.session(), null));
            list.replyTo().tell(new SessionDirectory.Listed(list.session()));
          }
        }
        case SessionDirectory.NoteReopening reopening ->
            reopening.replyTo().tell(reopen(reopening));
        case SessionDirectory.NoteEnding note -> {
          noted.add(note);
          var id = note.session();
          lines.replaceAll(line -> line.session().equals(id) ? line(id, note.ending()) : line);
        }
        case SessionDirectory.NoteFollowUp(var id, _, _, var replyTo) ->
            replyTo.tell(new SessionDirectory.Noted(id, null));
        case SessionDirectory.GetSessions(var replyTo) ->
            replyTo.tell(new SessionDirectory.Sessions(lines));
        default -> throw new AssertionError("not expected: " + command);
      }
      return Behaviors.same();
    });
  }
}
