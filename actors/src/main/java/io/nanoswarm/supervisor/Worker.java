package io.nanoswarm.supervisor;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AgentClass;
import io.nanoswarm.agent.AgentHost;
import io.nanoswarm.agent.AgentHostSettings;
import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.agent.CodeFolders;
import io.nanoswarm.agent.CodeLoaders;
import io.nanoswarm.agent.Gate;
import io.nanoswarm.agent.HostLinks;
import io.nanoswarm.agent.SkillRegistry;
import io.nanoswarm.artifact.ArtifactStore;
import io.nanoswarm.bus.BusSettings;
import io.nanoswarm.bus.SwarmBus;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.placement.Offers;
import io.nanoswarm.serialization.CborSerializable;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.LogFields;
import io.nanoswarm.skill.NoSuchSkill;
import io.nanoswarm.skill.Skill;
import io.nanoswarm.skill.SkillLoader;
import io.nanoswarm.skill.SkillSpec;
import io.nanoswarm.trace.Spans;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
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
import org.jspecify.annotations.Nullable;

/**
 * Guardian of a worker JVM: says hello to its machine, then hosts the agents it is told to.
 *
 * <p>Guarantees: hello is said once, after the node is a member. Every {@link Host} is answered by
 * {@link Machine.Hosted} or {@link Machine.HostFailed}; being told twice to host the same agent is
 * being told once. {@link Shutdown} lets agents put their work down and ends the JVM with exit code
 * 0; that it is gone, its machine tells the cluster.
 *
 * <p>Lifecycle: started by the JVM's main method; stops with the JVM.
 */
public final class Worker extends AbstractMatchingBehavior<Worker.Command> {

  /** What a worker is told. */
  public sealed interface Command extends CborSerializable {}

  /** Host an agent. */
  public record Host(AgentName agent, AgentSpec spec, Gate gate) implements Command {}

  /** What the machine offers from now on. */
  public record Offering(Offers offers) implements Command {}

  /** Host an agent no longer; the others stay. */
  public record Drop(AgentName agent) implements Command {}

  /**
   * Let an agent finish what it works on, then host it no longer; the others stay. Answered by
   * {@link Machine.Drained}, at once if the agent is free or unknown.
   */
  public record Drain(AgentName agent) implements Command {}

  /** End this JVM in order. */
  public record Shutdown() implements Command {}

  private record Joined() implements Command {}

  private record Loaded(Host host, Equipped equipped) implements Command {}

  private record NotLoaded(Host host, Throwable why) implements Command {}

  private record HostEnded(AgentName agent) implements Command {}

  private record HostsOverdue() implements Command {}

  private record Asked() implements CoordinatedShutdown.Reason {}

  /**
   * What agents find on this machine.
   *
   * @param artifacts where large content is kept, given the doors of the control nodes
   * @param cache where agents keep what can be made again
   * @param skills makes the skills that their specs name
   * @param spans where those of attempts go
   */
  public record Means(
      Function<Gate, ArtifactStore> artifacts, Path cache, SkillLoader skills, Spans spans) {

    /** Without traces. */
    public Means(Function<Gate, ArtifactStore> artifacts, Path cache, SkillLoader skills) {
      this(artifacts, cache, skills, Spans.NONE);
    }
  }

  /** An agent with its skills. */
  private record Equipped(Agent agent, SkillRegistry skills) {}

