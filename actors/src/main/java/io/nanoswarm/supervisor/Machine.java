package io.nanoswarm.supervisor;

import io.nanoswarm.agent.Gate;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.placement.Offers;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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
 * so is one whose slots are gone, one that the cluster has removed, and all of them when the
 * machine stops.
 *
 * <p>Lifecycle: one per node of role machine, a child of its guardian; stops with the node.
 */
public final class Machine extends AbstractMatchingBehavior<Machine.Command> {

  /** What a machine is told by slots and workers. */
  public sealed interface Command extends CborSerializable {}

  /**
   * Run an agent. Answered by {@link AgentSlot.Accepted} or {@link AgentSlot.Refused}, at once
   * unless the agent needs something; the JVM waits for its turn.
   */
  public record Launch(DesiredAgent agent, Gate gate, ActorRef<AgentSlot.Command> slot)
      implements Command {}

  /** Whether this machine meets these needs. */
  public record Place(List<Need> needs, ActorRef<Placed> replyTo) implements Command {
    public Place {
      needs = List.copyOf(needs);
    }
  }

  /** What this machine offers, as far as anybody has asked for it. */
  public record GetOffers(ActorRef<Offers> replyTo) implements Command {}

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

  private record ProcessStarted(WorkerId worker, WorkerProcess process) implements Command {}

  private record ProcessRefused(WorkerId worker, String reason) implements Command {}

  private record ProcessEnded(WorkerId worker, ExitReport report) implements Command {}

  private record Overdue(WorkerId worker, String cause) implements Command {}

  private record GuardianLost(WorkerId worker) implements Command {}

  private record SlotLost(ActorRef<AgentSlot.Command> slot) implements Command {}

  private record Found(Prober.Found found) implements Command {}

