package io.nanoswarm.testkit;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.SkillRegistry;
import io.nanoswarm.agent.Task;
import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.Fence;
import io.nanoswarm.skill.Skill;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.jspecify.annotations.Nullable;

/**
 * A swarm in memory, for tests of agents: one session's blackboard, memories, artifacts and bus,
 * and as many attempts as the test wants.
 *
 * <p>Guarantees: entries follow the rules of the real blackboard: revisions are gapless, posting
 * twice is posting once, attempts that are over are refused, and an attempt sees no entry of
 * another one that was not settled. No clock is read: entries are one second apart.
 *
 * <p>Not promised: queues, retries, restarts and time limits; a test says what happens when.
 */
public final class ScriptedSwarm {
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private static final SkillRegistry NO_SKILLS = new SkillRegistry(List.of());

  private final InMemoryBoard board = new InMemoryBoard();
  private final InMemoryArtifacts artifacts = new InMemoryArtifacts();
  private final InMemoryBus bus = new InMemoryBus();
  private final Map<AgentName, Map<String, String>> memories = new ConcurrentHashMap<>();
  private final Map<AgentName, SkillRegistry> skills = new ConcurrentHashMap<>();
  private final AtomicLong fences = new AtomicLong();
  private final @Nullable Path cache;
  private @Nullable ScratchFolder scratch;

  /** With a cache folder of its own, which is deleted when the JVM ends. */
  public ScriptedSwarm() {
    cache = null;
  }

  /**
   * @param cache an empty folder for {@link io.nanoswarm.agent.SwarmContext#cache()}
   */
  public ScriptedSwarm(Path cache) {
    this.cache = cache;
  }

  /** Begins an attempt at a task; an earlier one at the same task is over with that. */
  public ScriptedAttempt begin(Task task, AgentName agent) {
    var fence = new Fence(1, fences.incrementAndGet());
    board.begin(task.id(), fence);
    return new ScriptedAttempt(this, task, agent, fence);
  }

  /**
   * Lets an agent work on a task, and waits until its attempt has ended. The behavior runs without
   * an actor system: timers and other actors are not there, {@link #start} has them.
   */
  public ScriptedAttempt perform(Agent agent, Task task, AgentName name)
      throws InterruptedException {
    ScriptedAttempt attempt = begin(task, name);
    BehaviorTestKit.create(agent.create())
        .run(task.woken() ? new Agent.Wake(task, attempt) : new Agent.Perform(task, attempt));
    try {
      var _ = attempt.ended().get(LONGEST.toMinutes(), TimeUnit.MINUTES);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("attempt at %s did not end".formatted(task.id()), e);
    }
    return attempt;
  }

  /** The same, by the first agent of the task's role. */
  public ScriptedAttempt perform(Agent agent, ScriptedTask task) throws InterruptedException {
    return perform(agent, task.task(), task.agent());
  }

  /**
   * Lets an agent begin to work on a task, on an actor system of its own: timers and other actors
   * work there, and time passes when the test says so.
   */
  public PerformingAgent start(Agent agent, Task task, AgentName name) {
    return PerformingAgent.start(agent, task, begin(task, name));
  }

  /** The same, by the first agent of the task's role. */
  public PerformingAgent start(Agent agent, ScriptedTask task) {
    return start(agent, task.task(), task.agent());
  }

  /** Posts as the swarm itself, as {@code context.md} is. */
  public Entry post(Draft draft) {
    return board.post(draft, new Author.Swarm(), -1);
  }

  /** Every entry by path, unfinished ones included. */
  public List<Entry> entries() {
    return board.all();
  }

  /** What stands at a path. */
  public Optional<Entry> entry(String path) {
    return entries().stream().filter(entry -> entry.path().value().equals(path)).findFirst();
  }

  public InMemoryArtifacts artifacts() {
    return artifacts;
  }

  public InMemoryBus bus() {
    return bus;
  }

  /** Gives an agent these skills, in place of those it had. */
  public void equip(AgentName agent, List<Skill> with) {
    skills.put(agent, new SkillRegistry(with));
  }

  SkillRegistry skills(AgentName agent) {
    return skills.getOrDefault(agent, NO_SKILLS);
  }

  InMemoryBoard board() {
    return board;
  }

  Map<String, String> memory(AgentName agent) {
    return memories.computeIfAbsent(agent, _ -> new ConcurrentHashMap<>());
  }

  synchronized Path cache() {
    if (cache != null) {
      return cache;
    }
    if (scratch == null) {
      scratch = ScratchFolder.create();
    }
    return scratch.path();
  }
}
