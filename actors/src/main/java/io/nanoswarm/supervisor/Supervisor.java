package io.nanoswarm.supervisor;

import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.placement.Offers;
import io.nanoswarm.placement.Placed;
import io.nanoswarm.serialization.CborSerializable;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Need;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;

/**
 * The desired agents of the swarm: parent of one {@link AgentSlot} each.
 *
 * <p>Guarantees: an agent that was ensured is kept running until {@link StopAll}, or given up
 * visibly. Machines are asked for agents in the order of the wishes. Wishes only grow; saying one
 * again changes nothing, but that agents which were given up are started anew. A wish with another
 * spec, of changed code above all, replaces the agents of its role: new JVMs start at once, and the
 * old ones end when their agents have finished what they work on.
 *
 * <p>Not promised: that wishes survive. They are kept in memory; after a move to another node they
 * have to be said again by those who need the agents. JVMs that run what is wished for then go on
 * as they are; what nobody has wished for within {@link SupervisorSettings.Deadlines#adopt} is
 * ended by its machine.
 *
 * <p>Lifecycle: a cluster singleton on control nodes, stopped by {@link StopAll}.
 */
public final class Supervisor extends AbstractMatchingBehavior<Supervisor.Command> {

  /** What the supervisor is told. */
  public sealed interface Command extends CborSerializable {}

  /**
   * At least {@code count} agents of a role shall run, as {@code researcher-1} to {@code
   * researcher-n}. Slots of the role that exist and have another spec are replaced, all of them;
   * those that have this one stay as they are, in whatever isolation, unless they have given up:
   * these begin anew, with all their restarts. Refused beyond the most agents allowed, and while
   * the swarm stops.
   */
  public record Ensure(
      AgentSpec spec, int count, Isolation isolation, ActorRef<EnsureReply> replyTo)
      implements Command {
    public Ensure {
      if (count < 1) {
        throw new IllegalArgumentException("count: %d (expected: > 0)".formatted(count));
      }
    }
  }

  /** What runs. Answered at once, with what was last heard of every slot. */
  public record GetAgents(ActorRef<SupervisorView> replyTo) implements Command {}

  /**
   * Whether a node meets what a task needs, and what the agents of its role need. Answered when the
   * nodes have looked.
   */
  public record Place(AgentRole role, List<Need> needs, ActorRef<Placed> replyTo)
      implements Command {
    public Place {
      needs = List.copyOf(needs);
    }
  }

  /** The machines that are there, and what they offer. */
  public record GetMachines(ActorRef<MachinesView> replyTo) implements Command {}

  /**
   * A machine is there; said again every few seconds, so that a supervisor that has moved hears of
   * it. Answered by {@link Machine.Welcome}.
   *
   * @param node its address in the cluster, as {@code host:port}
   * @param agents that it runs or starts
   * @param orphans those of them that no slot of this supervisor knows of
   * @param leaving whether it takes no further agents
   * @param welcomed by which supervisor it was last, null for none: only to that one it has said
   *     what {@code orphans} means
   */
  public record Announce(
      String node,
      ActorRef<Machine.Command> machine,
      Offers offers,
      int agents,
      Set<AgentName> orphans,
      boolean leaving,
      @Nullable ActorRef<Command> welcomed)
      implements Command {
    public Announce {
      orphans = Set.copyOf(orphans);
    }
  }

  /**
   * The machine of a node takes no further agents, and those that it runs are replaced elsewhere:
   * each finishes what it works on. Answered with what is known of machines then.
   */
  public record Drain(String node, ActorRef<MachinesView> replyTo) implements Command {}

  /**
   * Kill the JVM that hosts an agent, without waiting for what it works on: its slot starts another
   * one, as after any death, and one that has given up begins anew. Other agents of a shared JVM
   * die with it.
   */
  public record Restart(AgentName agent, ActorRef<RestartReply> replyTo) implements Command {}

  /** End all worker JVMs in order. Answered when the last has ended; the supervisor stops then. */
  public record StopAll(ActorRef<Stopped> replyTo) implements Command {}

  /** A slot has moved. Just for slots, which are children of the supervisor. */
  record SlotChanged(ActorRef<AgentSlot.Command> slot, SlotView view) implements Command {}

  private record SlotEnded(AgentName agent, ActorRef<AgentSlot.Command> slot) implements Command {}