  /**
   * @param probe finds out what this machine offers
   * @param random for the names of workers
   */
  public static Behavior<Command> create(
      WorkerLauncher launcher,
      Probe probe,
      Membership membership,
      SupervisorSettings settings,
      RandomGenerator random) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(
            timers -> new Machine(context, timers, launcher, probe, membership, settings, random)));
  }

  private final TimerScheduler<Command> timers;
  private final WorkerLauncher launcher;
  private final Membership membership;
  private final SupervisorSettings settings;
  private final Fleet fleet;
  private final ActorRef<Prober.Command> prober;
  private final ActorRef<Prober.Found> found;

  /** What is to be done when it is known whether needs are met; as many as have asked. */
  private final Map<List<Need>, List<Consumer<Placed>>> placing = new HashMap<>();

  private final String self;
  private Offers offers = Offers.NONE;

  private Machine(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      WorkerLauncher launcher,
      Probe probe,
      Membership membership,
      SupervisorSettings settings,
      RandomGenerator random) {
    super(context);
    this.timers = timers;
    this.launcher = launcher;
    this.membership = membership;
    this.settings = settings;
    this.fleet = new Fleet(settings.sharedHeapMegabytes(), random);
    this.self = ActorRefResolver.get(context.getSystem()).toSerializationFormat(context.getSelf());
    prober = context.spawn(Prober.create(probe), "prober");
    found = context.messageAdapter(Prober.Found.class, Found::new);
    prober.tell(new Prober.Ask(List.of(), found));
  }

  @Override
  public Behavior<Command> onMessage(Command message) {
    switch (message) {
      case Launch launch -> onLaunch(launch);
      case Place(var needs, var replyTo) -> place(needs, replyTo::tell);
      case GetOffers(var replyTo) -> replyTo.tell(offers);
      case Found(var answer) -> onFound(answer);
      case Stop(var id, var agent) -> fleet.find(id).ifPresent(worker -> release(worker, agent));
      case Drain(var id, var agent) -> fleet.find(id).ifPresent(worker -> onDrain(worker, agent));
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

  private void onLaunch(Launch launch) {
    if (launch.agent().spec().needs().isEmpty()) {
      accept(launch);
      return;
    }
    place(
        launch.agent().spec().needs(),
        placed ->
            placed
                .refusal()
                .ifPresentOrElse(
                    reason -> launch.slot().tell(new AgentSlot.Refused(reason)),
                    () -> accept(launch)));
  }

  private void place(List<Need> needs, Consumer<Placed> then) {
    placing.computeIfAbsent(needs, _ -> new ArrayList<>()).add(then);
    prober.tell(new Prober.Ask(needs, found));
  }

  private void onFound(Prober.Found answer) {
    if (!answer.offers().equals(offers)) {
      offers = answer.offers();
      fleet.all().forEach(worker -> worker.offer(offers));
    }
    var placed = new Placed(answer.needs(), offers.lacking(answer.needs()), 1);
    var waiting = placing.remove(answer.needs());
    if (waiting != null) {
      waiting.forEach(then -> then.accept(placed));
    }
  }

  private void accept(Launch launch) {
    var worker = fleet.placeFor(launch.agent());
    var tenant = new Tenant(launch.agent(), launch.gate(), launch.slot());
    worker.tenants.put(launch.agent().name(), tenant);
    getContext().watchWith(launch.slot(), new SlotLost(launch.slot()));
    launch.slot().tell(new AgentSlot.Accepted(worker.id, getContext().getSelf()));
    worker.admit(tenant);
  }

  private void startNext() {
    fleet.nextToStart(settings.startsAtOnce()).ifPresent(this::start);
  }

  private void start(OwnedWorker worker) {
    worker.phase = Phase.STARTING;
    var order =
        new WorkerOrder(worker.id, self, membership.self().toString(), worker.heapMegabytes);
    getContext()
        .pipeToSelf(
            launcher.launch(order),
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
      worker.tenants.values().forEach(tenant -> tenant.slot().tell(started));
    }
  }

  private void onHello(OwnedWorker worker, Hello hello) {
    worker.guardian = hello.guardian();
    worker.address = hello.address();
    getContext().watchWith(hello.guardian(), new GuardianLost(worker.id));
    if (worker.phase == Phase.STARTING) {
      worker.phase = Phase.UP;
      limit(worker, settings.deadlines().hello(), "did not host its agent within %s");
      worker.offer(offers);
      worker.tenants.values().forEach(worker::host);
    }
  }

  private void onHosted(OwnedWorker worker, AgentName agent) {
    var tenant = worker.tenants.get(agent);
    if (tenant != null && worker.phase == Phase.UP) {
      timers.cancel(worker.id);
      tenant.slot().tell(new AgentSlot.Hosted(worker.id, String.valueOf(worker.address)));
    }
  }

  private void onHostFailed(OwnedWorker worker, HostFailed failed) {
    var tenant = worker.tenants.remove(failed.agent());
    if (tenant == null) {
      return;
    }
    getContext().unwatch(tenant.slot());
    var reason = failed.reason();
    tenant
        .slot()
        .tell(
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
        if (worker.guardian != null && worker.tenants.containsKey(agent)) {
          worker.guardian.tell(new Worker.Drain(agent));
        }
      }
      case STOPPING -> {}
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
      getContext().unwatch(tenant.slot());
      tenant.slot().tell(new AgentSlot.Ended(worker.id, "stopped"));
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
    timers.cancel(worker.id);
    if (worker.address != null) {
      membership.cluster().tell(new Down(worker.address));
    }
    if (worker.guardian != null) {
      getContext().unwatch(worker.guardian);
    }
    var ended = new AgentSlot.Ended(worker.id, worker.killedFor == null ? cause : worker.killedFor);
    for (var tenant : worker.tenants.values()) {
      getContext().unwatch(tenant.slot());
      tenant.slot().tell(ended);
    }
  }

  /** The cluster has removed the worker; the process may be one that no longer listens. */
  private void onGuardianLost(OwnedWorker worker) {
    if (worker.phase != Phase.STOPPING) {
      worker.kill("removed from the cluster");
    }
  }

  private void onSlotLost(ActorRef<AgentSlot.Command> slot) {
    for (var worker : List.copyOf(fleet.all())) {
      worker.tenants.values().stream()
          .filter(tenant -> tenant.slot().equals(slot))
          .map(tenant -> tenant.agent().name())
          .toList()
          .forEach(agent -> release(worker, agent));
    }
  }

  private void limit(OwnedWorker worker, Duration within, String cause) {
    var overdue = new Overdue(worker.id, cause.formatted(within.toSeconds() + " s"));
    timers.startSingleTimer(worker.id, overdue, within);
  }
}
