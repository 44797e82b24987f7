package io.nanoswarm.testkit;

import static io.nanoswarm.testkit.SwarmAssertions.assertThatRun;
import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.SwarmContext;
import io.nanoswarm.agent.Task;
import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.BlackboardEvent;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.history.History;
import io.nanoswarm.planner.FixedPlan;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.Priority;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Sessions of chance: their plans, what their agents do, and what befalls them, all decided by a
 * seed. Whatever happens, what is stored keeps the promises, and so does what was acknowledged.
 *
 * <p>{@code -Dnanoswarm.seed=N} runs just the one, {@code -Dnanoswarm.simulations=N} so many.
 */
class SimulationTest {
  private static final int SIMULATIONS = Integer.getInteger("nanoswarm.simulations", 250);
  private static final List<String> ROLES = List.of("reader", "writer");

  /** What may befall a swarm. */
  private enum Blow {
    KILL_AGENT,
    END_JVM,
    CUT_OFF,
    RECONNECT,
    RESTART_SESSION,
    RESTART_BLACKBOARD,
    RESTART_ORCHESTRATOR,
    RESTART_QUEUE,
    RETRY,
    ASK,
    DISCARD,
    PAUSE,
    UNPAUSE,
    PRIORITISE
  }

  /** What agents were told is stored. */
  private record Acknowledged(Queue<Settled> settled, Queue<Entry> posted) {
    record Settled(TaskId task, Outcome outcome) {}

    static Acknowledged none() {
      return new Acknowledged(new ConcurrentLinkedQueue<>(), new ConcurrentLinkedQueue<>());
    }
  }

