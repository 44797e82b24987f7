package io.nanoswarm.testkit.internal;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AgentHost;
import io.nanoswarm.agent.AgentHostSettings;
import io.nanoswarm.agent.Gate;
import io.nanoswarm.agent.HostLinks;
import io.nanoswarm.agent.SkillRegistry;
import io.nanoswarm.bus.BusSettings;
import io.nanoswarm.bus.SwarmBus;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.skill.Skill;
import java.util.function.Supplier;
import org.apache.pekko.actor.Kill;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * What stands for the JVM of one agent: its bus, its host, and the wire to everything else. All of
 * them end with it, without a word to anybody.
 */
final class Jvm extends AbstractMatchingBehavior<Jvm.Command> {
  private final HostedAgent hosted;
  private final ActorRef<Wire.Command> wire;
  private @Nullable ActorRef<Agent.Message> agent;

  sealed interface Command {}

  record KillAgent() implements Command {}

  record Cut(boolean off) implements Command {}

  private record AgentUp(ActorRef<Agent.Message> agent) implements Command {}

  private record AgentEnded(ActorRef<Agent.Message> ended) implements Command {}

  private record HostEnded() implements Command {}

  static Behavior<Command> create(HostedAgent hosted, WorkerId worker, Jvms.Means means) {
    return Behaviors.setup(context -> new Jvm(context, hosted, worker, means));
  }

  private Jvm(
      ActorContext<Command> context, HostedAgent hosted, WorkerId worker, Jvms.Means means) {
    super(context);
    this.hosted = hosted;
    wire = context.spawn(Wire.create(hosted.name(), means.network()), "wire");
    var system = context.getSystem();
    Gate gate = gate(context, means.gate());
    var links =
        new HostLinks(
            gate,
            SwarmBus.create(
                context, gate.channels(), gate.durableChannels(), BusSettings.create(system)),
            means.artifacts(),
            means.cache(),
            AgentHostSettings.create(system),
            system.scheduler(),
            means.clock());
    var skills = new SkillRegistry(hosted.skills().stream().<Skill>map(Supplier::get).toList());
    var host =
        context.spawn(
            AgentHost.create(hosted.name(), worker, hosted.spec(), agent(means), skills, links),
            "host");
    context.watchWith(host, new HostEnded());
  }

  private Gate gate(ActorContext<Command> context, Gate beyond) {
    return new Gate(
        Wire.door(context, wire, beyond.sessions()),
        Wire.door(context, wire, beyond.blackboards()),
        Wire.door(context, wire, beyond.memories()),
        Wire.door(context, wire, beyond.queues()),
        Wire.door(context, wire, beyond.channels()),
        Wire.door(context, wire, beyond.durableChannels()),
        beyond.depots());
  }

  /** One that says who it is when it starts, so that it can be killed. */
  private Agent agent(Jvms.Means means) {
    Agent made = hosted.agent().get();
    ActorRef<Command> self = getContext().getSelf();
    return () ->
        Behaviors.setup(context -> {
          self.tell(new AgentUp(context.getSelf()));
          return made instanceof Agent.Blocking blocking
              ? blocking.create(means.turns().workers())
              : made.create();
        });
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case AgentUp(var ref) -> {
        agent = ref;
        getContext().watchWith(ref, new AgentEnded(ref));
        yield this;
      }
      case AgentEnded(var ended) -> {
        agent = ended.equals(agent) ? null : agent;
        wire.tell(new Wire.Release());
        yield this;
      }
      case KillAgent _ -> onKillAgent();
      case Cut(var off) -> {
        wire.tell(new Wire.Cut(off));
        yield this;
      }
      case HostEnded _ -> Behaviors.stopped();
    };
  }

  private Behavior<Command> onKillAgent() {
    if (agent == null) {
      wire.tell(new Wire.Release());
    } else {
      Adapter.toClassic(agent).tell(Kill.getInstance(), org.apache.pekko.actor.ActorRef.noSender());
    }
    return this;
  }
}
