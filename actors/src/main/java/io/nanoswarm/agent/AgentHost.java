package io.nanoswarm.agent;

import io.nanoswarm.agent.ClaimAhead.Claimed;
import io.nanoswarm.agent.ClaimAhead.Granted;
import io.nanoswarm.agent.ClaimAhead.Nothing;
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
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.TaskId;
import java.time.Duration;
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

/**
 * Runs one agent on a worker node: claims a task when the agent is free, has an attempt at it
 * begun, gives it to the agent, renews its lease, and ends it with what the agent says. With an
 * outcome it claims the next task, which is matched and begun while the outcome is being stored.
 *
 * <p>Guarantees: the agent has one attempt at a time, and is given the next when its session has
 * said that the one before is over. Requests to the session are sent again until they are answered,
 * so none is lost with a message. When the lease lapses unanswered, or the session says that the
 * attempt is over, the agent is told and what it still wants to end, post or store is refused. An
 * agent that throws or stops ends its attempt as failed, with the reason, and is started anew for
 * the next. An attempt that was granted while an outcome is not stored for {@link
 * AgentHostSettings#sendAgainEvery} is given back.
 *
 * <p>Not promised: that an agent that is told to stop does. If it has not acknowledged within
 * {@link AgentHostSettings#cancelGrace}, the host fails, and its worker is ended with it.
 *
 * <p>Lifecycle: started and stopped by the worker; {@link Stop} gives the task at hand back; what
 * is just beginning is waited for, to give that back too, if it claims for {@value #STOP_SECONDS} s
 * at most. After {@link Drain} the attempt at hand, also one that is just beginning, is the last.
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

  record Unclaimed(long claimId) implements Internal {}

  record BeginAnswered(Session.BeginReply reply) implements Internal {}

  record RequestAnswered(Session.AttemptReply reply) implements Internal {}

  record Over(AttemptId attempt, String reason) implements Internal {}

  record End(AttemptId attempt, AttemptRequest request, CompletableFuture<Void> stored)
      implements Internal {}

  record Says(AttemptId attempt, String text) implements Internal {}

  record Listen(AttemptId attempt, AttemptEar.Command what) implements Internal {}

  record Told(AttemptId attempt, BusMessage message) implements Internal {}

  enum Timer implements Internal {
    SEND_AGAIN,
    RENEW,
    LEASE_LAPSED,
    GRACE_OVER,
    SAY,
    STOP_OVERDUE
  }

  /** A queue that does not answer keeps no worker from ending. */
  private static final int STOP_SECONDS = 1;

  private static final String WORKER_STOPPED = "its worker was stopped";

  private final HostTimers timers;
  private final AgentName name;
  private final AgentSide agent;
  private final SkillRegistry skills;
  private final HostLinks links;
  private final HostRequests requests;
  private final ClaimAhead ahead;
  private HostPhase phase = new Idle(0);
  private Offers offers = Offers.NONE;
  private long claims;
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
    this.timers = new HostTimers(timers, links.settings());
    this.name = name;
    this.agent = new AgentSide(context, timers, name, agent, links, Timer.SAY);
    this.skills = skills;
    this.links = links;
    requests =
        new HostRequests(
            links.gate(),
            new HostRequests.Who(name, spec.role(), worker),
            HostRequests.Replies.to(context));
    ahead = new ClaimAhead(requests);
    claim();
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Stop _ -> onStop();
      case Drain _ -> onDrain();
      case Offering(var latest) -> onOffering(latest);
      case Matched(var match) -> onMatched(match);
      case Unclaimed(var claimId) -> onUnclaimed(claimId);
      case BeginAnswered(var reply) -> onBeginAnswered(reply);
      case RequestAnswered(var reply) -> onRequestAnswered(reply);
      case Over over -> onOver(over);
      case End end -> onEnd(end);
      case Says says -> onSays(says);
      case Listen(var attempt, var what) -> onListen(attempt, what);
      case Told(var attempt, var message) -> onTold(attempt, message);
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
    agent.closeEar();
    if (draining) {
      become(new Idle(0));
      getContext().getSelf().tell(new Stop());
      return;
    }
    claims++;
    become(new Idle(claims));
    sendAgain();
  }

  /** What was ending is over. */
  private void goOn() {
    switch (ahead.take()) {
      case Nothing _ -> claim();
      case Claimed(var claimId) -> {
        agent.closeEar();
        become(new Idle(claimId));
      }
      case Granted(var begun) -> {
        agent.closeEar();
        gather(begun.task(), begun.assignment(), begun.next());
      }
    }
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
      if (stopping || draining) {
        return Behaviors.stopped();
      }
      become(new Beginning(match.task()));
      sendAgain();
    } else {
      ahead.onMatched(match, !draining);
    }
    return this;
  }

  /** Of a host that takes no more tasks: nothing begins that it would have to wait for. */
  private Behavior<Command> onUnclaimed(long claimId) {
    if (!stopping && !draining) {
      return this;
    }
    ahead.onUnclaimed(claimId);
    return phase.equals(new Idle(claimId)) ? Behaviors.stopped() : this;
  }

  private Behavior<Command> onBeginAnswered(Session.BeginReply reply) {
    return switch (reply) {
      case Session.MoreResults more -> onMoreResults(more);
      case Session.NotBegun notBegun -> onNotBegun(notBegun);
      case Session.Begun begun -> onBegun(begun);
    };
  }

  private Behavior<Command> onNotBegun(Session.NotBegun refused) {
    if (phase instanceof Gathering(var task, _, _) && task.equals(refused.task())) {
      claim();
    } else if (phase.awaits(refused.task(), refused.claim())) {
      if (stopping || draining) {
        return Behaviors.stopped();
      }
      getContext().getLog().debug("task [{}] was not begun: [{}]", refused.task(), refused.why());
      claim();
    } else {
      ahead.onNotBegun(refused);
    }
    return this;
  }

  private Behavior<Command> onBegun(Session.Begun begun) {
    TaskId task = begun.task();
    Assignment assignment = begun.assignment();
    var id = new AttemptId(task, assignment.fence());
    if (phase.awaits(task, begun.claim())) {
      if (stopping) {
        requests.release(task, assignment.fence(), WORKER_STOPPED);
        return Behaviors.stopped();
      }
      gather(task, assignment, begun.next());
    } else if (!ahead.onBegun(begun) && !phase.has(id) && !ahead.has(id)) {
      requests.release(task, assignment.fence(), "its host no longer waits for it");
    }
    return this;
  }

  private Behavior<Command> onMoreResults(Session.MoreResults more) {
    if (phase instanceof Gathering(var task, var sofar, var next)
        && phase.has(new AttemptId(more.task(), more.fence()))
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
    timers.startLease(assignment);
    agent.attemptBegins();
    Task task = AttemptContext.task(assignment);
    agent.tell(task.woken() ? new Agent.Wake(task, swarm) : new Agent.Perform(task, swarm));
  }

  private Behavior<Command> onEnd(End end) {
    switch (phase) {
      case Working(var attempt) when attempt.id().equals(end.attempt()) -> {
        become(new Ending(attempt, end.request(), end.stored()));
        timers.startLease(attempt.assignment());
        sendAgain();
        if (end.request() instanceof AttemptRequest.Settle && !draining) {
          claims++;
          ahead.claim(claims, offers);
        }
      }
      case Ending(var attempt, var request, var stored)
          when attempt.id().equals(end.attempt()) && request.equals(end.request()) ->
          AttemptContext.pass(stored, end.stored());
      case Cancelling(var attempt, var reason) when attempt.id().equals(end.attempt()) -> {
        end.stored().completeExceptionally(new AttemptOver(attempt.task(), reason));
        claim();
      }
      case Working _, Ending _, Cancelling _, Idle _, Beginning _, Gathering _ ->
          end.stored()
              .completeExceptionally(
                  new IllegalStateException("attempt " + end.attempt() + " is ending or over"));
    }
    return this;
  }

  private Behavior<Command> onRequestAnswered(Session.AttemptReply reply) {
    Attempt attempt = phase.attempt();
    if (attempt == null || !attempt.id().equals(new AttemptId(reply.task(), reply.fence()))) {
      return this;
    }
    switch (reply) {
      case Session.Renewed _ -> timers.renewed(attempt.assignment());
      case Session.Accepted _ -> {
        if (phase instanceof Ending ending) {
          attempt.swarm().ended();
          ending.stored().complete(null);
          goOn();
        }
      }
      case Session.AttemptOver(var task, var fence, var why) ->
          onOver(new Over(new AttemptId(task, fence), why));
      case Session.Invalid(_, _, var problems) -> {
        if (phase instanceof Ending ending) {
          ending
              .stored()
              .completeExceptionally(new IllegalArgumentException(String.join("; ", problems)));
          ahead.giveUp();
          become(new Working(attempt));
          timers.startLease(attempt.assignment());
        }
      }
    }
    return this;
  }

  private Behavior<Command> onOver(Over over) {
    switch (phase) {
      case Working(var attempt) when attempt.id().equals(over.attempt()) -> {
        attempt.swarm().close(over.reason());
        agent.closeEar();
        become(new Cancelling(attempt, over.reason()));
        timers.startGrace();
        agent.tell(new Agent.Cancel(attempt.task(), over.reason()));
      }
      case Ending(var attempt, _, var stored) when attempt.id().equals(over.attempt()) -> {
        attempt.swarm().close(over.reason());
        stored.completeExceptionally(new AttemptOver(attempt.task(), over.reason()));
        goOn();
      }
      case Ending _ -> ahead.onOver(over.attempt());
      case Gathering gathering when gathering.id().equals(over.attempt()) -> claim();
      case Working _, Cancelling _, Idle _, Beginning _, Gathering _ -> {}
    }
    return this;
  }

  private void onAgentEnded(String reason) {
    agent.ended();
    switch (phase) {
      case Working(var attempt) ->
          onEnd(
              new End(
                  attempt.id(),
                  new AttemptRequest.Settle(new Outcome.Failed(reason, true)),
                  new CompletableFuture<>()));
      case Cancelling _ -> claim();
      case Ending _, Idle _, Beginning _, Gathering _ -> {}
    }
  }

  private Behavior<Command> onTimer(Timer timer) {
    switch (timer) {
      case SEND_AGAIN -> {
        sendAgain();
        ahead.giveUp();
      }
      case RENEW -> {
        if (phase instanceof Working(var attempt)) {
          requests.send(attempt, new AttemptRequest.Renew());
        }
      }
      case LEASE_LAPSED -> {
        Attempt attempt = phase.attempt();
        if (attempt != null) {
          onOver(new Over(attempt.id(), "its session did not answer within the lease"));
        }
      }
      case GRACE_OVER -> {
        if (phase instanceof Cancelling(var attempt, _)) {
          throw new UnresponsiveAgent(name, attempt.task(), links.settings().cancelGrace());
        }
      }
      case SAY -> agent.say(phase.attempt());
      case STOP_OVERDUE -> {
        return Behaviors.stopped();
      }
    }
    return this;
  }

  /** Sends what is waited for an answer to; the timer does it again until the phase changes. */
  private void sendAgain() {
    if (phase instanceof Idle(var claimId) && (stopping || draining)) {
      requests.unclaim(claimId);
    } else {
      requests.send(phase, offers);
    }
  }

  private Behavior<Command> onSays(Says says) {
    Attempt attempt = phase.attempt();
    if (attempt != null && attempt.id().equals(says.attempt())) {
      agent.says(attempt, says.text());
    }
    return this;
  }

  private Behavior<Command> onListen(AttemptId id, AttemptEar.Command what) {
    Attempt attempt = phase.attempt();
    if (attempt == null || !attempt.id().equals(id)) {
      AttemptEar.refuse(what);
    } else {
      agent.listen(attempt, what);
    }
    return this;
  }

  /** Through the host, so that an agent hears nothing of one attempt in the next. */
  private Behavior<Command> onTold(AttemptId id, BusMessage message) {
    Attempt attempt = phase.attempt();
    if (attempt != null && attempt.id().equals(id)) {
      agent.tell(new Agent.Heard(message));
    }
    return this;
  }

  private Behavior<Command> onDrain() {
    requests.unclaim(claims);
    draining = true;
    return this;
  }

  private Behavior<Command> onStop() {
    requests.unclaim(claims);
    stopping = true;
    Attempt attempt = phase.attempt();
    if (attempt != null) {
      attempt.swarm().close("its worker is being stopped");
      requests.release(attempt.task(), attempt.fence(), WORKER_STOPPED);
    }
    return switch (phase) {
      case Beginning _ -> this;
      case Idle(var claimId) -> claimId == 0 ? Behaviors.stopped() : stopWhenAnswered(claimId);
      case Gathering(var task, var sofar, _) -> {
        requests.release(task, sofar.fence(), WORKER_STOPPED);
        yield Behaviors.stopped();
      }
      case Ending _ -> stopInsteadOf(ahead.take());
      case Working _, Cancelling _ -> Behaviors.stopped();
    };
  }

  private Behavior<Command> stopInsteadOf(ClaimAhead.Ahead next) {
    return switch (next) {
      case Nothing _ -> Behaviors.stopped();
      case Claimed(var claimId) -> stopWhenAnswered(claimId);
      case Granted(var begun) -> {
        requests.release(begun.task(), begun.assignment().fence(), WORKER_STOPPED);
        yield Behaviors.stopped();
      }
    };
  }

  /** An attempt may be on its way to meet the claim. */
  private Behavior<Command> stopWhenAnswered(long claimId) {
    become(new Idle(claimId));
    timers.stopWithin(Duration.ofSeconds(STOP_SECONDS));
    return this;
  }

  private void become(HostPhase next) {
    phase = next;
    timers.phaseBegins();
  }
}
