package io.nanoswarm.node;

import static io.nanoswarm.node.SessionsFixture.NOW;
import static io.nanoswarm.node.SessionsFixture.REVIEWER;
import static io.nanoswarm.node.SessionsFixture.active;
import static io.nanoswarm.node.SessionsFixture.grant;
import static io.nanoswarm.node.SessionsFixture.id;
import static io.nanoswarm.node.SessionsFixture.line;
import static io.nanoswarm.node.SessionsFixture.refusal;
import static io.nanoswarm.node.SessionsFixture.swarm;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.api.AskRequest;
import io.nanoswarm.api.DeadTask;
import io.nanoswarm.api.RetryRequest;
import io.nanoswarm.api.SessionRequest;
import io.nanoswarm.directory.SessionLine;
import io.nanoswarm.offline.OfflineSwarm;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentWishes;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.supervisor.DesiredAgent;
import io.nanoswarm.supervisor.Isolation;
import io.nanoswarm.supervisor.SlotView;
import io.nanoswarm.supervisor.Supervisor;
import io.nanoswarm.supervisor.SupervisorView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
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
  private static final String PLACE = "Where are retries bounded?";
  private static final String HOW = "How does a retry work?";

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
  void a_role_that_a_session_uses_is_refused_to_another_that_means_other_agents_by_it() {
    var sessions = node.sessions();
    var first = node.open(sessions, "be thorough");

    assertThat(refusal(sessions.open(node.request("be brief"))))
        .contains("session %s runs on this node".formatted(first), "means other agents by a role");
    assertThat(node.open(sessions, "be thorough")).isNotEqualTo(first);
  }

  @Test
  void so_it_is_while_the_first_of_them_is_still_opening() {
    var sessions = node.sessions();
    var opening = sessions.open(node.request("be thorough"));
    var held = node.supervisor.expectMessageClass(Supervisor.Ensure.class);
    assertThat(node.stored).as("sessions that anybody knows of yet").isEmpty();

    assertThat(refusal(sessions.open(node.request("be brief"))))
        .contains("runs on this node", "means other agents by a role");

    grant(held);
    assertThat(node.stored).containsOnlyKeys(id(opening));
  }

  @Test
  void tasks_of_a_session_that_is_deleted_meanwhile_are_not_tried_again() {
    var id = new SessionId("gone");
    node.stored.put(id.value(), new SessionState.Concluded(active(id), new Ending.TimedOut(), NOW));

    // Told of it, the stored session would not answer.
    assertThat(refusal(node.sessions().dead().retry(id, new RetryRequest(List.of()))))
        .contains("no session 'gone'");
    assertThat(node.stored.get(id.value())).isInstanceOf(SessionState.Concluded.class);
  }

  @Test
  void dead_tasks_are_asked_of_several_sessions_at_once_and_listed_the_latest_session_first() {
    var regions = node.kit.<ShardingEnvelope<Session.Command>>createTestProbe();
    node.region = regions.ref();
    for (int i = 1; i <= 20; i++) {
      node.lines.add(line(new SessionId("ses-" + i), i == 20 ? "completed" : "partial"));
    }

    var listing = node.sessions().dead().list();
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

  @Test
  void a_session_that_could_not_be_opened_keeps_no_role_for_itself() {
    var sessions = node.sessions();
    var failing = sessions.open(node.request("be thorough"));
    refuse();
    assertThat(refusal(failing)).isEqualTo("there are too many agents");

    node.open(sessions, "be brief");
  }

  @Test
  void a_session_that_has_ended_keeps_no_role_for_itself() {
    var sessions = node.sessions();
    var first = node.open(sessions, "be thorough");
    assertThat(refusal(sessions.open(node.request("be brief")))).contains("session " + first);

    // What the session itself says is not looked at: just the directory knows of its end.
    node.lines.replaceAll(line ->
        new SessionLine(
            line.session(),
            line.goal(),
            line.workspace(),
            line.openedAt(),
            "completed",
            NOW,
            null,
            null));

    node.open(sessions, "be brief");
  }

  @Test
  void a_session_whose_end_just_it_knows_keeps_no_role_for_itself() {
    var sessions = node.sessions();
    var first = node.open(sessions, "be thorough");
    node.stored.computeIfPresent(
        first,
        (_, state) ->
            new SessionState.Concluded(
                (SessionState.Active) state, new Ending.Cancelled("test"), NOW));

    node.open(sessions, "be brief");
  }

  @Test
  void a_session_that_could_not_be_taken_up_keeps_no_role_for_itself() {
    var first = node.open(node.sessions(), "be thorough");
    var restarted = node.sessions();
    var failing = restarted.resume(new SessionId(first));
    refuse();
    assertThat(refusal(failing)).isEqualTo("there are too many agents");

    node.open(restarted, "be brief");
  }

  @Test
  void a_session_that_is_driven_keeps_its_role_though_it_could_not_be_taken_up_again() {
    var sessions = node.sessions();
    var first = node.open(sessions, "be thorough");
    var failing = sessions.resume(new SessionId(first));
    refuse();
    assertThat(refusal(failing)).isEqualTo("there are too many agents");

    assertThat(refusal(sessions.open(node.request("be brief")))).contains("session " + first);
  }

  @Test
  void reload_keeps_how_many_agents_of_a_role_run_and_how_they_are_isolated() {
    var sessions = node.sessions();
    var running = sessions.open(node.request("be thorough"));
    var before = node.supervisor.expectMessageClass(Supervisor.Ensure.class);
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
    node.supervisor
        .expectMessageClass(Supervisor.GetAgents.class)
        .replyTo()
        .tell(new SupervisorView(slots));

    var after = node.supervisor.expectMessageClass(Supervisor.Ensure.class);
    assertThat(after.spec().instructions()).isEqualTo("be brief");
    assertThat(after.count()).isEqualTo(3);
    assertThat(after.isolation()).isEqualTo(Isolation.SHARED);
    grant(after);
    assertThat(reloaded.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join().replaced())
        .containsExactly("reviewer");
  }

  @Test
  void agents_that_every_plan_needs_start_at_once_and_the_others_if_a_plan_has_tasks_for_them() {
    var sessions = node.sessions();
    var place = sessions.open(SessionRequest.of(PLACE, node.workspace(), Map.of(), null, null));
    node.grant("researcher", "critic", "coordinator");
    assertThat(node.stored).containsOnlyKeys(id(place));

    var how = sessions.open(SessionRequest.of(HOW, node.workspace(), Map.of(), null, null));
    node.grant("researcher", "critic", "coordinator");
    var architects = node.supervisor.expectMessageClass(Supervisor.Ensure.class);
    assertThat(architects.spec().role()).isEqualTo(OfflineSwarm.ARCHITECT);
    assertThat(node.stored).as("sessions that anybody knows of yet").hasSize(1);
    grant(architects);
    node.grant("analyst");
    assertThat(node.stored).containsKey(id(how)).hasSize(2);
  }

  @Test
  void so_it_is_when_a_session_is_taken_up_before_it_is_planned() {
    var sessions = node.sessions();
    var opening = sessions.open(SessionRequest.of(HOW, node.workspace(), Map.of(), null, null));
    node.grant("researcher", "critic", "coordinator", "architect", "analyst");

    var resuming = node.sessions().resume(new SessionId(id(opening)));
    node.grant("researcher", "critic", "coordinator", "architect", "analyst");
    assertThat(id(resuming)).isEqualTo(id(opening));
  }

  @Test
  void the_numbers_and_the_isolation_that_were_asked_for_hold_where_a_session_is_taken_up() {
    var opening =
        node.sessions()
            .open(SessionRequest.of(PLACE, node.workspace(), Map.of("critic", 3), null, "shared"));
    node.grant("researcher", "critic", "coordinator");

    var resuming = node.sessions().resume(new SessionId(id(opening)));
    for (int count : List.of(2, 3, 1)) {
      var ensure = node.supervisor.expectMessageClass(Supervisor.Ensure.class);
      assertThat(ensure.count()).isEqualTo(count);
      assertThat(ensure.isolation()).isEqualTo(Isolation.SHARED);
      grant(ensure);
    }
    assertThat(id(resuming)).isEqualTo(id(opening));
  }

  @Test
  void a_session_is_taken_up_with_the_usual_agents_if_what_it_wished_for_is_not_to_be_had() {
    var opening =
        node.sessions().open(SessionRequest.of(PLACE, node.workspace(), Map.of(), null, null));
    node.grant("researcher", "critic", "coordinator");
    var id = new SessionId(id(opening));
    for (var wishes :
        List.of(
            new AgentWishes(Map.of("librarian", 2), null),
            new AgentWishes(Map.of("critic", 100_000), null),
            new AgentWishes(Map.of(), "container"))) {
      node.stored.computeIfPresent(id.value(), (_, state) -> wishing(state, wishes));
      var resuming = node.sessions().resume(id);
      node.grant("researcher", "critic", "coordinator");
      assertThat(id(resuming)).as(wishes.toString()).isEqualTo(id.value());
    }
  }

  @Test
  void so_it_is_if_the_supervisor_has_no_room_for_them() {
    var opening =
        node.sessions()
            .open(SessionRequest.of(PLACE, node.workspace(), Map.of("critic", 3), null, null));
    node.grant("researcher", "critic", "coordinator");

    var resuming = node.sessions().resume(new SessionId(id(opening)));
    node.grant("researcher");
    refuse();
    for (int count : List.of(2, 1, 1)) {
      var ensure = node.supervisor.expectMessageClass(Supervisor.Ensure.class);
      assertThat(ensure.count()).isEqualTo(count);
      grant(ensure);
    }
    assertThat(id(resuming)).isEqualTo(id(opening));
  }

  private static SessionState wishing(SessionState state, AgentWishes wishes) {
    var of = ((SessionState.Active) state).opening();
    var opening =
        new SessionState.Opening(
            of.session(), of.goal(), of.workspace(), of.at(), null, null, null, wishes);
    return new SessionState.Active(opening, List.of(), null, 0, Map.of(), null, null);
  }

  @Test
  void a_session_that_is_planned_is_taken_up_with_agents_for_its_tasks_whatever_it_was_asked() {
    var sessions = node.sessions();
    var opening = sessions.open(SessionRequest.of(PLACE, node.workspace(), Map.of(), null, null));
    node.grant("researcher", "critic", "coordinator");
    var id = new SessionId(id(opening));
    var task = TaskSpec.of(TaskId.of(id, "count"), OfflineSwarm.ANALYST, "count");
    node.stored.computeIfPresent(
        id.value(),
        (_, state) ->
            state.apply(new SessionEvent.PlanRecorded(NOW, new Plan(List.of(task), task.id()))));

    var resuming = node.sessions().resume(id);
    node.grant("researcher", "critic", "coordinator", "analyst");
    assertThat(id(resuming)).isEqualTo(id.value());
  }

  @Test
  void a_further_question_starts_the_agents_that_its_plan_needs_and_the_first_one_s_did_not() {
    var sessions = node.sessions();
    var opening = sessions.open(SessionRequest.of(PLACE, node.workspace(), Map.of(), null, null));
    node.grant("researcher", "critic", "coordinator");
    var id = new SessionId(id(opening));
    node.stored.computeIfPresent(
        id.value(),
        (_, state) ->
            new SessionState.Concluded((SessionState.Active) state, new Ending.TimedOut(), NOW));

    var asked = sessions.followUps().ask(id, new AskRequest(HOW, null));
    node.grant("researcher", "critic", "coordinator", "architect", "analyst");
    assertThat(asked.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join().question())
        .isEqualTo(2);
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

  private static SlotView slot(Supervisor.Ensure of, int number, SlotView.State state) {
    return new SlotView(
        new DesiredAgent(new AgentName("reviewer-" + number), of.spec(), Isolation.SHARED),
        state,
        new SlotView.Jvm(null, null, null, null),
        0,
        null);
  }

  private void refuse() {
    node.supervisor
        .expectMessageClass(Supervisor.Ensure.class)
        .replyTo()
        .tell(new Supervisor.Refused("there are too many agents"));
  }
}
