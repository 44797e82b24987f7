package io.nanoswarm.testkit;

import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.AttemptOver;
import io.nanoswarm.agent.SwarmContext;
import io.nanoswarm.agent.Task;
import io.nanoswarm.artifact.ArtifactStore;
import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.bus.Channel;
import io.nanoswarm.bus.MessageBus;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.Fence;
import io.nanoswarm.skill.Skills;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.javadsl.Source;

/** One attempt in a {@link ScriptedSwarm}: what its agent sees, and what a test sees of it. */
public final class ScriptedAttempt implements SwarmContext {
  private static final int WATCH_BUFFER = 4096;

  private final ScriptedSwarm swarm;
  private final Task task;
  private final AgentName self;
  private final Fence fence;
  private final List<Channel> heard = new CopyOnWriteArrayList<>();
  private final AtomicReference<Duration> passed = new AtomicReference<>(Duration.ZERO);
  private final List<String> progress = new CopyOnWriteArrayList<>();
  private final CompletableFuture<AttemptEnd> ended = new CompletableFuture<>();

  ScriptedAttempt(ScriptedSwarm swarm, Task task, AgentName self, Fence fence) {
    this.swarm = swarm;
    this.task = task;
    this.self = self;
    this.fence = fence;
  }

  public Fence fence() {
    return fence;
  }

  /** What the agent said it was doing, in order. */
  public List<String> progress() {
    return List.copyOf(progress);
  }

  /** Completes when the agent has ended the attempt. */
  public CompletableFuture<AttemptEnd> ended() {
    return ended.copy();
  }

  @Override
  public AgentName self() {
    return self;
  }

  @Override
  public Board blackboard() {
    return new AttemptBoard();
  }

  @Override
  public Memory memory() {
    return new AttemptMemory(swarm.memory(self));
  }

  @Override
  public MessageBus bus() {
    return swarm.bus();
  }

  @Override
  public ArtifactStore artifacts() {
    return swarm.artifacts();
  }

  @Override
  public Path cache() {
    return swarm.cache();
  }

  @Override
  public void progress(String doing) {
    progress.add(doing);
  }

  @Override
  public Skills skills() {
    return swarm.skills(self).during(this, Path.of(task.workspace().root()), ended());
  }

  /**
   * What was published is kept by {@link ScriptedSwarm#bus}: a test tells the agent what it wants.
   */
  @Override
  public void hear(Channel channel, long afterOffset) {
    heard.add(channel);
  }

  /** The channels that the agent wanted to hear. */
  public List<Channel> heard() {
    return List.copyOf(heard);
  }

  @Override
  public Duration timeLeft() {
    Duration left = task.spec().limits().timeLimit().minus(passed.get());
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Lets some of the attempt's time pass. */
  public void pass(Duration time) {
    passed.accumulateAndGet(time, Duration::plus);
  }

  @Override
  public CompletionStage<Void> end(AttemptEnd how) {
    if (how.equals(ended.getNow(null))) {
      return CompletableFuture.completedStage(null);
    }
    return whileGoing(() -> {
      if (how instanceof AttemptEnd.Settled) {
        swarm.board().settled(fence);
      }
      ended.complete(how);
      return null;
    });
  }

  private <T extends @org.jspecify.annotations.Nullable Object> CompletionStage<T> whileGoing(
      Supplier<T> action) {
    if (over()) {
      return CompletableFuture.failedStage(refusal());
    }
    try {
      return CompletableFuture.completedStage(action.get());
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private boolean over() {
    return ended.isDone() || !swarm.board().isLatest(task.id(), fence);
  }

  private AttemptOver refusal() {
    return new AttemptOver(task.id(), ended.isDone() ? "it has ended" : "a later one has begun");
  }

  private final class AttemptBoard implements Board {
    @Override
    public CompletionStage<Entry> post(Draft draft) {
      return post(draft, -1);
    }

    @Override
    public CompletionStage<Entry> post(Draft draft, long expectedRevision) {
      var author = new Author.Agent(self, task.id(), fence);
      return whileGoing(() -> swarm.board().post(draft, author, expectedRevision));
    }

    @Override
    public CompletionStage<List<Entry>> read(Section section) {
      return whileGoing(() -> swarm.board().seenBy(task, fence, section));
    }

    /** Of what becomes unfinished later nothing is told. */
    @Override
    public Source<Entry, NotUsed> watch(Set<Section> sections, long afterRevision) {
      return Source.<Entry>queue(WATCH_BUFFER)
          .mapMaterializedValue(reader -> {
            if (over()) {
              reader.fail(refusal());
            } else {
              swarm
                  .board()
                  .watch(
                      task,
                      fence,
                      Set.copyOf(sections),
                      afterRevision,
                      entry -> offer(reader, entry));
              var _ = ended.thenRun(reader::complete);
            }
            return NotUsed.getInstance();
          });
    }
  }

  private static void offer(BoundedSourceQueue<Entry> reader, Entry entry) {
    if (!reader.offer(entry).isEnqueued()) {
      reader.fail(new IllegalStateException("more than %d entries wait".formatted(WATCH_BUFFER)));
    }
  }

  private final class AttemptMemory implements Memory {
    private final Map<String, String> values;

    AttemptMemory(Map<String, String> values) {
      this.values = values;
    }

    @Override
    public CompletionStage<Optional<String>> recall(String key) {
      return whileGoing(() -> Optional.ofNullable(values.get(key)));
    }

    @Override
    public CompletionStage<Void> remember(String key, String value) {
      return whileGoing(() -> {
        values.put(key, value);
        return null;
      });
    }

    @Override
    public CompletionStage<Void> forget(String key) {
      return whileGoing(() -> {
        values.remove(key);
        return null;
      });
    }
  }
}
