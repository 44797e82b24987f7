package io.nanoswarm.agent;

import io.nanoswarm.agent.HostPhase.Attempt;
import io.nanoswarm.agent.HostPhase.Beginning;
import io.nanoswarm.agent.HostPhase.Cancelling;
import io.nanoswarm.agent.HostPhase.Ending;
import io.nanoswarm.agent.HostPhase.Gathering;
import io.nanoswarm.agent.HostPhase.Idle;
import io.nanoswarm.agent.HostPhase.Working;
import io.nanoswarm.bus.BusMessage;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.placement.Offers;
import io.nanoswarm.queue.TaskQueue;
import io.nanoswarm.serialization.CborSerializable;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.Assignment;
import io.nanoswarm.session.AttemptRequest;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.TaskId;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Runs one agent on a worker node: claims a task when the agent is free, begins an attempt at the
 * task's session, gives it to the agent, renews its lease, and ends it with what the agent says.
 *
 * <p>Guarantees: the agent has one attempt at a time. Requests to the session are sent again until
 * they are answered, so none is lost with a message. When the lease lapses unanswered, or the
 * session says that the attempt is over, the agent is told and what it still wants to end, post or
 * store is refused. An agent that throws or stops ends its attempt as failed, with the reason, and
 * is started anew for the next.
 *
 * <p>Not promised: that an agent that is told to stop does. If it has not acknowledged within
 * {@link AgentHostSettings#cancelGrace}, the host fails, and its worker is ended with it.
 *
 * <p>Lifecycle: started and stopped by the worker; {@link Stop} gives the task at hand back; if an
 * attempt is just beginning it waits for the answer, to give that back too. After {@link Drain} the
 * attempt at hand, also one that is just beginning, is the last.
 */
public final class AgentHost extends AbstractMatchingBehavior<AgentHost.Command> {

  /** What a host is told from outside. */
  public sealed interface Command extends CborSerializable {}

  /**
   * What the host's node offers from now on. Before the first, it claims as if that were nothing.
   */
  public record Offering(Offers offers) implements Command {}

  /** Stop in order: give the task at hand back, claim no more, stop. */
  public record Stop() implements Command {}

  /** Finish the task at hand, claim no more, stop. */
  public record Drain() implements Command {}

  /** What a host tells itself, or hears through an adapter. Never leaves the JVM. */
  sealed interface Internal extends Command {}

  record Matched(TaskQueue.Match match) implements Internal {}

  record BeginAnswered(Session.BeginReply reply) implements Internal {}

  record RequestAnswered(Session.AttemptReply reply) implements Internal {}

  record Over(TaskId task, Fence fence, String reason) implements Internal {}

  record End(Fence fence, AttemptRequest request, CompletableFuture<Void> stored)
      implements Internal {}

  record Says(Fence fence, String text) implements Internal {}

  record Listen(Fence fence, AttemptEar.Command what) implements Internal {}

  record Told(Fence fence, BusMessage message) implements Internal {}

  private enum Timer implements Internal {
    SEND_AGAIN,
    RENEW,
    LEASE_LAPSED,
    GRACE_OVER,
    SAY
  }

  /** So that a session that has moved hears soon of the attempts that run. */
  private static final Duration RENEW_AT_LEAST = Duration.ofSeconds(5);

  private static final String WORKER_STOPPED = "its worker was stopped";

  private final TimerScheduler<Command> timers;
  private final AgentName name;
  private final Agent agent;
  private final SkillRegistry skills;
  private final HostLinks links;
  private final HostRequests requests;
  private HostPhase phase = new Idle(0);
  private Offers offers = Offers.NONE;
  private long claims;
  private @Nullable ActorRef<Agent.Message> running;
  private @Nullable ActorRef<AttemptEar.Command> ear;
  private @Nullable String unsaid;
  private boolean stopping;
  private boolean draining;

  /**
   * @param agent what is hosted
   * @param skills of the agent; closed with the host
   * @param links to the control nodes and to what an attempt is given
   */
  public static Behavior<Command> create(
      AgentName name,
      WorkerId worker,
      AgentSpec spec,
      Agent agent,
      SkillRegistry skills,
      HostLinks links) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(
            timers -> new AgentHost(context, timers, name, worker, spec, agent, skills, links)));
  }

  private AgentHost(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      AgentName name,
      WorkerId worker,
      AgentSpec spec,
      Agent agent,
      SkillRegistry skills,
      HostLinks links) {
    super(context);
    this.timers = timers;
    this.name = name;
    this.agent = agent;
    this.skills = skills;
    this.links = links;
    requests =
        new HostRequests(
            links.gate(),
            new HostRequests.Who(name, spec.role(), worker),
            new HostRequests.Replies(
                context.messageAdapter(TaskQueue.Match.class, Matched::new),
                context.messageAdapter(Session.BeginReply.class, BeginAnswered::new),
                context.messageAdapter(Session.AttemptReply.class, RequestAnswered::new),
                context.messageAdapter(
                    Session.AttemptCancelled.class,
                    over -> new Over(over.task(), over.fence(), over.reason()))));
    claim();
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Stop _ -> onStop();
      case Drain _ -> onDrain();
      case Offering(var latest) -> onOffering(latest);
      case Matched(var match) -> onMatched(match);
      case BeginAnswered(var reply) -> onBeginAnswered(reply);
      case RequestAnswered(var reply) -> onRequestAnswered(reply);
      case Over over -> onOver(over);
      case End end -> onEnd(end);
      case Says says -> onSays(says);
      case Listen(var fence, var what) -> onListen(fence, what);
      case Told(var fence, var message) -> onTold(fence, message);
      case Timer timer -> onTimer(timer);
    };
  }

  /** Raw signals, since a failed agent's reason comes only with them. */
  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      skills.close();
    } else if (signal instanceof ChildFailed failed) {
      onAgentEnded("the agent failed: " + failed.getCause());
    } else if (signal instanceof Terminated) {
      onAgentEnded("the agent stopped");
    }
    return this;
  }

  private void claim() {
    closeEar();
    if (draining) {
      become(new Idle(claims));
      getContext().getSelf().tell(new Stop());
      return;
    }
    claims++;
    become(new Idle(claims));
    sendAgain();
  }

  /** A claim that waits is made again, since a task may wait for just this. */
  private Behavior<Command> onOffering(Offers latest) {
    offers = latest;
    if (phase instanceof Idle) {
      sendAgain();
    }
    return this;
  }

  private Behavior<Command> onMatched(TaskQueue.Match match) {
    if (phase instanceof Idle(var claimId) && claimId == match.claimId()) {
      become(new Beginning(match.task()));
      sendAgain();
    }
    return this;
  }

  private Behavior<Command> onBeginAnswered(Session.BeginReply reply) {
    boolean awaited = phase instanceof Beginning(var task) && task.equals(reply.task());
    return switch (reply) {
      case Session.MoreResults more -> onMoreResults(more);
      case Session.NotBegun(var task, _)
          when phase instanceof Gathering gathering && gathering.task().equals(task) -> {
        claim();
        yield this;
      }
      case Session.NotBegun notBegun -> {
        if (awaited && stopping) {
          yield Behaviors.stopped();
        }
        if (awaited) {
          getContext()
              .getLog()
              .debug("task [{}] was not begun: [{}]", notBegun.task(), notBegun.why());
          claim();
        }
        yield this;
      }
      case Session.Begun(var task, var assignment, var next) -> {
        if (awaited && stopping) {
          requests.send(task, assignment.fence(), new AttemptRequest.Release(WORKER_STOPPED));
          yield Behaviors.stopped();
        }
        if (awaited) {
          gather(task, assignment, next);
        } else if (phase instanceof Gathering(_, var sofar, _)
            && sofar.fence().equals(assignment.fence())) {
          yield this;
        } else if (current() == null
            || !Objects.requireNonNull(current()).fence().equals(assignment.fence())) {
          requests.send(
              task,
              assignment.fence(),
              new AttemptRequest.Release("its host no longer waits for it"));
        }
        yield this;
      }
    };
  }

  private Behavior<Command> onMoreResults(Session.MoreResults more) {
    if (phase instanceof Gathering(var task, var sofar, var next)
        && sofar.fence().equals(more.fence())
        && next == more.from()) {
      gather(task, sofar.plus(more.results()), more.next());
    }
    return this;
  }

  private void gather(TaskId task, Assignment assignment, int next) {
    if (next == 0) {
      perform(task, assignment);
    } else {
      become(new Gathering(task, assignment, next));
      sendAgain();
    }
  }

  private void perform(TaskId id, Assignment assignment) {
    ActorRef<Command> self = getContext().getSelf();
    var swarm = new AttemptContext(name, id, assignment, links, skills, self);
    var attempt = new Attempt(id, assignment, swarm);
    become(new Working(attempt));
    renewEvery(assignment);
    unsaid = null;
    Task task = AttemptContext.task(assignment);
    agent().tell(task.woken() ? new Agent.Wake(task, swarm) : new Agent.Perform(task, swarm));
  }

  /**
   * Started when it is first needed, so that one that cannot start fails attempts, which are
   * counted.
   */
  private ActorRef<Agent.Message> agent() {
    if (running == null) {
      running = getContext().spawnAnonymous(LinkGuard.around(Behaviors.setup(_ -> agent.create())));
      getContext().watch(running);
    }
    return running;
  }

  private void renewEvery(Assignment assignment) {
    Duration third = assignment.lease().dividedBy(3);
    timers.startTimerWithFixedDelay(
        Timer.RENEW, Timer.RENEW, third.compareTo(RENEW_AT_LEAST) > 0 ? RENEW_AT_LEAST : third);
    timers.startSingleTimer(Timer.LEASE_LAPSED, Timer.LEASE_LAPSED, assignment.lease());
  }

  private Behavior<Command> onEnd(End end) {
    switch (phase) {
      case Working(var attempt) when attempt.fence().equals(end.fence()) -> {
        become(new Ending(attempt, end.request(), end.stored()));
        renewEvery(attempt.assignment());
        sendAgain();
      }
      case Ending(var attempt, var request, var stored)
          when attempt.fence().equals(end.fence()) && request.equals(end.request()) ->
          AttemptContext.pass(stored, end.stored());
      case Cancelling(var attempt, var reason) when attempt.fence().equals(end.fence()) -> {
        end.stored().completeExceptionally(new AttemptOver(attempt.task(), reason));
        claim();
      }
      case Working _, Ending _, Cancelling _, Idle _, Beginning _, Gathering _ ->
          end.stored()
              .completeExceptionally(
                  new IllegalStateException("attempt " + end.fence() + " is ending or over"));
    }
    return this;
  }

  private Behavior<Command> onRequestAnswered(Session.AttemptReply reply) {
    Attempt attempt = current();
    if (attempt == null || !attempt.fence().equals(reply.fence())) {
      return this;
    }
    switch (reply) {
      case Session.Renewed _ ->
          timers.startSingleTimer(
              Timer.LEASE_LAPSED, Timer.LEASE_LAPSED, attempt.assignment().lease());
      case Session.Accepted _ -> {
        if (phase instanceof Ending ending) {
          attempt.swarm().close("it was ended");
          ending.stored().complete(null);
          claim();
        }
      }
      case Session.AttemptOver(var task, var fence, var why) -> onOver(new Over(task, fence, why));
      case Session.Invalid(_, _, var problems) -> {
        if (phase instanceof Ending ending) {
          ending
              .stored()
              .completeExceptionally(new IllegalArgumentException(String.join("; ", problems)));
          become(new Working(attempt));
          renewEvery(attempt.assignment());
        }
      }
    }
    return this;
  }

  private Behavior<Command> onOver(Over over) {
    switch (phase) {
      case Working(var attempt) when attempt.fence().equals(over.fence()) -> {
        attempt.swarm().close(over.reason());
        closeEar();
        become(new Cancelling(attempt, over.reason()));
        timers.startSingleTimer(Timer.GRACE_OVER, Timer.GRACE_OVER, links.settings().cancelGrace());
        agent().tell(new Agent.Cancel(over.task(), over.reason()));
      }
      case Ending(var attempt, _, var stored) when attempt.fence().equals(over.fence()) -> {
        attempt.swarm().close(over.reason());
        stored.completeExceptionally(new AttemptOver(over.task(), over.reason()));
        claim();
      }
      case Gathering(_, var sofar, _) when sofar.fence().equals(over.fence()) -> claim();
      case Working _, Ending _, Cancelling _, Idle _, Beginning _, Gathering _ -> {}
    }
    return this;
  }

  private void onAgentEnded(String reason) {
    running = null;
    switch (phase) {
      case Working(var attempt) ->
          onEnd(
              new End(
                  attempt.fence(),
                  new AttemptRequest.Settle(new Outcome.Failed(reason, true)),
                  new CompletableFuture<>()));
      case Cancelling _ -> claim();
      case Ending _, Idle _, Beginning _, Gathering _ -> {}
    }
  }

  private Behavior<Command> onTimer(Timer timer) {
    switch (timer) {
      case SEND_AGAIN -> sendAgain();
      case RENEW -> {
        if (phase instanceof Working(var attempt)) {
          requests.send(attempt, new AttemptRequest.Renew());
        }
      }
      case LEASE_LAPSED -> {
        Attempt attempt = current();
        if (attempt != null) {
          onOver(
              new Over(
                  attempt.task(), attempt.fence(), "its session did not answer within the lease"));
        }
      }
      case GRACE_OVER -> {
        if (phase instanceof Cancelling(var attempt, _)) {
          throw new UnresponsiveAgent(name, attempt.task(), links.settings().cancelGrace());
        }
      }
      case SAY -> say();
    }
    return this;
  }

  /** Sends what is waited for an answer to; the timer does it again until the phase changes. */
  private void sendAgain() {
    requests.send(phase, offers);
  }

  private Behavior<Command> onSays(Says says) {
    Attempt attempt = current();
    if (attempt != null && attempt.fence().equals(says.fence())) {
      unsaid = says.text();
      if (!timers.isTimerActive(Timer.SAY)) {
        say();
      }
    }
    return this;
  }

  /** At most a few times a second, the latest word only. */
  private void say() {
    Attempt attempt = current();
    if (unsaid != null && attempt != null) {
      links.tell(new AgentEvent.Doing(links.clock().instant(), name, attempt.task(), unsaid));
      unsaid = null;
      timers.startSingleTimer(Timer.SAY, Timer.SAY, links.settings().progressInterval());
    }
  }

  private Behavior<Command> onListen(Fence fence, AttemptEar.Command what) {
    Attempt attempt = current();
    if (attempt == null || !attempt.fence().equals(fence)) {
      AttemptEar.refuse(what);
      return this;
    }
    if (ear == null) {
      ear = getContext().spawnAnonymous(AttemptEar.create(attempt, links, getContext().getSelf()));
    }
    ear.tell(what);
    return this;
  }

  /** Through the host, so that an agent hears nothing of one attempt in the next. */
  private Behavior<Command> onTold(Fence fence, BusMessage message) {
    Attempt attempt = current();
    if (attempt != null && attempt.fence().equals(fence)) {
      agent().tell(new Agent.Heard(message));
    }
    return this;
  }

  private void closeEar() {
    if (ear != null) {
      getContext().stop(ear);
      ear = null;
    }
  }

  private Behavior<Command> onDrain() {
    requests.unclaim();
    draining = true;
    return phase instanceof Idle ? Behaviors.stopped() : this;
  }

  private Behavior<Command> onStop() {
    requests.unclaim();
    Attempt attempt = current();
    if (attempt != null) {
      attempt.swarm().close("its worker is being stopped");
      requests.send(attempt.task(), attempt.fence(), new AttemptRequest.Release(WORKER_STOPPED));
    }
    if (phase instanceof Gathering(var task, var sofar, _)) {
      requests.send(task, sofar.fence(), new AttemptRequest.Release(WORKER_STOPPED));
    }
    stopping = true;
    return phase instanceof Beginning ? this : Behaviors.stopped();
  }

  private @Nullable Attempt current() {
    return switch (phase) {
      case Working(var attempt) -> attempt;
      case Ending(var attempt, _, _) -> attempt;
      case Cancelling _, Idle _, Beginning _, Gathering _ -> null;
    };
  }

  private void become(HostPhase next) {
    phase = next;
    timers.cancel(Timer.RENEW);
    timers.cancel(Timer.LEASE_LAPSED);
    timers.cancel(Timer.GRACE_OVER);
    timers.startTimerWithFixedDelay(
        Timer.SEND_AGAIN, Timer.SEND_AGAIN, links.settings().sendAgainEvery());
  }
}