  /** Answers {@link Ensure}. */
  public sealed interface EnsureReply extends CborSerializable {}

  /** The slots exist; that they are up is to be seen in {@link GetAgents}. */
  public record Ensured(AgentRole role, List<AgentName> agents) implements EnsureReply {
    public Ensured {
      agents = List.copyOf(agents);
    }
  }

  /** Nothing was changed. */
  public record Refused(String reason) implements EnsureReply {}

  /**
   * Answers {@link Restart}.
   *
   * @param known whether there is such an agent; it was told then
   */
  public record RestartReply(boolean known) implements CborSerializable {}

  /** No worker JVM of this supervisor runs any more. */
  public record Stopped() implements CborSerializable {}

  public static Behavior<Command> create(Surroundings surroundings) {
    return Behaviors.setup(context -> new Supervisor(context, surroundings));
  }

  private final Surroundings surroundings;
  private final ActorRef<Machines.Command> machines;
  private final Map<AgentName, ActorRef<AgentSlot.Command>> slots = new LinkedHashMap<>();
  private final Map<AgentName, SlotView> views = new LinkedHashMap<>();
  private final Map<ActorRef<AgentSlot.Command>, SlotView> retiring = new LinkedHashMap<>();
  private final List<ActorRef<Stopped>> toldWhenStopped = new ArrayList<>();

  private long replacements;

  private Supervisor(ActorContext<Command> context, Surroundings surroundings) {
    super(context);
    this.surroundings = surroundings;
    machines =
        context.spawn(
            Machines.create(surroundings.members().get(), surroundings.othersMayJoin()),
            "machines");
  }

  @Override
  public Behavior<Command> onMessage(Command message) {
    return switch (message) {
      case Ensure ensure -> onEnsure(ensure);
      case GetAgents(var replyTo) -> onGetAgents(replyTo);
      case Place place -> onPlace(place);
      case GetMachines(var replyTo) -> onGetMachines(replyTo);
      case Announce announce -> onAnnounce(announce);
      case Drain drain -> onDrain(drain);
      case Restart(var agent, var replyTo) -> onRestart(agent, replyTo);
      case StopAll(var replyTo) -> onStopAll(replyTo);
      case SlotChanged changed -> onSlotChanged(changed);
      case SlotEnded(var agent, var slot) -> onSlotEnded(agent, slot);
    };
  }

  private Behavior<Command> onEnsure(Ensure ensure) {
    var role = ensure.spec().role();
    var names =
        IntStream.rangeClosed(1, ensure.count())
            .mapToObj(number -> new AgentName(role.value() + "-" + number))
            .toList();
    var all = views.size() + (int) names.stream().filter(name -> !views.containsKey(name)).count();
    var most = surroundings.settings().maxAgents();
    if (!toldWhenStopped.isEmpty()) {
      ensure.replyTo().tell(new Refused("the swarm stops"));
    } else if (all > most) {
      ensure
          .replyTo()
          .tell(
              new Refused(
                  "%d agents more would make %d (expected: at most %d, swarm.supervisor.max-agents)"
                      .formatted(all - views.size(), all, most)));
    } else {
      replaceOthers(ensure);
      names.forEach(name -> ensure(new DesiredAgent(name, ensure.spec(), ensure.isolation())));
      ensure.replyTo().tell(new Ensured(role, names));
    }
    return Behaviors.same();
  }

  private void replaceOthers(Ensure wanted) {
    views.entrySet().stream()
        .filter(each -> each.getValue().agent().spec().role().equals(wanted.spec().role()))
        .filter(each -> !each.getValue().agent().spec().equals(wanted.spec()))
        .map(Map.Entry::getKey)
        .toList()
        .forEach(name -> replace(new DesiredAgent(name, wanted.spec(), wanted.isolation())));
  }

  private void replace(DesiredAgent agent) {
    var slot = slots.remove(agent.name());
    var view = views.get(agent.name());
    if (slot != null && view != null) {
      retiring.put(slot, view);
      slot.tell(new AgentSlot.Retire());
      replacements++;
    }
    open(agent);
  }

  /** Told to every slot that exists: only the slot itself knows whether it has given up by now. */
  private void ensure(DesiredAgent agent) {
    var slot = slots.get(agent.name());
    if (slot == null) {
      open(agent);
    } else {
      slot.tell(new AgentSlot.Revive());
    }
  }

