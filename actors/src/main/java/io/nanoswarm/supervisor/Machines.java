package io.nanoswarm.supervisor;

import io.nanoswarm.placement.Placed;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.Need;
import io.nanoswarm.supervisor.MachinesView.MachineView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * The machines of the cluster: who is there, what they offer, and on which of them an agent runs.
 *
 * <p>Guarantees: an agent goes to the machine that runs it already, if one does; else, of those
 * that meet its needs, to the one with the fewest agents for each of its cores. Wishes without
 * needs are passed on in their order. Nothing is placed before all machines that were members of
 * the cluster have been heard, or {@link #GATHER_WITHIN} has passed: so a supervisor that has moved
 * finds the agents that run. While no machine takes agents wishes wait, and their slots are told.
 * What no machine offers is refused, with what is missing; but not within {@link #RETURN_WITHIN} of
 * the loss of a machine, nor of the start of a supervisor in a cluster that machines may join: one
 * that offers it may be about to come back.
 *
 * <p>Lifecycle: a child of the {@link Supervisor}; knows nothing when it starts, and hears of every
 * machine again.
 */
final class Machines extends AbstractMatchingBehavior<Machines.Command> {
  /** Several times as long as machines wait before they announce themselves again. */
  static final Duration GATHER_WITHIN = Duration.ofSeconds(6);

  /**
   * A machine that was killed is started again, waits some 20 s until the others have put out its
   * last run, and joins; on a busy machine that takes twice as long.
   */
  static final Duration RETURN_WITHIN = Duration.ofSeconds(60);

  private static final Duration LOOK_WITHIN = Duration.ofSeconds(15);

  /** What is told of machines. Never leaves the JVM. */
  sealed interface Command {}

  /** A machine is there. */
  record Announced(Supervisor.Announce news) implements Command {}

  /** Have an agent run somewhere, on behalf of its slot. */
  record Launch(DesiredAgent agent, ActorRef<AgentSlot.Command> slot) implements Command {}

  /**
   * Whether a machine meets these needs. Answered when all have looked; not while none is there.
   */
  record Place(List<Need> needs, ActorRef<Placed> replyTo) implements Command {}

  record GetMachines(ActorRef<MachinesView> replyTo) implements Command {}

  /** No further agent goes to the machine of this node. */
  record Spare(String node) implements Command {}

  private record GatheringOver() implements Command {}

  private record ReturnOver() implements Command {}

  private record MachineLost(ActorRef<Machine.Command> machine) implements Command {}

  private record SlotLost(ActorRef<AgentSlot.Command> slot) implements Command {}

  private record Looked(Launch launch, PlaceSearch.Found found) implements Command {}

  private record LookedFor(Place place, PlaceSearch.Found found) implements Command {}

  /** A machine as it was last heard. */
  private static final class Known {
    Supervisor.Announce news;
    boolean spared;

    /** Agents sent there since it was last heard, and before that: it may not count them yet. */
    int sent;

    int sentBefore;

    Known(Supervisor.Announce news) {
      this.news = news;
    }

    boolean takesAgents() {
      return !spared && !news.leaving();
    }

    double load() {
      return (double) (news.agents() + sent + sentBefore) / Math.max(1, news.offers().cores());
    }

    MachineView view() {
      return new MachineView(news.node(), news.offers(), news.agents(), !takesAgents());
    }
  }

  private final TimerScheduler<Command> timers;
  private final Set<String> missing;
  private final Map<ActorRef<Machine.Command>, Known> machines = new LinkedHashMap<>();
  private final Map<ActorRef<AgentSlot.Command>, Launch> waiting = new LinkedHashMap<>();

  /** Asked before all machines were heard; who asks asks again, and they are few seconds. */
  private final List<Place> early = new ArrayList<>();

  private boolean gathered;

  /** Whether a machine that is not here may be about to come back. */
  private boolean mayReturn;

  /**
   * @param members nodes with a machine that have joined the cluster before
   * @param othersMayJoin whether there may be machines that have not joined yet
   */
  static Behavior<Command> create(Set<String> members, boolean othersMayJoin) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> new Machines(context, timers, members, othersMayJoin)));
  }

  private Machines(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Set<String> members,
      boolean othersMayJoin) {
    super(context);
    context.setLoggerName(Machines.class);
    this.timers = timers;
    if (othersMayJoin) {
      awaitReturn();
    }
    missing = new HashSet<>(members);
    gathered = missing.isEmpty();
    timers.startSingleTimer(new GatheringOver(), GATHER_WITHIN);
  }

  @Override
  public Behavior<Command> onMessage(Command message) {
    switch (message) {
      case Announced(var news) -> onAnnounced(news);
      case Launch launch -> onLaunch(launch);
      case Looked(var launch, var found) -> onLooked(launch, found);
      case Place place -> onPlace(place);
      case LookedFor(var place, var found) -> onLookedFor(place, found);
      case GetMachines(var replyTo) ->
          replyTo.tell(new MachinesView(machines.values().stream().map(Known::view).toList()));
      case Spare(var node) ->
          machines.values().stream()
              .filter(known -> known.news.node().equals(node))
              .forEach(this::spare);
      case GatheringOver _ -> onGatheringOver();
      case ReturnOver _ -> {
        mayReturn = false;
        passOn();
      }
      case MachineLost(var machine) -> {
        machines.remove(machine);
        awaitReturn();
      }
      case SlotLost(var slot) -> waiting.remove(slot);
    }
    return this;
  }

  private void onAnnounced(Supervisor.Announce news) {
    var known = machines.get(news.machine());
    if (known == null) {
      getContext().watchWith(news.machine(), new MachineLost(news.machine()));
      machines.put(news.machine(), new Known(news));
    } else {
      known.news = news;
      known.sentBefore = known.sent;
      known.sent = 0;
    }
    missing.remove(news.node());
    gathered |= missing.isEmpty();
    passOn();
  }

  private void onGatheringOver() {
    if (!gathered) {
      getContext().getLog().warn("machines {} have not been heard", missing);
      gathered = true;
      passOn();
    }
  }

  private void awaitReturn() {
    mayReturn = true;
    timers.startSingleTimer(new ReturnOver(), RETURN_WITHIN);
  }

  private void onLaunch(Launch launch) {
    hold(launch);
    passOn();
  }

  /** Until a machine is heard again. */
  private void hold(Launch launch) {
    if (waiting.put(launch.slot(), launch) == null) {
      getContext().watchWith(launch.slot(), new SlotLost(launch.slot()));
    }
  }

  private void onPlace(Place place) {
    if (gathered) {
      // Also those that take no agents: what they offer now others may have to wait for.
      search(machines.keySet(), place.needs(), found -> new LookedFor(place, found));
    } else {
      early.add(place);
    }
  }

  /** It says so itself from now on, also to a supervisor that has moved. */
  private void spare(Known machine) {
    machine.spared = true;
    machine.news.machine().tell(new Machine.Leave(getContext().getSystem().ignoreRef()));
  }

  private void passOn() {
    if (!gathered) {
      return;
    }
    List.copyOf(early).forEach(this::onPlace);
    early.clear();
    if (takers().isEmpty()) {
      waiting.keySet().forEach(slot -> slot.tell(new AgentSlot.NoMachine()));
      return;
    }
    waiting.values().forEach(this::place);
    waiting.keySet().forEach(getContext()::unwatch);
    waiting.clear();
  }

  private void place(Launch launch) {
    var needs = launch.agent().spec().needs();
    var host = hostOf(launch.agent().name());
    if (host.isPresent()) {
      send(launch, host.get());
    } else if (needs.isEmpty()) {
      send(launch, leastLoaded(takers()));
    } else {
      search(
          takers().stream().map(known -> known.news.machine()).toList(),
          needs,
          found -> new Looked(launch, found));
    }
  }

  private List<Known> takers() {
    return machines.values().stream().filter(Known::takesAgents).toList();
  }

  /** The machine where an agent of this name runs that no slot knows of. */
  private Optional<Known> hostOf(AgentName agent) {
    return takers().stream().filter(known -> known.news.orphans().contains(agent)).findFirst();
  }

  private static Known leastLoaded(List<Known> among) {
    return among.stream().min(Comparator.comparingDouble(Known::load)).orElseThrow();
  }

  private static void send(Launch launch, Known machine) {
    machine.sent++;
    launch.slot().tell(new AgentSlot.PassedOn());
    machine.news.machine().tell(new Machine.Launch(launch.agent(), launch.slot()));
  }

  private void search(
      Collection<ActorRef<Machine.Command>> among,
      List<Need> needs,
      Function<PlaceSearch.Found, Command> then) {
    var self = getContext().getSelf();
    getContext()
        .spawnAnonymous(
            PlaceSearch.create(
                List.copyOf(among), needs, LOOK_WITHIN, found -> self.tell(then.apply(found))));
  }

  /** It is looked for again if a machine that did not answer might be the one. */
  private void onLooked(Launch launch, PlaceSearch.Found found) {
    var meet = found.fitting();
    var fitting = takers().stream().filter(known -> meet.contains(known.news.machine())).toList();
    if (!fitting.isEmpty()) {
      send(launch, leastLoaded(fitting));
    } else if (meet.isEmpty() && found.complete() && mayReturn) {
      hold(launch);
      launch.slot().tell(new AgentSlot.NoMachine());
    } else if (meet.isEmpty() && found.complete()) {
      best(launch.agent().spec().needs(), found)
          .flatMap(Placed::refusal)
          .ifPresentOrElse(
              reason -> launch.slot().tell(new AgentSlot.Refused(reason)), () -> onLaunch(launch));
    } else {
      onLaunch(launch);
    }
  }

  /**
   * Nothing is said to be missing while a machine that might have it has not answered, or may come
   * back; who asks asks again.
   */
  private void onLookedFor(Place place, PlaceSearch.Found found) {
    if (!found.fitting().isEmpty() || (found.complete() && !mayReturn)) {
      best(place.needs(), found).ifPresent(place.replyTo()::tell);
    }
  }

  private static Optional<Placed> best(List<Need> needs, PlaceSearch.Found found) {
    return found.answers().stream()
        .min(Comparator.comparingInt(answer -> answer.lacking().size()))
        .map(least -> new Placed(needs, least.lacking(), found.answers().size()));
  }
}
