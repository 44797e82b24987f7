package io.nanoswarm.whole;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.Task;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskRecord;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.session.Wait;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of tasks that wait, delegate and are handed off, with the entities as they are.
 *
 * <p>Not with {@code SwarmTestKit}: there one actor moves at a time, each message is a turn of its
 * own, and ten thousand tasks do not come to an end within five minutes.
 */
@ExtendWith(LogCapturingExtension.class)
class LifeOfTasksTest {
  private static final AgentRole WORKER = new AgentRole("worker");
  private static final AgentRole WRITER = new AgentRole("writer");
  private static final String HOW = "how";

  @TempDir private Path folder;
  private SmallSwarm swarm;

  @BeforeEach
  void start() {
    swarm = new SmallSwarm(folder);
  }

  @AfterEach
  void stop() {
    swarm.close();
  }

  @Test
  void ten_thousand_suspended_tasks_hold_none_of_four_slots() {
    swarm.host("worker", 4, waiting());
    var asking = new SessionId("asking");
    var delegating = new SessionId("delegating");
    var sleeping = new SessionId("sleeping");
    swarm.drive(asking, plan(asking, "ask", 4000));
    swarm.drive(delegating, plan(delegating, "delegate", 2000));
    swarm.drive(sleeping, plan(sleeping, "sleep", 2000));
    swarm.await(asking, snapshot -> suspended(snapshot) == 4000);
    swarm.await(delegating, snapshot -> suspended(snapshot) == 4000);
    swarm.await(sleeping, snapshot -> suspended(snapshot) == 2000);

    var working = new SessionId("working");
    swarm.drive(working, plan(working, "work", 8));

    assertThat(swarm.ending(working)).isInstanceOf(Ending.Partial.class);
    assertThat(completed(working)).isEqualTo(8);
    answerAll(asking);
    answerAll(delegating);
    swarm.ending(asking);
    swarm.ending(delegating);
    assertThat(completed(asking)).isEqualTo(4000);
    assertThat(completed(delegating)).isEqualTo(4000);
    assertThat(suspended(swarm.now(sleeping))).isEqualTo(2000);
  }

  @Test
  void a_tree_of_delegations_five_deep_on_one_slot_ends() {
    swarm.host("worker", 1, tree(5));
    var session = new SessionId("tree");
    TaskId root = TaskId.of(session, "root");

    swarm.drive(session, new Plan(List.of(TaskSpec.of(root, WORKER, "Count leaves")), root));

    swarm.ending(session);
    assertThat(outcome(root)).isEqualTo(new Outcome.Completed("32"));
    assertThat(completed(session)).isEqualTo(63);
  }

  @Test
  void a_woken_attempt_that_is_cut_off_wakes_again_with_checkpoint_and_results() {
    var heard = new ConcurrentLinkedQueue<String>();
    swarm.host("worker", 1, () -> wakesTwice(heard));
    var session = new SessionId("wakes");
    TaskId root = TaskId.of(session, "root");

    swarm.drive(session, new Plan(List.of(TaskSpec.of(root, WORKER, "Delegate")), root));

    swarm.ending(session);
    assertThat(outcome(root)).isEqualTo(new Outcome.Completed("woken"));
    assertThat(heard)
        .containsExactly(
            "perform root", "perform root.part", "wake half way [part]", "wake half way [part]");
  }

  @Test
  void a_handoff_brings_its_context_to_the_other_role_which_performs() {
    var heard = new ConcurrentLinkedQueue<String>();
    swarm.host("worker", 1, Agent.blocking((_, _) -> new AttemptEnd.HandedOff(WRITER, "so far")));
    swarm.host("writer", 1, () -> tells(heard));
    var session = new SessionId("handoff");
    TaskId root = TaskId.of(session, "root");

    swarm.drive(session, new Plan(List.of(TaskSpec.of(root, WORKER, "Hand it on")), root));

    swarm.ending(session);
    assertThat(heard).containsExactly("perform so far of worker");
    assertThat(swarm.task(root).spec().role()).isEqualTo(WRITER);
  }

  @Test
  void an_old_answer_never_answers_a_later_question() {
    swarm.host("worker", 1, Agent.blocking((task, _) -> asksTwice(task)));
    var session = new SessionId("answers");
    TaskId root = TaskId.of(session, "root");
    swarm.drive(session, new Plan(List.of(TaskSpec.of(root, WORKER, "Ask twice")), root));
    swarm.await(session, _ -> asks(root, "first?"));
    var first = swarm.task(root).lastEnded();
    var ignored = swarm.kit.system().<SessionSnapshot>ignoreRef();

    swarm.tell(session, new Session.Answer(root, first, "one", ignored));
    swarm.await(session, _ -> asks(root, "second?"));
    swarm.tell(session, new Session.Answer(root, first, "one", ignored));
    assertThat(asks(root, "second?")).isTrue();
    swarm.tell(session, new Session.Answer(root, swarm.task(root).lastEnded(), "two", ignored));

    swarm.ending(session);
    assertThat(outcome(root)).isEqualTo(new Outcome.Completed("one, two"));
  }