  /** As long as it takes, however many are asked for. */
  @Test
  @Timeout(value = 1, unit = TimeUnit.DAYS)
  void whatever_befalls_a_session_its_history_is_sound_and_nothing_acknowledged_is_lost() {
    Long only = Long.getLong(SwarmTestKit.SEED);
    if (only != null) {
      simulate(only);
      return;
    }
    var endings = new EnumMap<Kind, Integer>(Kind.class);
    for (long seed = 1; seed <= SIMULATIONS; seed++) {
      try {
        endings.merge(Kind.of(simulate(seed)), 1, Integer::sum);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "simulation %d: repeat it with -D%s=%d".formatted(seed, SwarmTestKit.SEED, seed), e);
      }
    }
    // Else the simulations are too kind, or too hard, to tell anything.
    assertThat(endings).containsKeys(Kind.COMPLETED, Kind.OTHERWISE);
  }

  private enum Kind {
    COMPLETED,
    OTHERWISE;

    static Kind of(Ending ending) {
      return ending instanceof Ending.Completed ? COMPLETED : OTHERWISE;
    }
  }

  private static Ending simulate(long seed) {
    var random = new SplittableRandom(seed);
    SplittableRandom whims = random.split();
    var acknowledged = Acknowledged.none();
    try (var swarm = SwarmTestKit.create(seed)) {
      swarm.unreliable(random.nextDouble(0.1), random.nextDouble(0.1), random.nextDouble(0.1));
      var agents = new ArrayList<String>();
      for (String role : ROLES) {
        int count = random.nextInt(1, 4);
        swarm.agents(role, count, () -> agent(whims, acknowledged));
        for (int i = 1; i <= count; i++) {
          agents.add(role + "-" + i);
        }
      }
      SwarmRun run = swarm.open("go", plan(random), Path.of("/"));
      for (int blows = random.nextInt(12); blows > 0 && run.ending().isEmpty(); blows--) {
        swarm.advance(Duration.ofMillis(random.nextInt(5000)));
        strike(swarm, run, agents, random);
      }
      agents.forEach(swarm::reconnect);
      run.unpause();
      Ending ending = run.awaitEnd();
      if (random.nextBoolean() && run.retry()) {
        swarm.advance(Duration.ofMillis(random.nextInt(5000)));
        strike(swarm, run, agents, random);
        agents.forEach(swarm::reconnect);
        run.unpause();
        ending = run.awaitEnd();
      }
      if (random.nextBoolean() && run.ask("and then?")) {
        for (int blows = random.nextInt(4); blows > 0 && run.ending().isEmpty(); blows--) {
          swarm.advance(Duration.ofMillis(random.nextInt(5000)));
          strike(swarm, run, agents, random);
        }
        agents.forEach(swarm::reconnect);
        run.unpause();
        ending = run.awaitEnd();
        assertThat(run.question()).isGreaterThan(1);
      }
      swarm.advance(Duration.ofMinutes(2));

      assertThatRun(run).hasSoundHistory();
      compare(acknowledged, run.history());
      return ending;
    }
  }

  private static FixedPlan plan(SplittableRandom random) {
    int attempts = random.nextBoolean() ? 100 : 2;
    var limits = new TaskSpec.Limits(attempts, Duration.ofMinutes(1));
    FixedPlan plan = FixedPlan.of("t0", role(random)).with(spec -> spec.withLimits(limits));
    int tasks = random.nextInt(1, 6);
    for (int i = 1; i <= tasks; i++) {
      var after = new ArrayList<String>();
      for (int before = 0; before < i; before++) {
        if (i == tasks || random.nextInt(3) == 0) {
          after.add("t" + before);
        }
      }
      String result = i == tasks ? "final/answer" : "findings/t" + i;
      plan =
          plan.and(
              "t" + i,
              role(random),
              spec -> spec.withLimits(limits).withParameter(Task.RESULT, result),
              after.toArray(String[]::new));
    }
    return plan;
  }

  private static String role(SplittableRandom random) {
    return ROLES.get(random.nextInt(ROLES.size()));
  }

  private static void strike(
      SwarmTestKit swarm, SwarmRun run, List<String> agents, SplittableRandom random) {
    String agent = agents.get(random.nextInt(agents.size()));
    switch (Blow.values()[random.nextInt(Blow.values().length)]) {
      case KILL_AGENT -> swarm.killAgent(agent);
      case END_JVM -> swarm.endJvm(agent);
      case CUT_OFF -> swarm.cutOff(agent);
      case RECONNECT -> agents.forEach(swarm::reconnect);
      case RESTART_SESSION -> run.restartSession();
      case RESTART_BLACKBOARD -> run.restartBlackboard();
      case RESTART_ORCHESTRATOR -> run.restartOrchestrator();
      case RESTART_QUEUE -> swarm.restartQueue(role(random));
      case RETRY -> run.retry();
      case ASK -> run.ask("and so on?");
      case DISCARD -> run.discard("t" + random.nextInt(6), "a whim");
      case PAUSE -> run.pause();
      case UNPAUSE -> run.unpause();
      case PRIORITISE ->
          run.prioritise(Priority.values()[random.nextInt(Priority.values().length)]);
    }
  }

  private static void compare(Acknowledged acknowledged, History history) {
    for (var settled : acknowledged.settled()) {
      assertThat(history.session())
          .as("an outcome that was acknowledged: %s", settled)
          .anyMatch(event ->
              event instanceof SessionEvent.TaskSettled stored
                  && stored.task().equals(settled.task())
                  && stored.outcome().equals(settled.outcome()));
    }
    for (SessionEvent event : history.session()) {
      if (event instanceof SessionEvent.TaskSettled stored
          && stored.outcome() instanceof Outcome.Completed(var summary)) {
        assertThat(summary).as("%s", stored).isEqualTo("under " + stored.fence());
      }
    }
    for (Entry entry : acknowledged.posted()) {
      assertThat(history.blackboard())
          .as("an entry that was acknowledged")
          .anyMatch(event ->
              event instanceof BlackboardEvent.EntryPosted(var stored, _) && stored.equals(entry));
    }
  }

  /**
   * Does in each attempt what it pleases.
   *
   * @param whims used by all agents, which have their turns one after the other
   */
  private static Agent agent(SplittableRandom whims, Acknowledged acknowledged) {
    return () -> {
      var latest = new AtomicReference<SwarmContext>();
      return Behaviors.receiveMessage(message -> {
        switch (message) {
          case Agent.Perform(var task, var swarm) -> {
            latest.set(swarm);
            attempt(whims, task, swarm, acknowledged);
          }
          case Agent.Wake(var task, var swarm) -> {
            latest.set(swarm);
            complete(task, swarm, acknowledged);
          }
          case Agent.Cancel _ -> latest.get().release("cancelled");
          case Agent.Heard _ -> {}
        }
        return Behaviors.same();
      });
    };
  }

  private static void attempt(
      SplittableRandom whims, Task task, SwarmContext swarm, Acknowledged acknowledged) {
    boolean child = task.plannedName(task.id()).contains(".");
    switch (whims.nextInt(10)) {
      case 0 -> throw new IllegalStateException("it fails");
      case 1 -> settle(task, swarm, new Outcome.Failed("again", true), acknowledged);
      case 2 -> swarm.release("not now");
      case 3 -> swarm.sleepUntil(task.deadline().plusSeconds(whims.nextInt(100) - 60), "slept");
      case 4 -> {
        if (!child) {
          swarm.delegate(children(task, whims.nextInt(1, 4)), "delegated");
        } else {
          complete(task, swarm, acknowledged);
        }
      }
      case 5 -> swarm.handOff(new AgentRole(ROLES.get(whims.nextInt(ROLES.size()))), "yours");
      case 6 -> {
        // Never ends: its time limit passes.
      }
      default -> complete(task, swarm, acknowledged);
    }
  }

  private static List<TaskSpec> children(Task task, int count) {
    var children = new ArrayList<TaskSpec>();
    for (int i = 0; i < count; i++) {
      children.add(
          TaskSpec.of(task.id().child("c" + i), new AgentRole(ROLES.get(i % ROLES.size())), "child")
              .withLimits(task.spec().limits()));
    }
    return children;
  }

  private static void complete(Task task, SwarmContext swarm, Acknowledged acknowledged) {
    var draft = new Draft(task.resultPath(), "by attempt " + task.attempt(), List.of(), Map.of());
    var _ =
        swarm
            .blackboard()
            .post(draft)
            .thenAccept(entry -> {
              acknowledged.posted().add(entry);
              var done = new Outcome.Completed(under(entry));
              settle(task, swarm, done, acknowledged);
            });
  }

  /** Tells the attempt that has posted an entry from all others. */
  private static String under(Entry entry) {
    return "under " + ((Author.Agent) entry.author()).fence();
  }

  private static void settle(
      Task task, SwarmContext swarm, Outcome outcome, Acknowledged acknowledged) {
    var _ =
        swarm
            .settle(outcome)
            .thenRun(() -> {
              if (outcome instanceof Outcome.Completed) {
                acknowledged.settled().add(new Acknowledged.Settled(task.id(), outcome));
              }
            });
  }
}
