package io.nanoswarm.supervisor;

import io.nanoswarm.agent.AgentEvent;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.queue.TaskQueue;
import io.nanoswarm.serialization.CborSerializable;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one desired agent running: asks a machine for its JVM, hears of its end, tells the queue of
 * it, and asks anew after a backoff.
 *
 * <p>Guarantees: at most one JVM hosts the agent on behalf of this slot; what a machine promises
 * too late is sent back. What a machine says of its JVM and is lost, as when a connection breaks,
 * is asked for again. After the deaths that {@link io.nanoswarm.agent.AgentSpec.Restarts#limit()}
 * allows within its window, or at once when the agent cannot be hosted at all or no node offers
 * what it needs, the slot gives up and says so until it is revived or stopped.
 *
 * <p>Not promised: that the agent's work goes on where it was; that is the session's business.
 *
 * <p>Lifecycle: started by the {@link Supervisor}; stops after {@link Stop} or {@link Retire}, when
 * its JVM has ended. If it fails, its machine ends the JVM.
 */
public final class AgentSlot {

  /** What a slot is told by its machine and its supervisor. */
  public sealed interface Command extends CborSerializable {}

  /**
   * The machine will start the agent's JVM when its turn comes, or has one for it.
   *
   * @param node of the machine, as {@code host:port}
   */
  public record Accepted(WorkerId worker, ActorRef<Machine.Command> machine, String node)
      implements Command {}

  /** No machine takes agents now; the wish is kept until one does. */
  record NoMachine() implements Command {}

  /** A machine has been asked. */
  record PassedOn() implements Command {}

  /** The machine does not meet the agent's needs: nothing was started. */
  public record Refused(String reason) implements Command {}

  /** The process exists. */
  public record Started(WorkerId worker, long pid) implements Command {}

  /** The worker has joined the cluster and hosts the agent. */
  public record Hosted(WorkerId worker, String address) implements Command {}

  /** The worker cannot host the agent, and no other could: trying again is pointless. */
  public record HostFailed(WorkerId worker, String reason) implements Command {}

  /** The agent is no longer hosted: its JVM has ended, or the agent's host within it. */
  public record Ended(WorkerId worker, String cause) implements Command {}

  /** Somebody needs the agent: if it was given up, start it anew, as if it had never died. */
  record Revive() implements Command {}

  /** End the agent's JVM at once and start another, which is started anyway if none runs. */
  record Restart() implements Command {}

  /** End the agent's JVM in order, then stop. */
  public record Stop() implements Command {}

  /**
   * Another slot takes this one's place: let the agent finish what it works on, then end its JVM,
   * then stop.
   */
  record Retire() implements Command {}

  private record StartAgain() implements Command {}

  private record DrainAgain() implements Command {}

  private record NotAccepted() implements Command {}

  private record LookAgain() implements Command {}

  private record MachineLost(ActorRef<Machine.Command> machine) implements Command {}

  /** A slot whose first JVM its supervisor has asked for, since only that keeps an order. */
  static Behavior<Command> create(
      DesiredAgent agent,
      Surroundings surroundings,
      ActorRef<Machines.Command> machines,
      ActorRef<Supervisor.Command> supervisor) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers ->
            new AgentSlot(context, timers, agent, surroundings, machines, supervisor)
                .launched(SlotHistory.none(agent.spec().restarts()))));
  }

  private final ActorContext<Command> context;
  private final TimerScheduler<Command> timers;
  private final DesiredAgent agent;
  private final Surroundings surroundings;
  private final ActorRef<Machines.Command> machines;
  private final ActorRef<Supervisor.Command> supervisor;
  private final Backoff backoff;
  private final AgentNews news;

  private AgentSlot(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      DesiredAgent agent,
      Surroundings surroundings,
      ActorRef<Machines.Command> machines,
      ActorRef<Supervisor.Command> supervisor) {
    this.context = context;
    context.setLoggerName(AgentSlot.class);
    this.timers = timers;
    this.agent = agent;
    this.surroundings = surroundings;
    this.machines = machines;
    this.supervisor = supervisor;
    this.news = new AgentNews(surroundings.bus());
    var restarts = agent.spec().restarts();
    this.backoff =
        new Backoff(restarts.minBackoff(), restarts.maxBackoff(), surroundings.settings().jitter());
  }

  /** One JVM of this slot, known step by step. */
  private record Life(@Nullable ActorRef<Machine.Command> machine, SlotView.Jvm jvm) {
    static final Life UNKNOWN = new Life(null, SlotView.Jvm.NONE);

    boolean is(WorkerId worker) {
      return worker.equals(jvm.worker());
    }

    Life started(long pid) {
      return new Life(machine, new SlotView.Jvm(jvm.node(), jvm.worker(), pid, null));
    }

    Life hosted(String address) {
      return new Life(machine, new SlotView.Jvm(jvm.node(), jvm.worker(), jvm.pid(), address));
    }
  }

  private Behavior<Command> launch(SlotHistory past) {
    machines.tell(new Machines.Launch(agent, context.getSelf()));
    return launched(past);
  }

  private Behavior<Command> launched(SlotHistory past) {
    awaitAcceptance();
    return starting(past, Life.UNKNOWN);
  }

  private void awaitAcceptance() {
    timers.startSingleTimer(new NotAccepted(), surroundings.settings().deadlines().accept());
  }

  private Behavior<Command> starting(SlotHistory past, Life life) {
    show(new SlotView.Starting(), past, life);
    return Behaviors.receiveMessage(message ->
        switch (message) {
          case Accepted accepted when life.machine() == null -> starting(past, accept(accepted));
          case Accepted late -> sendBack(late);
          case Started(var worker, var pid) when life.is(worker) ->
              starting(past, life.started(pid));
          case Hosted(var worker, var address) when life.is(worker) ->
              onHosted(past, life.hosted(address));
          case HostFailed(var worker, var reason) when life.is(worker) ->
              giveUp(past.died(surroundings.clock().instant(), reason), life);
          case Refused(var reason) ->
              giveUp(past.died(surroundings.clock().instant(), reason), life);
          case Ended(var worker, var cause) when life.is(worker) -> died(past, life, cause);
          case NotAccepted _ -> died(past, life, "no machine answered");
          case NoMachine _ -> {
            timers.cancel(new NotAccepted());
            yield Behaviors.same();
          }
          case PassedOn _ -> {
            if (life.machine() == null) {
              awaitAcceptance();
            }
            yield Behaviors.same();
          }
          case MachineLost(var machine) when machine.equals(life.machine()) ->
              died(past, life, "its machine is gone");
          case LookAgain _ -> look(life);
          case Stop _ -> stop(past, life);
          case Retire _ -> life.machine() == null ? stop(past, life) : drain(past, life);
          case Restart _ -> kill(life);
          case Started _, Hosted _, HostFailed _, Ended _, MachineLost _ -> Behaviors.same();
          case StartAgain _, DrainAgain _, Revive _ -> Behaviors.same();
        });
  }

  private Behavior<Command> up(SlotHistory past, Life life) {
    show(new SlotView.Up(), past, life);
    return Behaviors.receiveMessage(message ->
        switch (message) {
          case Accepted late -> sendBack(late);
          case HostFailed(var worker, var reason) when life.is(worker) ->
              giveUp(past.died(surroundings.clock().instant(), reason), life);
          case Ended(var worker, var cause) when life.is(worker) -> died(past, life, cause);
          case MachineLost(var machine) when machine.equals(life.machine()) ->
              died(past, life, "its machine is gone");
          case LookAgain _ -> look(life);
          case Stop _ -> stop(past, life);
          case Retire _ -> drain(past, life);
          case Restart _ -> kill(life);
          case Started _, Hosted _, HostFailed _, Ended _, MachineLost _ -> Behaviors.same();
          case Refused _, NoMachine _, PassedOn _, StartAgain _, NotAccepted _ -> Behaviors.same();
          case DrainAgain _, Revive _ -> Behaviors.same();
        });
  }

  private Behavior<Command> look(Life life) {
    var worker = life.jvm().worker();
    if (life.machine() != null && worker != null) {
      life.machine().tell(new Machine.LookAfter(worker, agent.name(), context.getSelf()));
    }
    return Behaviors.same();
  }

  private Behavior<Command> kill(Life life) {
    var worker = life.jvm().worker();
    if (life.machine() != null && worker != null) {
      life.machine().tell(new Machine.Kill(worker, "restarted by a person"));
    }
    return Behaviors.same();
  }

  private Behavior<Command> restarting(SlotHistory past) {
    return Behaviors.receiveMessage(message ->
        switch (message) {
          case StartAgain _ -> launch(past.restarted());
          case Accepted late -> sendBack(late);
          case Stop _, Retire _ -> stopped(past);
          case Started _, Hosted _, HostFailed _, Ended _, MachineLost _ -> Behaviors.same();
          case Refused _, NoMachine _, PassedOn _, NotAccepted _, DrainAgain _ -> Behaviors.same();
          case Revive _, Restart _, LookAgain _ -> Behaviors.same();
        });
  }

  private Behavior<Command> gaveUp(SlotHistory past) {
    return Behaviors.receiveMessage(message ->
        switch (message) {
          case Revive _, Restart _ -> launch(SlotHistory.none(agent.spec().restarts()));
          case Accepted late -> sendBack(late);
          case Stop _, Retire _ -> stopped(past);
          case Started _, Hosted _, HostFailed _, Ended _, MachineLost _ -> Behaviors.same();
          case Refused _, NoMachine _, PassedOn _, StartAgain _, NotAccepted _ -> Behaviors.same();
          case DrainAgain _, LookAgain _ -> Behaviors.same();
        });
  }

  private Behavior<Command> drain(SlotHistory past, Life life) {
    timers.cancel(new NotAccepted());
    timers.startTimerWithFixedDelay(new DrainAgain(), surroundings.settings().deadlines().accept());
    tellDrain(life);
    show(new SlotView.Draining(), past, life);
    return draining(past, life);
  }

  private void tellDrain(Life life) {
    var worker = life.jvm().worker();
    if (life.machine() != null && worker != null) {
      life.machine().tell(new Machine.Drain(worker, agent.name()));
    }
  }

  /** Its end is no news: the agent of this name is another one's by now. */
  private Behavior<Command> draining(SlotHistory past, Life life) {
    return Behaviors.receiveMessage(message ->
        switch (message) {
          case DrainAgain _ -> {
            tellDrain(life);
            yield Behaviors.same();
          }
          case Accepted late -> sendBack(late);
          case HostFailed(var worker, _) when life.is(worker) -> onDrained(past, life);
          case Ended(var worker, _) when life.is(worker) -> onDrained(past, life);
          case MachineLost(var machine) when machine.equals(life.machine()) ->
              onDrained(past, life);
          case LookAgain _ -> look(life);
          case Stop _ -> stop(past, life);
          case Started _, Hosted _, HostFailed _, Ended _, MachineLost _ -> Behaviors.same();
          case Refused _, NoMachine _, PassedOn _, StartAgain _, NotAccepted _ -> Behaviors.same();
          case Retire _, Revive _, Restart _ -> Behaviors.same();
        });
  }

  private Behavior<Command> onDrained(SlotHistory past, Life life) {
    tellQueueOfEnd(life);
    return stopped(past);
  }

  private Behavior<Command> stopping(SlotHistory past, Life life) {
    return Behaviors.receiveMessage(message ->
        switch (message) {
          case Accepted accepted when life.machine() == null -> stop(past, accept(accepted));
          case Accepted late -> sendBack(late);
          case Ended(var worker, _) when life.is(worker) -> onStopped(past, life);
          case Refused _, NotAccepted _ -> stopped(past);
          case MachineLost _ -> onStopped(past, life);
          case LookAgain _ -> {
            tellStop(life);
            yield look(life);
          }
          case Started _, Hosted _, HostFailed _, Ended _ -> Behaviors.same();
          case Stop _, Retire _, StartAgain _, DrainAgain _, Revive _ -> Behaviors.same();
          case NoMachine _ -> stopped(past);
          case PassedOn _, Restart _ -> Behaviors.same();
        });
  }

  private Life accept(Accepted accepted) {
    timers.cancel(new NotAccepted());
    context.watchWith(accepted.machine(), new MachineLost(accepted.machine()));
    timers.startTimerWithFixedDelay(new LookAgain(), surroundings.settings().deadlines().accept());
    return new Life(
        accepted.machine(), new SlotView.Jvm(accepted.node(), accepted.worker(), null, null));
  }

  private Behavior<Command> sendBack(Accepted late) {
    late.machine().tell(new Machine.Stop(late.worker(), agent.name()));
    return Behaviors.same();
  }

  private Behavior<Command> onHosted(SlotHistory past, Life life) {
    var pid = life.jvm().pid();
    context.getLog().info("agent [{}] up, pid [{}]", agent.name(), pid);
    news.tell(
        new AgentEvent.Up(
            surroundings.clock().instant(),
            agent.name(),
            agent.spec().role(),
            pid == null ? 0 : pid,
            past.restarts()));
    return up(past, life);
  }

  private Behavior<Command> died(SlotHistory before, Life life, String cause) {
    timers.cancel(new NotAccepted());
    var now = surroundings.clock().instant();
    var past = before.died(now, cause);
    if (past.exhausted()) {
      return giveUp(past, life);
    }
    timers.cancel(new LookAgain());
    tellOfEnd(life, cause, true);
    var wait = backoff.after(past.deaths().size(), surroundings.random());
    context.getLog().warn("agent [{}] down: {}; again in [{}]", agent.name(), cause, wait);
    timers.startSingleTimer(new StartAgain(), wait);
    show(new SlotView.Restarting(now.plus(wait)), past, Life.UNKNOWN);
    return restarting(past);
  }

  private Behavior<Command> giveUp(SlotHistory past, Life life) {
    timers.cancel(new NotAccepted());
    var cause = String.valueOf(past.lastDeath());
    context.getLog().error("agent [{}] given up: {}", agent.name(), cause);
    timers.cancel(new LookAgain());
    tellOfEnd(life, cause, false);
    show(new SlotView.GaveUp(), past, Life.UNKNOWN);
    return gaveUp(past);
  }

  private Behavior<Command> stop(SlotHistory past, Life life) {
    if (life.machine() == null) {
      awaitAcceptance();
    } else {
      tellStop(life);
    }
    return stopping(past, life);
  }

  private void tellStop(Life life) {
    var worker = life.jvm().worker();
    if (life.machine() != null && worker != null) {
      life.machine().tell(new Machine.Stop(worker, agent.name()));
    }
  }

  private Behavior<Command> onStopped(SlotHistory past, Life life) {
    tellOfEnd(life, "stopped", false);
    return stopped(past);
  }

  private Behavior<Command> stopped(SlotHistory past) {
    show(new SlotView.Stopped(), past, Life.UNKNOWN);
    return Behaviors.stopped();
  }

  private void tellOfEnd(Life life, String cause, boolean restarting) {
    tellQueueOfEnd(life);
    var at = surroundings.clock().instant();
    news.tell(new AgentEvent.Down(at, agent.name(), life.jvm().pid(), cause, restarting));
  }

  private void tellQueueOfEnd(Life life) {
    var worker = life.jvm().worker();
    if (worker != null) {
      var role = agent.spec().role().value();
      surroundings
          .gate()
          .queues()
          .tell(new ShardingEnvelope<>(role, new TaskQueue.HostGone(agent.name(), worker)));
    }
  }

  private void show(SlotView.State state, SlotHistory past, Life life) {
    supervisor.tell(
        new Supervisor.SlotChanged(
            context.getSelf(),
            new SlotView(agent, state, life.jvm(), past.restarts(), past.lastDeath())));
  }
}
