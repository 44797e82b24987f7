package io.nanoswarm.supervisor;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AgentHost;
import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.agent.Gate;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.serialization.CborSerializable;
import io.nanoswarm.session.AgentName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.SelfUp;
import org.apache.pekko.cluster.typed.Subscribe;

/**
 * Guardian of a worker JVM: says hello to its machine, then hosts the agents it is told to.
 *
 * <p>Guarantees: hello is said once, after the node is a member. Every {@link Host} is answered by
 * {@link Machine.Hosted} or {@link Machine.HostFailed}; being told twice to host the same agent is
 * being told once. {@link Shutdown} lets agents put their work down, leaves the cluster and ends
 * the JVM with exit code 0.
 *
 * <p>Lifecycle: started by the JVM's main method; stops with the JVM.
 */
public final class Worker extends AbstractMatchingBehavior<Worker.Command> {

  /** What a worker is told. */
  public sealed interface Command extends CborSerializable {}

  /** Host an agent. */
  public record Host(AgentName agent, AgentSpec spec, Gate gate) implements Command {}

  /** Host an agent no longer; the others stay. */
  public record Drop(AgentName agent) implements Command {}

  /** End this JVM in order. */
  public record Shutdown() implements Command {}

  private record Joined() implements Command {}

  private record HostEnded(AgentName agent) implements Command {}

  private record HostsOverdue() implements Command {}

  private record Asked() implements CoordinatedShutdown.Reason {}

  /**
   * @param machine whom to say hello
   * @param hostsStopWithin how long agents have to put their work down at shutdown
   */
  public static Behavior<Command> create(
      WorkerId worker, ActorRef<Machine.Command> machine, Duration hostsStopWithin) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(
            timers -> new Worker(context, timers, worker, machine, hostsStopWithin)));
  }

  private final TimerScheduler<Command> timers;
  private final WorkerId worker;
  private final ActorRef<Machine.Command> machine;
  private final Duration hostsStopWithin;
  private final Map<AgentName, ActorRef<AgentHost.Command>> hosts = new HashMap<>();
  private boolean stopping;

  private Worker(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      WorkerId worker,
      ActorRef<Machine.Command> machine,
      Duration hostsStopWithin) {
    super(context);
    this.timers = timers;
    this.worker = worker;
    this.machine = machine;
    this.hostsStopWithin = hostsStopWithin;
    var joined = context.messageAdapter(SelfUp.class, _ -> new Joined());
    Cluster.get(context.getSystem()).subscriptions().tell(Subscribe.create(joined, SelfUp.class));
  }

  @Override
  public Behavior<Command> onMessage(Command message) {
    return switch (message) {
      case Joined _ -> onJoined();
      case Host host -> onHost(host);
      case Drop(var agent) -> onDrop(agent);
      case Shutdown _ -> onShutdown();
      case HostEnded(var agent) -> onHostEnded(agent);
      case HostsOverdue _ -> leave();
    };
  }

  private Behavior<Command> onJoined() {
    var address = Cluster.get(getContext().getSystem()).selfMember().address();
    machine.tell(new Machine.Hello(worker, getContext().getSelf(), address));
    return Behaviors.same();
  }

  private Behavior<Command> onHost(Host host) {
    var agent = host.agent();
    var refusal = stopping ? Optional.of("the worker stops") : whyNot(host.spec());
    if (refusal.isPresent()) {
      machine.tell(new Machine.HostFailed(worker, agent, refusal.get(), stopping));
      return Behaviors.same();
    }
    if (!hosts.containsKey(agent)) {
      var ref =
          getContext()
              .spawn(AgentHost.create(agent, worker, host.spec(), host.gate()), agent.value());
      getContext().watchWith(ref, new HostEnded(agent));
      hosts.put(agent, ref);
    }
    machine.tell(new Machine.Hosted(worker, agent));
    return Behaviors.same();
  }

  /** Looks before it leaps: what is missing here will be missing after any restart. */
  private static Optional<String> whyNot(AgentSpec spec) {
    var name = spec.implementation();
    try {
      var loader = Thread.currentThread().getContextClassLoader();
      var type = Class.forName(name, false, loader);
      if (!Agent.class.isAssignableFrom(type)) {
        return Optional.of("%s is no %s".formatted(name, Agent.class.getName()));
      }
      var _ = type.getConstructor();
      return Optional.empty();
    } catch (ClassNotFoundException _) {
      return Optional.of("class %s was not found on the worker's class path".formatted(name));
    } catch (NoSuchMethodException _) {
      return Optional.of("%s has no public constructor without parameters".formatted(name));
    } catch (LinkageError e) {
      return Optional.of("%s cannot be loaded: %s".formatted(name, e));
    }
  }

  private Behavior<Command> onDrop(AgentName agent) {
    var host = hosts.get(agent);
    if (host != null) {
      getContext().unwatch(host);
      host.tell(new AgentHost.Stop());
      hosts.remove(agent);
    }
    return Behaviors.same();
  }

  private Behavior<Command> onShutdown() {
    stopping = true;
    hosts.values().forEach(host -> host.tell(new AgentHost.Stop()));
    timers.startSingleTimer(new HostsOverdue(), hostsStopWithin);
    return hosts.isEmpty() ? leave() : Behaviors.same();
  }

  private Behavior<Command> onHostEnded(AgentName agent) {
    hosts.remove(agent);
    if (!stopping) {
      machine.tell(new Machine.HostFailed(worker, agent, "its host has failed", true));
      return Behaviors.same();
    }
    return hosts.isEmpty() ? leave() : Behaviors.same();
  }

  private Behavior<Command> leave() {
    var _ = CoordinatedShutdown.get(getContext().getSystem()).runAll(new Asked());
    return Behaviors.same();
  }
}
