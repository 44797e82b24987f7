package io.nanoswarm.supervisor;

import io.nanoswarm.agent.Gate;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.placement.Placed;
import io.nanoswarm.placement.Probe;
import io.nanoswarm.placement.Prober;
import io.nanoswarm.serialization.CborSerializable;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.Need;
import io.nanoswarm.supervisor.OwnedWorker.Phase;
import io.nanoswarm.supervisor.OwnedWorker.Tenant;
import io.nanoswarm.supervisor.WorkerLauncher.WorkerOrder;
import io.nanoswarm.supervisor.WorkerLauncher.WorkerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.typed.Down;
import org.jspecify.annotations.Nullable;

/**
 * Owns the worker JVMs of one machine: starts a few at a time, hears of their end from the
 * operating system, and ends what nobody wants any more. Knows what the machine offers, and tells
 * its workers.
 *
 * <p>Guarantees: every accepted {@link Launch} is followed, in this order and as far as it gets, by
 * {@link AgentSlot.Started}, {@link AgentSlot.Hosted} and exactly one {@link AgentSlot.Ended} or
 * {@link AgentSlot.HostFailed}. When a JVM ends that had said hello, the cluster is told at once,
 * and once. An agent whose needs the machine does not meet is refused with {@link
 * AgentSlot.Refused}, and nothing is started for it. A JVM that is late with its hello is killed;
 * so is one that the cluster has removed, and all of them when the machine stops. An agent whose
 * slot is gone, with its supervisor's node for one, is kept for {@link
 * SupervisorSettings.Deadlines#adopt}: a new slot that wants the same takes it over as it runs.
 *
 * <p>Lifecycle: one per node of role machine, a child of its guardian; stops with the node.
 */
public final class Machine extends AbstractMatchingBehavior<Machine.Command> {

  /** What a machine is told by slots and workers. */
  public sealed interface Command extends CborSerializable {}

  /**
   * Run an agent. Answered by {@link AgentSlot.Accepted} or {@link AgentSlot.Refused}, at once
   * unless the agent needs something; the JVM waits for its turn. If that very agent runs here and
   * has lost its slot, it goes on for this one.
   */
  public record Launch(DesiredAgent agent, ActorRef<AgentSlot.Command> slot) implements Command {}

  /** A supervisor has heard of this machine: slots of another one are gone, or soon will be. */
  public record Welcome(ActorRef<Supervisor.Command> supervisor) implements Command {}

  /** Whether this machine meets these needs. */
  public record Place(List<Need> needs, ActorRef<Placed> replyTo) implements Command {
    public Place {
      needs = List.copyOf(needs);
    }
  }

  /**
   * The agent shall end. Its JVM is shut down if it has no other, which {@link AgentSlot.Ended}
   * confirms; unknown ones are ignored.
   */
  public record Stop(WorkerId worker, AgentName agent) implements Command {}

  /**
   * The agent shall end when it has finished what it works on, and claim nothing more. Confirmed
   * and ignored like {@link Stop}; may be said again.
   */
  public record Drain(WorkerId worker, AgentName agent) implements Command {}

  /**
   * Kill the JVM at once, with all agents that it hosts. Confirmed and ignored like {@link Stop};
   * one that waits for its turn to be started just goes on waiting.
   */
  public record Kill(WorkerId worker, String cause) implements Command {}

  /**
   * A slot looks how its agent fares, since what was told it may have been lost. Answered by how
   * far the JVM is, with {@link AgentSlot.Started} and {@link AgentSlot.Hosted}, or by {@link
   * AgentSlot.Ended} if nothing runs here for that slot.
   */
  public record LookAfter(WorkerId worker, AgentName agent, ActorRef<AgentSlot.Command> slot)
      implements Command {}

  /** A worker has joined the cluster. */
  public record Hello(WorkerId worker, ActorRef<Worker.Command> guardian, Address address)
      implements Command {}

  /** A worker hosts the agent. */
  public record Hosted(WorkerId worker, AgentName agent) implements Command {}

  /**
   * A worker does not host the agent.
   *
   * @param retryable whether another try, in another JVM, may go better
   */
  public record HostFailed(WorkerId worker, AgentName agent, String reason, boolean retryable)
      implements Command {}

  /** A worker no longer hosts an agent that it was told to {@link Worker.Drain}. */
  public record Drained(WorkerId worker, AgentName agent) implements Command {}

  /**
   * The node leaves: the supervisor hears of it and replaces what runs here, each agent when it has
   * finished what it works on.
   */
  public record Leave(ActorRef<Empty> replyTo) implements Command {}

  /** No agent runs here any more. */
  public record Empty() implements CborSerializable {}