  private void open(DesiredAgent agent) {
    var name = agent.name();
    var actor = replacements == 0 ? name.value() : name.value() + "~" + replacements;
    // Not restarted when it throws: the machine of a slot that is gone ends its JVM.
    var slot =
        getContext()
            .spawn(AgentSlot.create(agent, surroundings, machines, getContext().getSelf()), actor);
    getContext().watchWith(slot, new SlotEnded(name, slot));
    slots.put(name, slot);
    views.put(name, new SlotView(agent, new SlotView.Starting(), SlotView.Jvm.NONE, 0, null));
    machines.tell(new Machines.Launch(agent, slot));
  }

  private Behavior<Command> onGetAgents(ActorRef<SupervisorView> replyTo) {
    var all = new ArrayList<>(views.values());
    all.addAll(retiring.values());
    replyTo.tell(new SupervisorView(all));
    return Behaviors.same();
  }

  private Behavior<Command> onPlace(Place place) {
    var ofRole =
        views.values().stream()
            .map(view -> view.agent().spec())
            .filter(spec -> spec.role().equals(place.role()))
            .findFirst()
            .map(AgentSpec::needs)
            .orElse(List.of());
    var all = Stream.concat(place.needs().stream(), ofRole.stream()).distinct().toList();
    machines.tell(new Machines.Place(all, place.replyTo()));
    return Behaviors.same();
  }

  private Behavior<Command> onGetMachines(ActorRef<MachinesView> replyTo) {
    machines.tell(new Machines.GetMachines(replyTo));
    return Behaviors.same();
  }

  /** Counted when it has heard who asks: what it says of orphans before is about another one. */
  private Behavior<Command> onAnnounce(Announce announce) {
    if (getContext().getSelf().equals(announce.welcomed())) {
      machines.tell(new Machines.Announced(announce));
      if (announce.leaving()) {
        replaceThoseOf(announce.node());
      }
    } else {
      announce.machine().tell(new Machine.Welcome(getContext().getSelf()));
    }
    return Behaviors.same();
  }

  private Behavior<Command> onDrain(Drain drain) {
    machines.tell(new Machines.Spare(drain.node()));
    replaceThoseOf(drain.node());
    return onGetMachines(drain.replyTo());
  }

  private void replaceThoseOf(String node) {
    if (!toldWhenStopped.isEmpty()) {
      return;
    }
    views.values().stream()
        .filter(view -> node.equals(view.jvm().node()))
        .map(SlotView::agent)
        .toList()
        .forEach(this::replace);
  }

  private Behavior<Command> onRestart(AgentName agent, ActorRef<RestartReply> replyTo) {
    var slot = slots.get(agent);
    if (slot != null) {
      slot.tell(new AgentSlot.Restart());
    }
    replyTo.tell(new RestartReply(slot != null));
    return Behaviors.same();
  }

  private Behavior<Command> onStopAll(ActorRef<Stopped> replyTo) {
    toldWhenStopped.add(replyTo);
    slots.values().forEach(slot -> slot.tell(new AgentSlot.Stop()));
    retiring.keySet().forEach(slot -> slot.tell(new AgentSlot.Stop()));
    return stoppedIfEmpty();
  }

  private Behavior<Command> onSlotChanged(SlotChanged changed) {
    var view = changed.view();
    if (retiring.containsKey(changed.slot())) {
      retiring.put(changed.slot(), view);
    } else {
      views.put(view.agent().name(), view);
    }
    return Behaviors.same();
  }

  private Behavior<Command> onSlotEnded(AgentName agent, ActorRef<AgentSlot.Command> slot) {
    if (retiring.remove(slot) == null) {
      slots.remove(agent);
      views.computeIfPresent(agent, (_, view) -> afterEnd(view));
    }
    return stoppedIfEmpty();
  }

  private static SlotView afterEnd(SlotView last) {
    return last.state() instanceof SlotView.Stopped
        ? last
        : new SlotView(
            last.agent(),
            new SlotView.GaveUp(),
            SlotView.Jvm.NONE,
            last.restarts(),
            "its slot has failed");
  }

  private Behavior<Command> stoppedIfEmpty() {
    if (toldWhenStopped.isEmpty() || !slots.isEmpty() || !retiring.isEmpty()) {
      return Behaviors.same();
    }
    toldWhenStopped.forEach(replyTo -> replyTo.tell(new Stopped()));
    return Behaviors.stopped();
  }
}
