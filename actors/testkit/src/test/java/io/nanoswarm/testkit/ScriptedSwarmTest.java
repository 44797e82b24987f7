package io.nanoswarm.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.AttemptOver;
import io.nanoswarm.agent.SwarmContext;
import io.nanoswarm.agent.Task;
import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.blackboard.RevisionConflict;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.bus.Channel;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Earlier;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.session.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptedSwarmTest {
  private static final AgentName AGENT = new AgentName("writer-1");
  private static final Draft DRAFT = Draft.of(new EntryPath("findings/a.md"), "text");
  private static final Outcome DONE = new Outcome.Completed("done");

  @TempDir Path cache;

  @Test
  void an_agent_is_performed_until_it_has_settled() throws Exception {
    var swarm = new ScriptedSwarm(cache);
    Agent agent =
        Agent.blocking((_, context) -> {
          context.progress("writing");
          context.post(DRAFT);
          return new AttemptEnd.Settled(DONE);
        });

    ScriptedAttempt attempt = swarm.perform(agent, task("a"), AGENT);

    assertThat(attempt.ended()).isCompletedWithValue(new AttemptEnd.Settled(DONE));
    assertThat(attempt.progress()).containsExactly("writing");
    assertThat(swarm.entry("findings/a.md").orElseThrow().draft()).isEqualTo(DRAFT);
  }

  @Test
  void a_task_is_as_the_test_wants_it_and_as_usual_otherwise() throws Exception {
    var asked = new ArrayList<Task>();
    Agent agent =
        Agent.blocking((task, _) -> {
          asked.add(task);
          return new AttemptEnd.Settled(DONE);
        });
    var swarm = new ScriptedSwarm(cache);

    var plain = swarm.perform(agent, ScriptedTask.named("write"));
    swarm.perform(
        agent,
        ScriptedTask.named("write")
            .withRole("writer")
            .withGoal("Why?")
            .withWorkspace(cache)
            .withInstructions("be brief")
            .withParameter("depth", "3")
            .withResult("final/answer")
            .withInput("write.part", DONE)
            .withAttempt(2)
            .answered("half", "yes"));
    swarm.perform(agent, ScriptedTask.named("write").handedOff("reader", "so far"));

    assertThat(plain.self()).isEqualTo(new AgentName("agent-1"));
    assertThat(asked.get(0).woken()).isFalse();
    assertThat(asked.get(0).resultPath().value()).isEqualTo("findings/write.md");
    Task wanted = asked.get(1);
    assertThat(wanted.spec().role()).isEqualTo(new AgentRole("writer"));
    assertThat(wanted.goal().text()).isEqualTo("Why?");
    assertThat(wanted.workspace().root()).isEqualTo(cache.toString());
    assertThat(wanted.spec().instructions()).isEqualTo("be brief");
    assertThat(wanted.parameter("depth")).contains("3");
    assertThat(wanted.resultPath().value()).isEqualTo("final/answer.md");
    assertThat(wanted.inputs()).extracting(Task.Input::outcome).containsExactly(DONE);
    assertThat(wanted.attempt()).isEqualTo(2);
    assertThat(wanted.woken()).isTrue();
    assertThat(wanted.checkpoint()).isEqualTo("half");
    assertThat(wanted.reply()).isEqualTo("yes");
    assertThat(asked.get(2).woken()).isFalse();
    assertThat(asked.get(2).handedOffBy()).isEqualTo(new AgentRole("reader"));
  }

  @Test
  void a_scripted_skill_does_the_usual_beyond_its_script() throws Exception {
    var swarm = new ScriptedSwarm(cache);
    var skill =
        ScriptedSkill.named("echo").answers("first").otherwise(arguments -> arguments.path("say"));
    swarm.equip(AGENT, List.of(skill));
    var said = JsonNodeFactory.instance.objectNode().put("say", "again");

    var attempt =
        swarm.perform(
            Agent.blocking((_, context) ->
                AttemptEnd.completed(
                    "%s, %s".formatted(context.call("echo", said), context.call("echo", said)))),
            task("a"),
            AGENT);

    assertThat(attempt.ended())
        .isCompletedWithValue(
            AttemptEnd.completed("Succeeded[value=\"first\"], Succeeded[value=\"again\"]"));
  }

  @Test
  void posting_the_same_twice_in_one_attempt_is_posting_it_once() {
    ScriptedAttempt attempt = new ScriptedSwarm(cache).begin(task("a"), AGENT);

    assertThat(post(attempt, DRAFT)).isEqualTo(post(attempt, DRAFT));
    assertThat(post(attempt, Draft.of(DRAFT.path(), "other")).revision()).isEqualTo(2);
  }

  @Test
  void another_revision_than_expected_is_a_conflict() {
    ScriptedAttempt attempt = new ScriptedSwarm(cache).begin(task("a"), AGENT);
    post(attempt, DRAFT);

    assertThatThrownBy(() -> attempt.blackboard().post(DRAFT, 0).toCompletableFuture().join())
        .hasCauseInstanceOf(RevisionConflict.class);
  }

  @Test
  void an_attempt_is_over_when_a_later_one_has_begun_and_what_it_posted_is_unfinished() {
    var swarm = new ScriptedSwarm(cache);
    ScriptedAttempt first = swarm.begin(task("a"), AGENT);
    post(first, DRAFT);
    ScriptedAttempt second = swarm.begin(task("a"), AGENT);

    assertThatThrownBy(() -> post(first, DRAFT)).hasCauseInstanceOf(AttemptOver.class);
    assertThat(swarm.entries()).extracting(Entry::unfinished).containsExactly(true);
    assertThat(second.blackboard().read(Section.FINDINGS).toCompletableFuture().join()).isEmpty();
  }

  @Test
  void what_an_agent_remembers_outlives_its_attempt_and_is_its_own() {
    var swarm = new ScriptedSwarm(cache);
    ScriptedAttempt first = swarm.begin(task("a"), AGENT);
    first.memory().remember("key", "value").toCompletableFuture().join();

    ScriptedAttempt later = swarm.begin(task("b"), AGENT);
    ScriptedAttempt other = swarm.begin(task("c"), new AgentName("reader-1"));

    assertThat(later.memory().recall("key").toCompletableFuture().join()).hasValue("value");
    assertThat(other.memory().recall("key").toCompletableFuture().join()).isEmpty();
  }

  @Test
  void a_cache_folder_comes_with_it() {
    var swarm = new ScriptedSwarm();

    assertThat(swarm.begin(task("a"), AGENT).cache()).isEmptyDirectory();
  }

  @Test
  void a_watch_tells_what_an_attempt_sees_and_ends_with_it() {
    var swarm = new ScriptedSwarm();
    ScriptedAttempt watching = swarm.begin(task("a"), AGENT);
    ScriptedAttempt posting = swarm.begin(task("b"), AGENT);
    post(posting, DRAFT);
    var seen = new CopyOnWriteArrayList<String>();
    Agent reader =
        () ->
            Behaviors.setup(context -> {
              watching
                  .blackboard()
                  .watch(Set.of(Section.FINDINGS), 0)
                  .map(entry -> entry.path().value())
                  .runForeach(seen::add, context.getSystem())
                  .thenRun(() -> seen.add("over"));
              return Behaviors.empty();
            });

    try (var agent = swarm.start(reader, task("c"), AGENT)) {
      post(posting, Draft.of(new EntryPath("final/elsewhere.md"), "text"));
      post(posting, Draft.of(new EntryPath("findings/b.md"), "text"));
      agent.settle();
      watching.settle(DONE);
      agent.settle();
    }

    assertThat(seen).containsExactly("findings/a.md", "findings/b.md", "over");
  }

  @Test
  void an_agent_with_timers_has_the_time_that_the_test_lets_pass() {
    var swarm = new ScriptedSwarm();

    try (var agent = swarm.start(new PatientAgent(), task("a"), AGENT)) {
      agent.advance(Duration.ofSeconds(59));
      assertThat(agent.attempt().ended()).isNotDone();
      assertThat(agent.attempt().timeLeft()).isEqualTo(Duration.ofSeconds(541));

      agent.advance(Duration.ofSeconds(1));
      assertThat(agent.end()).isEqualTo(AttemptEnd.completed("waited long enough"));
    }
  }

  @Test
  void an_agent_hears_what_it_is_told_and_is_cancelled() {
    var swarm = new ScriptedSwarm();

    try (var agent = swarm.start(new PatientAgent(), task("a"), AGENT)) {
      agent.hears(Channel.cluster("news"), "now");
      assertThat(agent.end()).isEqualTo(AttemptEnd.completed("heard now"));
      agent.cancel("enough");
      assertThat(agent.hasStopped()).isTrue();
    }
  }

  @Test
  void a_task_with_a_checkpoint_wakes_its_agent() throws Exception {
    var woken =
        new Task(
            task("a").spec(),
            new Goal("goal"),
            Earlier.NONE,
            task("a").workspace(),
            1,
            Instant.MAX,
            List.of(),
            "so far",
            null,
            null);

    try (var agent = new ScriptedSwarm().start(new PatientAgent(), woken, AGENT)) {
      assertThat(agent.end()).isEqualTo(AttemptEnd.completed("woken with so far"));
    }
  }

  private static final class PatientAgent implements Agent {
    @Override
    public Behavior<Message> create() {
      return Behaviors.withTimers(timers ->
          Behaviors.receiveMessage(message ->
              switch (message) {
                case Perform(var task, var swarm) -> {
                  timers.startSingleTimer(new Wake(task, swarm), Duration.ofMinutes(1));
                  yield waiting(swarm);
                }
                case Wake(var task, var swarm) -> {
                  swarm.end(AttemptEnd.completed("woken with " + task.checkpoint()));
                  yield Behaviors.same();
                }
                case Cancel _, Heard _ -> Behaviors.same();
              }));
    }

    private static Behavior<Message> waiting(SwarmContext swarm) {
      return Behaviors.receiveMessage(message ->
          switch (message) {
            case Heard(var heard) -> {
              swarm.end(AttemptEnd.completed("heard " + heard.text()));
              yield Behaviors.same();
            }
            case Wake _ -> {
              swarm.end(AttemptEnd.completed("waited long enough"));
              yield Behaviors.same();
            }
            case Cancel _ -> Behaviors.stopped();
            case Perform _ -> Behaviors.unhandled();
          });
    }
  }

  private static Entry post(ScriptedAttempt attempt, Draft draft) {
    return attempt.blackboard().post(draft).toCompletableFuture().join();
  }

  private static Task task(String name) {
    var spec =
        TaskSpec.of(TaskId.of(new SessionId("session"), name), new AgentRole("writer"), "title");
    var workspace = new Workspace("/", new ArtifactRef("0".repeat(64), 0), 0, 0);
    return new Task(
        spec,
        new Goal("goal"),
        Earlier.NONE,
        workspace,
        1,
        Instant.MAX,
        List.of(),
        null,
        null,
        null);
  }
}