  private record ProcessStarted(WorkerId worker, WorkerProcess process) implements Command {}

  private record ProcessRefused(WorkerId worker, String reason) implements Command {}

  private record ProcessEnded(WorkerId worker, ExitReport report) implements Command {}

  private record Overdue(WorkerId worker, String cause) implements Command {}

  private record GuardianLost(WorkerId worker) implements Command {}

  private record SlotLost(ActorRef<AgentSlot.Command> slot) implements Command {}

  private record NotAdopted(WorkerId worker, AgentName agent) implements Command {}

  private record AnnounceAgain() implements Command {}

  /** Leaves several tries before a supervisor that has moved stops waiting for this machine. */
  private static final Duration ANNOUNCE_EVERY = Duration.ofSeconds(2);

  private record Found(Prober.Found found) implements Command {}

  /**
   * What a machine is given.
   *
   * @param probe finds out what this machine offers
   * @param gate told to every worker: doors on this node, which live as long as it does
   * @param supervisor is told that this machine is there
   * @param random for the names of workers
   */
  public record Means(
      WorkerLauncher launcher,
      Probe probe,
      Membership membership,
      Gate gate,
      ActorRef<Supervisor.Command> supervisor,
      SupervisorSettings settings,
      RandomGenerator random) {}

  public static Behavior<Command> create(Means means) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new Machine(context, timers, means)));
  }

  private final TimerScheduler<Command> timers;
  private final Means means;
  private final SupervisorSettings settings;
  private final Fleet fleet;
  private final MachineOffers offers;
  private final String self;
  private final String node;
  private final List<ActorRef<Empty>> leaving = new ArrayList<>();
  private @Nullable ActorRef<Supervisor.Command> welcomed;

  private Machine(ActorContext<Command> context, TimerScheduler<Command> timers, Means means) {
    super(context);
    this.timers = timers;
    this.means = means;
    this.settings = means.settings();
    this.fleet = new Fleet(settings.sharedHeapMegabytes(), means.random());
    this.node = means.membership().self().hostPort().replaceFirst(".*@", "");
    this.self = ActorRefResolver.get(context.getSystem()).toSerializationFormat(context.getSelf());
    offers =
        new MachineOffers(
            context.spawn(Prober.create(means.probe()), "prober"),
            context.messageAdapter(Prober.Found.class, Found::new));
    timers.startTimerWithFixedDelay(
        new AnnounceAgain(), new AnnounceAgain(), Duration.ZERO, ANNOUNCE_EVERY);
  }

  @Override
  public Behavior<Command> onMessage(Command message) {
    switch (message) {
      case Launch launch -> onLaunch(launch);
      case Place(var needs, var replyTo) -> offers.place(needs, replyTo::tell);
      case Welcome(var supervisor) -> onWelcome(supervisor);
      case AnnounceAgain _ -> announce();
      case Leave(var replyTo) -> onLeave(replyTo);
      case Found(var answer) -> onFound(answer);
      case Stop(var id, var agent) -> fleet.find(id).ifPresent(worker -> release(worker, agent));
      case Drain(var id, var agent) -> fleet.find(id).ifPresent(worker -> onDrain(worker, agent));
      case Kill(var id, var cause) -> fleet.find(id).ifPresent(worker -> onKill(worker, cause));
      case LookAfter look -> onLookAfter(look);
      case Drained(var id, var agent) -> fleet.find(id).ifPresent(worker -> release(worker, agent));
      case Hello hello -> fleet.find(hello.worker()).ifPresent(worker -> onHello(worker, hello));
      case Hosted(var id, var agent) -> fleet.find(id).ifPresent(worker -> onHosted(worker, agent));
      case HostFailed failed ->
          fleet.find(failed.worker()).ifPresent(worker -> onHostFailed(worker, failed));
      case ProcessStarted(var id, var process) ->
          fleet.find(id).ifPresent(worker -> onProcessStarted(worker, process));
      case ProcessRefused(var id, var reason) ->
          fleet.find(id).ifPresent(worker -> onEnd(worker, reason));
      case ProcessEnded(var id, var report) ->
          fleet.find(id).ifPresent(worker -> onEnd(worker, report.describe()));
      case Overdue(var id, var cause) -> fleet.find(id).ifPresent(worker -> worker.kill(cause));
      case GuardianLost(var id) -> fleet.find(id).ifPresent(this::onGuardianLost);
      case SlotLost(var slot) -> onSlotLost(slot);
      case NotAdopted(var id, var agent) ->
          fleet.find(id).ifPresent(worker -> onNotAdopted(worker, agent));
    }
    startNext();
    return Behaviors.same();
  }

  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      fleet.all().forEach(worker -> worker.kill("its machine stops"));
    }
    return Behaviors.same();
  }

  private void announce() {
    means
        .supervisor()
        .tell(
            new Supervisor.Announce(
                node,
                getContext().getSelf(),
                offers.latest(),
                fleet.agents(),
                fleet.orphans(),
                !leaving.isEmpty(),
                welcomed));
  }

  private void onLeave(ActorRef<Empty> replyTo) {
    leaving.add(replyTo);
    announce();
    tellIfEmpty();
  }

  private void tellIfEmpty() {
    if (fleet.all().isEmpty()) {
      leaving.forEach(each -> each.tell(new Empty()));
    }
  }

  private void onWelcome(ActorRef<Supervisor.Command> supervisor) {
    if (!supervisor.equals(welcomed)) {
      welcomed = supervisor;
      for (var worker : fleet.all()) {
        List.copyOf(worker.tenants.values()).forEach(tenant -> orphan(worker, tenant));
      }
    }
    announce();
  }

  private void onLaunch(Launch launch) {
    var orphanage = fleet.orphanageOf(launch.agent().name()).orElse(null);
    if (orphanage != null) {
      var tenant = Objects.requireNonNull(orphanage.tenants.get(launch.agent().name()));
      if (tenant.agent().equals(launch.agent())) {
        take(orphanage, tenant.of(launch.slot()));
        return;
      }
      onDrain(orphanage, launch.agent().name());
    }
    if (launch.agent().spec().needs().isEmpty()) {
      accept(launch);
      return;
    }
    offers.place(
        launch.agent().spec().needs(),
        placed ->
            placed
                .refusal()
                .ifPresentOrElse(
                    reason -> launch.slot().tell(new AgentSlot.Refused(reason)),
                    () -> accept(launch)));
  }

  private void onFound(Prober.Found answer) {
    if (offers.learn(answer.offers())) {
      fleet.all().forEach(worker -> worker.offer(answer.offers()));
      announce();
    }
    offers.answer(answer.needs());
  }

  private void accept(Launch launch) {
    var worker = fleet.placeFor(launch.agent());
    var tenant = new Tenant(launch.agent(), launch.slot(), false, false);
    take(worker, tenant);
    worker.host(tenant, means.gate());
  }

  private void take(OwnedWorker worker, Tenant tenant) {
    var slot = Objects.requireNonNull(tenant.slot());
    worker.tenants.put(tenant.agent().name(), tenant);
    getContext().watchWith(slot, new SlotLost(slot));
    slot.tell(new AgentSlot.Accepted(worker.id, getContext().getSelf(), node));
    worker.tellProgress(tenant);
  }

  private void onLookAfter(LookAfter look) {
    var worker = fleet.find(look.worker()).orElse(null);
    var tenant = worker == null ? null : worker.tenants.get(look.agent());
    if (worker != null && tenant != null && look.slot().equals(tenant.slot())) {
      worker.tellProgress(tenant);
    } else {
      look.slot().tell(new AgentSlot.Ended(look.worker(), "nothing runs for it any more"));
    }
  }

  private void startNext() {
    fleet.nextToStart(settings.startsAtOnce()).ifPresent(this::start);
  }

  private void start(OwnedWorker worker) {
    worker.phase = Phase.STARTING;
    var order =
        new WorkerOrder(
            worker.id, self, means.membership().self().toString(), worker.heapMegabytes);
    getContext()
        .pipeToSelf(
            means.launcher().launch(order),
            (process, failure) ->
                failure == null
                    ? new ProcessStarted(worker.id, process)
                    : new ProcessRefused(worker.id, "could not be started: " + failure));
    startNext();
  }

  private void onProcessStarted(OwnedWorker worker, WorkerProcess process) {
    worker.process = process;
    getContext()
        .pipeToSelf(
            process.onExit(),
            (report, failure) ->
                failure == null
                    ? new ProcessEnded(worker.id, report)
                    : new ProcessRefused(worker.id, "was lost sight of: " + failure));
    if (worker.phase == Phase.STOPPING) {
      process.kill();
    } else {
      limit(worker, settings.deadlines().hello(), "did not join within %s");
      var started = new AgentSlot.Started(worker.id, process.pid());
      worker.tenants.values().forEach(tenant -> tenant.tell(started));
    }
  }

  private void onHello(OwnedWorker worker, Hello hello) {
    worker.guardian = hello.guardian();
    worker.address = hello.address();
    getContext().watchWith(hello.guardian(), new GuardianLost(worker.id));
    if (worker.phase == Phase.STARTING) {
      worker.phase = Phase.UP;
      limit(worker, settings.deadlines().hello(), "did not host its agent within %s");
      worker.offer(offers.latest());
      worker.tenants.values().forEach(tenant -> worker.host(tenant, means.gate()));
    }
  }

  private void onHosted(OwnedWorker worker, AgentName agent) {
    var tenant = worker.tenants.get(agent);
    if (tenant != null && worker.phase == Phase.UP) {
      timers.cancel(worker.id);
      worker.tenants.put(agent, tenant.up());
      tenant.tell(new AgentSlot.Hosted(worker.id, String.valueOf(worker.address)));
    }
  }

  private void onHostFailed(OwnedWorker worker, HostFailed failed) {
    var tenant = worker.tenants.remove(failed.agent());
    if (tenant == null) {
      return;
    }
    forget(tenant);
    var reason = failed.reason();
    tenant.tell(
        failed.retryable()
            ? new AgentSlot.Ended(worker.id, reason)
            : new AgentSlot.HostFailed(worker.id, reason));
    if (worker.tenants.isEmpty()) {
      shutDown(worker);
    }
  }

  private void onDrain(OwnedWorker worker, AgentName agent) {
    switch (worker.phase) {
      case QUEUED, STARTING -> release(worker, agent);
      case UP -> {
        var tenant = worker.tenants.get(agent);
        if (worker.guardian != null && tenant != null) {
          worker.tenants.put(agent, tenant.drained());
          worker.guardian.tell(new Worker.Drain(agent));
        }
      }
      case STOPPING -> {}
    }
  }

  /** One that has not begun to start is nothing to be killed. */
  private static void onKill(OwnedWorker worker, String cause) {
    if (worker.process != null) {
      worker.kill(cause);
    }
  }

  /** The last tenant hears of its end when the process has ended. */
  private void release(OwnedWorker worker, AgentName agent) {
    var tenant = worker.tenants.get(agent);
    if (tenant == null) {
      return;
    }
    if (worker.tenants.size() == 1) {
      shutDown(worker);
    } else {
      worker.tenants.remove(agent);
      if (worker.guardian != null) {
        worker.guardian.tell(new Worker.Drop(agent));
      }
      forget(tenant);
      tenant.tell(new AgentSlot.Ended(worker.id, "stopped"));
    }
  }

  private void shutDown(OwnedWorker worker) {
    var before = worker.phase;
    worker.phase = Phase.STOPPING;
    switch (before) {
      case QUEUED -> onEnd(worker, "stopped before its start");
      case STARTING -> worker.kill("stopped before it was up");
      case UP -> {
        if (worker.guardian != null) {
          worker.guardian.tell(new Worker.Shutdown());
        }
        limit(worker, settings.deadlines().stop(), "did not stop within %s");
      }
      case STOPPING -> {}
    }
  }

  private void onEnd(OwnedWorker worker, String cause) {
    fleet.remove(worker.id);
    tellIfEmpty();
    timers.cancel(worker.id);
    if (worker.address != null) {
      means.membership().cluster().tell(new Down(worker.address));
    }
    if (worker.guardian != null) {
      getContext().unwatch(worker.guardian);
    }
    var ended = new AgentSlot.Ended(worker.id, worker.killedFor == null ? cause : worker.killedFor);
    for (var tenant : worker.tenants.values()) {
      forget(tenant);
      tenant.tell(ended);
    }
  }

  private void forget(Tenant tenant) {
    if (tenant.slot() != null) {
      getContext().unwatch(tenant.slot());
    }
  }

  /** The cluster has removed the worker; the process may be one that no longer listens. */
  private void onGuardianLost(OwnedWorker worker) {
    if (worker.phase != Phase.STOPPING) {
      worker.kill("removed from the cluster");
    }
  }

  private void onSlotLost(ActorRef<AgentSlot.Command> slot) {
    for (var worker : fleet.all()) {
      worker.tenants.values().stream()
          .filter(tenant -> slot.equals(tenant.slot()))
          .toList()
          .forEach(tenant -> orphan(worker, tenant));
    }
    announce();
  }

  private void orphan(OwnedWorker worker, Tenant tenant) {
    forget(tenant);
    var agent = tenant.agent().name();
    worker.tenants.put(agent, tenant.of(null));
    var overdue = new NotAdopted(worker.id, agent);
    timers.startSingleTimer(overdue, overdue, settings.deadlines().adopt());
  }

  private void onNotAdopted(OwnedWorker worker, AgentName agent) {
    var tenant = worker.tenants.get(agent);
    if (tenant != null && tenant.slot() == null && !tenant.draining()) {
      release(worker, agent);
    }
  }

  private void limit(OwnedWorker worker, Duration within, String cause) {
    var overdue = new Overdue(worker.id, cause.formatted(within.toSeconds() + " s"));
    timers.startSingleTimer(worker.id, overdue, within);
  }
}
