package io.nanoswarm.load;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.SwarmContext;
import io.nanoswarm.agent.Task;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.session.TaskId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * Does what a task of a load test says, and tells with its outcome when: see {@link Stamps}.
 * Waiting holds no thread; computing has a virtual one, as blocking agents do. Started by its
 * worker.
 */
public final class LoadAgent implements Agent {
  static final String WAIT = "wait";
  static final String STEPS = "steps";

  /** The parameter of a task that takes part in a {@link BareLoop}, with its address. */
  static final String BARE = "bare";

  /** The parameter of a task that asks first whether it has arrived. */
  static final String HELD = "held";

  /** The parameter of the task that answers its session's goal. */
  static final String ANSWERS = "answers";

  /** Agents are made by their worker, which has no clock for them. */
  private final InstantSource clock = InstantSource.system();

  @Override
  public Behavior<Message> create() {
    return Behaviors.setup(context -> performing(context, null));
  }

  /**
   * @param at what is worked on, with its context
   */
  private Behavior<Message> performing(ActorContext<Message> context, @Nullable Attempt at) {
    return Behaviors.receiveMessage(message ->
        switch (message) {
          case Perform(var task, var swarm) -> begin(context, task, swarm);
          case Wake(var task, var swarm) -> begin(context, task, swarm);
          case Cancel(var task, var reason) -> {
            if (at != null && at.task().equals(task)) {
              var _ = at.swarm().end(AttemptEnd.failed(reason));
            }
            yield performing(context, null);
          }
          case Heard _ -> Behaviors.same();
        });
  }

  private record Attempt(TaskId task, SwarmContext swarm) {}

  private Behavior<Message> begin(ActorContext<Message> context, Task task, SwarmContext swarm) {
    long begun = Stamps.micros(clock.instant());
    if (task.parameter(HELD).isPresent() && !task.woken()) {
      var _ = swarm.askHuman("arrived?", "held");
      return performing(context, null);
    }
    var _ =
        work(context, task)
            .thenCompose(_ -> posted(task, swarm, Stamps.micros(clock.instant())))
            .thenCompose(worked -> swarm.end(AttemptEnd.completed(stamps(begun, worked))));
    return performing(context, new Attempt(task.id(), swarm));
  }

  private String stamps(long begun, long worked) {
    return new Stamps(begun, worked, Stamps.micros(clock.instant())).toString();
  }

  private static CompletionStage<Long> work(ActorContext<Message> context, Task task) {
    Optional<String> wait = task.parameter(WAIT);
    if (wait.isPresent()) {
      long millis = Duration.ofMillis(Long.parseLong(wait.get())).toMillis();
      return CompletableFuture.supplyAsync(
          () -> 0L,
          CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, Runnable::run));
    }
    Optional<String> steps = task.parameter(STEPS);
    if (steps.isPresent()) {
      return CompletableFuture.supplyAsync(
          () -> Steps.make(Long.parseLong(steps.get())),
          work -> Thread.ofVirtual().name(task.id().value()).start(work));
    }
    Optional<String> bare = task.parameter(BARE);
    if (bare.isPresent()) {
      var over = new CompletableFuture<Void>();
      var _ = context.spawnAnonymous(BareLoop.partner(bare.get(), over));
      return over.thenApply(_ -> 0L);
    }
    return CompletableFuture.completedStage(0L);
  }

  /** The stage has the moment before the post. */
  private static CompletionStage<Long> posted(Task task, SwarmContext swarm, long worked) {
    return task.parameter(ANSWERS).isPresent()
        ? swarm
            .blackboard()
            .post(Draft.of(new EntryPath("final/answer.md"), "The load was done.\n"))
            .thenApply(_ -> worked)
        : CompletableFuture.completedStage(worked);
  }
}
