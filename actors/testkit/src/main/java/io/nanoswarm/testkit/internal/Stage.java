package io.nanoswarm.testkit.internal;

import io.nanoswarm.agent.Agent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** An actor system with one agent in it, in turns and in virtual time. */
public final class Stage implements AutoCloseable {
  private final Turns turns = new Turns(0);
  private final ActorSystem<Agent.Message> system;
  private final VirtualTime time;
  private volatile boolean stopped;

  public static Stage open(Agent agent) {
    var stage = new Stage(agent);
    stage.settle();
    return stage;
  }

  private Stage(Agent agent) {
    system = World.system(guardian(agent), turns);
    time = World.clock(system);
  }

  private Behavior<Agent.Message> guardian(Agent agent) {
    return Behaviors.setup(context -> {
      ActorRef<Agent.Message> performing =
          context.spawn(Behaviors.setup(_ -> agent.create()), "agent");
      context.watch(performing);
      return Behaviors.receive(Agent.Message.class)
          .onAnyMessage(message -> {
            performing.tell(message);
            return Behaviors.same();
          })
          .onSignal(
              Terminated.class,
              _ -> {
                stopped = true;
                return Behaviors.same();
              })
          .build();
    });
  }

  public void tell(Agent.Message message) {
    system.tell(message);
    settle();
  }

  /** Lets time pass, from one timer to the next. */
  public void advance(Duration by) {
    Instant until = time.instant().plus(by);
    for (Optional<Instant> next = due(until); next.isPresent(); next = due(until)) {
      time.passTo(next.get());
      settle();
    }
    time.passTo(until);
    settle();
  }

  private Optional<Instant> due(Instant until) {
    return time.next().filter(moment -> !moment.isAfter(until));
  }

  public boolean hasStopped() {
    return stopped;
  }

  public void settle() {
    try {
      turns.settle();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the test was interrupted", e);
    }
  }

  @Override
  public void close() {
    try {
      World.terminate(system, turns);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the test was interrupted", e);
    }
  }
}
