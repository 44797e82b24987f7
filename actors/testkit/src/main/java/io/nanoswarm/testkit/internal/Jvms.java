package io.nanoswarm.testkit.internal;

import io.nanoswarm.agent.Gate;
import io.nanoswarm.artifact.ArtifactStore;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.queue.TaskQueue;
import io.nanoswarm.session.AgentName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Keeps the JVMs of all agents running: what supervisor and machine do with processes. The death of
 * one is told to the queue of its role, and it is started again a moment later.
 */
public final class Jvms extends AbstractMatchingBehavior<Jvms.Command> {
  private static final Duration RESTART_AFTER = Duration.ofMillis(100);

  private final TimerScheduler<Command> timers;
  private final Means means;
  private final Map<AgentName, Running> running = new HashMap<>();

  /** What the JVMs of a swarm share. */
  public record Means(
      Gate gate,
      Network network,
      Turns turns,
      ArtifactStore artifacts,
      Path cache,
      InstantSource clock) {}

  private record Running(HostedAgent agent, int number, ActorRef<Jvm.Command> jvm) {
    WorkerId worker() {
      return new WorkerId(agent.name().value() + "-w" + number);
    }
  }

  /** What is done to JVMs. */
  public sealed interface Command {}

  public record Start(HostedAgent agent) implements Command {}

  /** The JVM dies, and its machine sees it. */
  public record End(AgentName agent) implements Command {}

  /** The agent throws; its JVM goes on. */
  public record KillAgent(AgentName agent) implements Command {}

  /** Nothing passes between the agent's JVM and the rest, until told otherwise. */
  public record Cut(AgentName agent, boolean off) implements Command {}

  private record Ended(AgentName agent) implements Command {}

  private record StartAgain(HostedAgent agent, int number) implements Command {}

  public static Behavior<Command> create(Means means) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new Jvms(context, timers, means)));
  }

  private Jvms(ActorContext<Command> context, TimerScheduler<Command> timers, Means means) {
    super(context);
    this.timers = timers;
    this.means = means;
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Start(var agent) -> start(agent, 1);
      case StartAgain(var agent, var number) -> start(agent, number);
      case End(var agent) -> end(agent);
      case KillAgent(var agent) -> tell(agent, new Jvm.KillAgent());
      case Cut(var agent, var off) -> tell(agent, new Jvm.Cut(off));
      case Ended(var agent) -> onEnded(agent);
    }
    return this;
  }

  private void start(HostedAgent agent, int number) {
    var worker = new WorkerId(agent.name().value() + "-w" + number);
    ActorRef<Jvm.Command> jvm =
        getContext().spawn(Jvm.create(agent, worker, means), worker.value());
    getContext().watchWith(jvm, new Ended(agent.name()));
    running.put(agent.name(), new Running(agent, number, jvm));
  }

  private void end(AgentName agent) {
    Running dying = running.get(agent);
    if (dying != null) {
      getContext().stop(dying.jvm());
    }
  }

  private void tell(AgentName agent, Jvm.Command what) {
    Running now = running.get(agent);
    if (now != null) {
      now.jvm().tell(what);
    }
  }

  private void onEnded(AgentName agent) {
    Running dead = running.remove(agent);
    if (dead != null) {
      means
          .gate()
          .tellQueue(dead.agent().spec().role(), new TaskQueue.HostGone(agent, dead.worker()));
      timers.startSingleTimer(
          agent, new StartAgain(dead.agent(), dead.number() + 1), RESTART_AFTER);
    }
  }
}