  /** Does what the task's parameter says; asks and delegates just once. */
  private static Agent waiting() {
    return Agent.blocking((task, _) -> {
      if (task.woken()) {
        return AttemptEnd.completed("woken");
      }
      return switch (task.parameter(HOW).orElseThrow()) {
        case "ask" -> new AttemptEnd.AskedHuman("May I?", "asked");
        case "sleep" -> new AttemptEnd.Slept(Instant.parse("2999-01-01T00:00:00Z"), "asleep");
        case "delegate" ->
            new AttemptEnd.Delegated(List.of(spec(task.id().child("part"), "ask")), "delegated");
        default -> AttemptEnd.completed("done");
      };
    });
  }

  private static Agent tree(int depth) {
    return Agent.blocking((task, _) -> {
      if (task.woken()) {
        long leaves =
            task.inputs().stream()
                .mapToLong(input -> Long.parseLong(((Outcome.Completed) input.outcome()).summary()))
                .sum();
        return AttemptEnd.completed(Long.toString(leaves));
      }
      long level = task.id().value().chars().filter(letter -> letter == '.').count();
      return level == depth
          ? AttemptEnd.completed("1")
          : new AttemptEnd.Delegated(
              Stream.of("left", "right")
                  .map(name -> TaskSpec.of(task.id().child(name), WORKER, "Count " + name))
                  .toList(),
              "level " + level);
    });
  }

  private static Behavior<Agent.Message> wakesTwice(ConcurrentLinkedQueue<String> heard) {
    return Behaviors.receiveMessage(message -> {
      switch (message) {
        case Agent.Perform(var task, var swarm) -> {
          heard.add("perform " + task.id().name());
          var _ =
              task.id().name().equals("root")
                  ? swarm.delegate(
                      List.of(TaskSpec.of(task.id().child("part"), WORKER, "A part")), "half way")
                  : swarm.settle(new Outcome.Completed("part"));
        }
        case Agent.Wake(var task, var swarm) -> {
          var parts =
              task.inputs().stream()
                  .map(input -> ((Outcome.Completed) input.outcome()).summary())
                  .toList();
          heard.add("wake %s %s".formatted(task.checkpoint(), parts));
          if (task.attempt() == 1) {
            throw new IllegalStateException("cut off");
          }
          var _ = swarm.settle(new Outcome.Completed("woken"));
        }
        case Agent.Cancel _, Agent.Heard _ -> {}
      }
      return Behaviors.same();
    });
  }

  private static Behavior<Agent.Message> tells(ConcurrentLinkedQueue<String> heard) {
    return Behaviors.receiveMessage(message -> {
      if (message instanceof Agent.Perform(var task, var swarm)) {
        heard.add("perform %s of %s".formatted(task.checkpoint(), task.handedOffBy()));
        var _ = swarm.settle(new Outcome.Completed("written"));
      }
      return Behaviors.same();
    });
  }

  private static AttemptEnd asksTwice(Task task) {
    String before = task.checkpoint() == null ? "" : task.checkpoint();
    if (!task.woken()) {
      return new AttemptEnd.AskedHuman("first?", "");
    }
    return before.isEmpty()
        ? new AttemptEnd.AskedHuman("second?", String.valueOf(task.reply()))
        : AttemptEnd.completed(before + ", " + task.reply());
  }

  /** Tasks that are all alike; the last is the answer. */
  private static Plan plan(SessionId session, String how, int count) {
    var tasks =
        IntStream.range(0, count).mapToObj(i -> spec(TaskId.of(session, "t" + i), how)).toList();
    return new Plan(tasks, tasks.getLast().id());
  }

  private static TaskSpec spec(TaskId id, String how) {
    return TaskSpec.of(id, WORKER, "Do " + id.name())
        .withParameter(HOW, how)
        .withLimits(new TaskSpec.Limits(3, Duration.ofHours(1)));
  }

  private void answerAll(SessionId session) {
    var ignored = swarm.kit.system().<SessionSnapshot>ignoreRef();
    for (TaskRecord task : List.copyOf(tasks(session))) {
      if (task.phase() instanceof TaskRecord.Suspended(_, Wait.ForPerson _)) {
        swarm.tell(session, new Session.Answer(task.id(), task.lastEnded(), "yes", ignored));
      }
    }
  }

  private boolean asks(TaskId id, String question) {
    return swarm.task(id).phase() instanceof TaskRecord.Suspended(_, Wait.ForPerson(var asked))
        && asked.equals(question);
  }

  private Outcome outcome(TaskId id) {
    return ((TaskRecord.Settled) swarm.task(id).phase()).outcome();
  }

  private long completed(SessionId session) {
    return tasks(session).stream().filter(TaskRecord::completed).count();
  }

  private static long suspended(SessionSnapshot snapshot) {
    return snapshot.active().stream()
        .flatMap(active -> active.tasks().values().stream())
        .filter(task -> task.phase() instanceof TaskRecord.Suspended)
        .count();
  }

  private List<TaskRecord> tasks(SessionId session) {
    return new ArrayList<>(swarm.now(session).active().orElseThrow().tasks().values());
  }
}