  /**
   * @param machine whom to say hello
   * @param means what agents find on this machine
   * @param hostsStopWithin how long agents have to put their work down at shutdown
   */
  public static Behavior<Command> create(
      WorkerId worker, ActorRef<Machine.Command> machine, Means means, Duration hostsStopWithin) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(
            timers -> new Worker(context, timers, worker, machine, means, hostsStopWithin)));
  }

  private final TimerScheduler<Command> timers;
  private final WorkerId worker;
  private final ActorRef<Machine.Command> machine;
  private final Means means;
  private final Duration hostsStopWithin;
  private final CodeLoaders code = new CodeLoaders();
  private final CodeFolders folders;
  private final Map<AgentName, ActorRef<AgentHost.Command>> hosts = new HashMap<>();
  private final Map<AgentName, Host> loading = new HashMap<>();
  private final Set<AgentName> draining = new HashSet<>();
  private Offers offers = Offers.NONE;
  private @Nullable HostLinks links;
  private boolean stopping;
  private long hosted;

  private Worker(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      WorkerId worker,
      ActorRef<Machine.Command> machine,
      Means means,
      Duration hostsStopWithin) {
    super(context);
    this.timers = timers;
    this.worker = worker;
    this.machine = machine;
    this.means = means;
    this.hostsStopWithin = hostsStopWithin;
    folders = new CodeFolders(CodeFolders.below(means.cache()), name(machine));
    var joined = context.messageAdapter(SelfUp.class, _ -> new Joined());
    Cluster.get(context.getSystem()).subscriptions().tell(Subscribe.create(joined, SelfUp.class));
  }

  private static String name(ActorRef<Machine.Command> machine) {
    var address = machine.path().address();
    return address.getHost().isEmpty()
        ? "this machine"
        : "machine %s:%s".formatted(address.getHost().get(), address.getPort().get());
  }

  @Override
  public Behavior<Command> onMessage(Command message) {
    return switch (message) {
      case Joined _ -> onJoined();
      case Host host -> onHost(host);
      case Loaded(var host, var equipped) -> onLoaded(host, equipped);
      case NotLoaded(var host, var why) -> onNotLoaded(host, why);
      case Offering(var latest) -> onOffering(latest);
      case Drop(var agent) -> onDrop(agent);
      case Drain(var agent) -> onDrain(agent);
      case Shutdown _ -> onShutdown();
      case HostEnded(var agent) -> onHostEnded(agent);
      case HostsOverdue _ -> end();
    };
  }

  private Behavior<Command> onJoined() {
    var address = Cluster.get(getContext().getSystem()).selfMember().address();
    machine.tell(new Machine.Hello(worker, getContext().getSelf(), address));
    return Behaviors.same();
  }

  private Behavior<Command> onHost(Host host) {
    var name = host.agent();
    if (stopping) {
      machine.tell(new Machine.HostFailed(worker, name, "the worker stops", true));
      return Behaviors.same();
    }
    if (hosts.containsKey(name)) {
      machine.tell(new Machine.Hosted(worker, name));
    } else if (loading.putIfAbsent(name, host) == null) {
      load(host);
    }
    return Behaviors.same();
  }

  /**
   * Users' code may have to be fetched, and runs; skills may ask their processes what they are: not
   * on this thread.
   */
  private void load(Host host) {
    var artifacts = means.artifacts().apply(host.gate());
    var loaded = new CompletableFuture<Equipped>();
    getContext()
        .pipeToSelf(
            loaded,
            (equipped, why) -> why == null ? new Loaded(host, equipped) : new NotLoaded(host, why));
    var skills = means.skills();
    Thread.ofVirtual()
        .name("load-" + host.agent())
        .start(() -> {
          try {
            var classes = code.of(host.spec().code(), folders.of(host.spec().code(), artifacts));
            loaded.complete(equipped(host.spec(), classes, skills));
          } catch (CodeFolders.CodeMissing
              | AgentClass.NotAnAgent
              | NoSuchSkill
              | RuntimeException
              | Error e) {
            loaded.completeExceptionally(e);
          }
        });
  }

  private static Equipped equipped(AgentSpec spec, ClassLoader classes, SkillLoader loader)
      throws AgentClass.NotAnAgent, NoSuchSkill {
    Agent agent = AgentClass.instantiate(spec.code(), classes);
    var skills = new ArrayList<Skill>();
    try {
      for (SkillSpec each : spec.skills()) {
        skills.add(loader.load(each, classes));
      }
    } catch (NoSuchSkill | RuntimeException | Error e) {
      new SkillRegistry(skills).close();
      throw e;
    }
    return new Equipped(agent, new SkillRegistry(skills));
  }

  private Behavior<Command> onLoaded(Host host, Equipped equipped) {
    var name = host.agent();
    if (!loading.remove(name, host)) {
      equipped.skills().close();
      return Behaviors.same();
    }
    var behavior =
        Behaviors.withMdc(
            AgentHost.Command.class,
            LogFields.of(name),
            AgentHost.create(
                name,
                worker,
                host.spec(),
                equipped.agent(),
                equipped.skills(),
                links(host.gate())));
    // One of this name that was dropped may still be stopping.
    hosted++;
    var ref = getContext().spawn(behavior, "%s-%d".formatted(name, hosted));
    getContext().watchWith(ref, new HostEnded(name));
    hosts.put(name, ref);
    ref.tell(new AgentHost.Offering(offers));
    machine.tell(new Machine.Hosted(worker, name));
    return Behaviors.same();
  }

  private Behavior<Command> onNotLoaded(Host host, Throwable why) {
    if (loading.remove(host.agent(), host)) {
      String message = String.valueOf(why.getMessage());
      machine.tell(
          switch (why) {
            case AgentClass.NotAnAgent _ -> failed(host, message, false);
            case NoSuchSkill _ -> failed(host, message, false);
            case CodeFolders.CodeMissing missing -> failed(host, message, !missing.isForGood());
            default -> failed(host, why.toString(), true);
          });
    }
    return Behaviors.same();
  }

  private Machine.HostFailed failed(Host host, String reason, boolean again) {
    return new Machine.HostFailed(worker, host.agent(), reason, again);
  }

  /** Made when the first agent is to be hosted, since only then the gate is known. */
  private HostLinks links(Gate gate) {
    if (links == null) {
      var system = getContext().getSystem();
      links =
          new HostLinks(
              gate,
              SwarmBus.create(
                  getContext(),
                  gate.channels(),
                  gate.durableChannels(),
                  BusSettings.create(system)),
              means.artifacts().apply(gate),
              means.cache(),
              AgentHostSettings.create(system),
              system.scheduler(),
              InstantSource.system(),
              means.spans());
    }
    return links;
  }

  private Behavior<Command> onOffering(Offers latest) {
    offers = latest;
    hosts.values().forEach(host -> host.tell(new AgentHost.Offering(offers)));
    return Behaviors.same();
  }

  private Behavior<Command> onDrop(AgentName agent) {
    loading.remove(agent);
    draining.remove(agent);
    var host = hosts.get(agent);
    if (host != null) {
      getContext().unwatch(host);
      host.tell(new AgentHost.Stop());
      hosts.remove(agent);
    }
    return Behaviors.same();
  }

  private Behavior<Command> onDrain(AgentName agent) {
    loading.remove(agent);
    var host = hosts.get(agent);
    if (host == null) {
      machine.tell(new Machine.Drained(worker, agent));
    } else {
      draining.add(agent);
      host.tell(new AgentHost.Drain());
    }
    return Behaviors.same();
  }

  private Behavior<Command> onShutdown() {
    stopping = true;
    loading.clear();
    hosts.values().forEach(host -> host.tell(new AgentHost.Stop()));
    timers.startSingleTimer(new HostsOverdue(), hostsStopWithin);
    return hosts.isEmpty() ? end() : Behaviors.same();
  }

  private Behavior<Command> onHostEnded(AgentName agent) {
    hosts.remove(agent);
    if (!stopping) {
      machine.tell(
          draining.remove(agent)
              ? new Machine.Drained(worker, agent)
              : new Machine.HostFailed(worker, agent, "its host has failed", true));
      return Behaviors.same();
    }
    return hosts.isEmpty() ? end() : Behaviors.same();
  }

  private Behavior<Command> end() {
    var _ = CoordinatedShutdown.get(getContext().getSystem()).runAll(new Asked());
    return Behaviors.same();
  }
}
