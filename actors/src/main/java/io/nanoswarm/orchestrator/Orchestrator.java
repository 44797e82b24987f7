package io.nanoswarm.orchestrator;

import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.Blackboard;
import io.nanoswarm.blackboard.Expectation;
import io.nanoswarm.cluster.NodeRole;
import io.nanoswarm.directory.SessionDirectory;
import io.nanoswarm.entity.SameNode;
import io.nanoswarm.mirror.Mirror;
import io.nanoswarm.placement.Placed;
import io.nanoswarm.planner.PlannerUnavailable;
import io.nanoswarm.queue.TaskQueue;
import io.nanoswarm.serialization.CborSerializable;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.LogFields;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.SessionUpdate;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskRecord;
import io.nanoswarm.supervisor.Supervisor;
import io.nanoswarm.supervisor.SupervisorView;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.jspecify.annotations.Nullable;

/**
 * Drives one unfinished session: has it planned, offers what is ready, and concludes it.
 *
 * <p>Guarantees: everything it does follows from what the session has stored, so that it may be
 * started anywhere, at any time, and twice. A session is concluded when all its tasks have ended,
 * as completed only if all were completed and the answer stands in {@code final/}. Its mirror has
 * caught up by then, unless that takes longer than {@link OrchestratorSettings#mirrorGrace}.
 *
 * <p>A task whose needs no node meets is ended at once, with the reason. A session fails, and says
 * so, when all agents of a role that a ready task needs have given up.
 *
 * <p>Not promised: progress without agents of the roles that the plan asks for; such tasks wait.
 *
 * <p>Lifecycle: started by {@link Drive}, stops when the session is over.
 */
public final class Orchestrator extends AbstractMatchingBehavior<Orchestrator.Command> {
  public static final EntityTypeKey<Command> TYPE_KEY =
      EntityTypeKey.create(Command.class, "orchestrator");

  private static final Duration MIN_RESTART = Duration.ofMillis(500);
  private static final Duration MAX_RESTART = Duration.ofSeconds(30);
  private static final double RESTART_JITTER = 0.2;

  /** What an orchestrator is told. */
  public sealed interface Command extends CborSerializable {}

  /** Drive the session, if it is not driven already. */
  public record Drive() implements Command {}

  private record SessionChanged(SessionUpdate update) implements Command {}

  private record Planned(int question, Plan plan) implements Command {}

  private record PlanAnswered(Session.PlanReply reply) implements Command {}

  private record NotPlanned(int question, String reason) implements Command {}

  private record NotPlannedYet(int question, String reason) implements Command {}

  private record HostWasLost(TaskQueue.HostLost lost) implements Command {}

  private record AgentsSeen(SupervisorView view) implements Command {}

  private record PlaceFound(Placements.Wanted wanted, Placed placed) implements Command {}

  private record NoPlaceFound(Placements.Wanted wanted, Throwable why) implements Command {}

  private record AnswerChecked(int question, boolean answered) implements Command {}

  private enum Timer implements Command {
    OFFER_AGAIN,
    SESSION_TIME_IS_UP
  }

  private record Stop() implements Command {}

  /** From asking what nodes offer to the moment that counts as unknown; longer than a probe. */
  private static final Duration PLACE_WITHIN = Duration.ofSeconds(20);

  private final SessionId session;
  private final OrchestratorLinks links;
  private final ActorRef<Mirror.Command> mirror;
  private final ActorRef<SessionUpdate> updates;
  private final ActorRef<SupervisorView> agentsSeen;
  private final ActorRef<Session.PlanReply> plans;
  private final RunProgress progress = new RunProgress();
  private final TaskOffers offers;
  private final QuestionClock clock;
  private SessionSnapshot now;

  /** The number of the question that is worked on, 0 before anything is known. */
  private int question;

  private boolean planning;
  private @Nullable Plan proposal;
  private Session.@Nullable Conclude decided;
  private boolean started;
  private boolean paused;
  private boolean concluding;

  /** Restarted around its set-up when it fails: everything it knows it reads anew. */
  public static Behavior<Command> create(SessionId session, OrchestratorLinks links) {
    Behavior<Command> behavior =
        Behaviors.setup(context ->
            Behaviors.withTimers(timers -> new Orchestrator(context, timers, session, links)));
    return Behaviors.withMdc(
        Command.class,
        LogFields.of(session),
        Behaviors.supervise(behavior)
            .onFailure(
                SupervisorStrategy.restartWithBackoff(MIN_RESTART, MAX_RESTART, RESTART_JITTER)));
  }

  /** Starts the shard region of all orchestrators on this node. */
  public static ActorRef<ShardingEnvelope<Command>> initSharding(
      ActorSystem<?> system, OrchestratorLinks links) {
    return ClusterSharding.get(system)
        .init(
            Entity.of(TYPE_KEY, entity -> create(new SessionId(entity.getEntityId()), links))
                .withRole(NodeRole.CONTROL.id())
                .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy())
                .withAllocationStrategy(SameNode.of(system))
                .withStopMessage(new Stop()));
  }

  private Orchestrator(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      SessionId session,
      OrchestratorLinks links) {
    super(context);
    context.setLoggerName(Orchestrator.class);
    this.session = session;
    this.links = links;
    now = new SessionSnapshot(session, new SessionState.Absent(), Map.of());
    mirror = context.spawn(links.mirror().apply(session), "mirror");
    updates = context.messageAdapter(SessionUpdate.class, SessionChanged::new);
    agentsSeen = context.messageAdapter(SupervisorView.class, AgentsSeen::new);
    offers =
        new TaskOffers(
            links.gate(),
            context.messageAdapter(TaskQueue.HostLost.class, HostWasLost::new),
            this::askForPlace,
            (task, reason) -> tellSession(new Session.Abandon(task, reason)),
            progress);
    clock = new QuestionClock(timers, links.clock(), Timer.SESSION_TIME_IS_UP);
    plans = context.messageAdapter(Session.PlanReply.class, PlanAnswered::new);
    timers.startTimerWithFixedDelay(
        Timer.OFFER_AGAIN, Timer.OFFER_AGAIN, links.settings().offerAgainEvery());
    tellSession(new Session.Watch(updates));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Drive _ -> this;
      case SessionChanged(var update) -> onSessionChanged(update);
      case Planned(var of, var plan) -> of == question ? onPlanned(plan) : this;
      case PlanAnswered(var reply) -> onPlanAnswered(reply);
      case NotPlanned(var of, var reason) ->
          of == question ? concludeUnplanned("no plan: " + reason) : this;
      case NotPlannedYet(var of, var reason) -> of == question ? onNotPlannedYet(reason) : this;
      case HostWasLost(var lost) -> onHostLost(lost);
      case AgentsSeen(var view) -> onAgentsSeen(view);
      case PlaceFound(var wanted, var placed) -> onPlaceFound(wanted, placed);
      case NoPlaceFound(var wanted, var why) -> onNoPlaceFound(wanted, why);
      case AnswerChecked(var of, var answered) -> of == question ? onAnswerChecked(answered) : this;
      case Timer timer -> onTimer(timer);
      case Stop _ -> Behaviors.stopped();
    };
  }

  private Behavior<Command> onSessionChanged(SessionUpdate update) {
    now = update.now();
    return switch (now.state()) {
      case SessionState.Absent _ -> {
        getContext().getLog().warn("session [{}] was never opened, nothing to drive", session);
        yield Behaviors.stopped();
      }
      case SessionState.Concluded(var last, var ending, var at) -> {
        offers.withdrawAll(last);
        links.directory().tell(new SessionDirectory.NoteEnding(session, ending.word(), at, null));
        getContext().getLog().info("session [{}] has ended as [{}]", session, ending.word());
        yield Behaviors.stopped();
      }
      case SessionState.Active active -> {
        start(active);
        pauseOrGoOn(active);
        tellBlackboard(update.stored());
        if (decided != null && decided.unplanned() && active.planned()) {
          // Another node has a plan where this one has none, and may be gone.
          decided = null;
          postContext(active);
        }
        if (concluding && !active.allEnded()) {
          // A person has had tasks tried again meanwhile.
          concluding = false;
          decided = null;
        }
        var concerned = RunProgress.concerned(active, update);
        closeEnded(concerned);
        if (update.began() != null) {
          offers.began(active, update.began());
        }
        drive(active, concerned);
        yield this;
      }
    };
  }

  /**
   * Once for a question in the life of this actor: its clock, and what an earlier orchestrator may
   * have missed. A further question finds it still there if it did not hear of the end of the one
   * before.
   */
  private void start(SessionState.Active active) {
    if (question != active.questions()) {
      question = active.questions();
      started = false;
      planning = false;
      proposal = null;
      decided = null;
      concluding = false;
      clock.stop();
    }
    if (started) {
      return;
    }
    started = true;
    clock.start(active.question());
    if (active.planned()) {
      postContext(active);
    }
    for (TaskRecord task : active.tasks().values()) {
      if (task.phase() instanceof TaskRecord.Open && task.lastEnded() != null) {
        endAttempt(task.id(), task.lastEnded(), false, false);
      }
    }
  }

  /** What it has is told by the state, since an update may be missed. */
  private void pauseOrGoOn(SessionState.Active active) {
    if (paused == active.paused()) {
      return;
    }
    paused = active.paused();
    if (paused) {
      clock.stop();
      offers.pause(active, now);
      if (decided != null && decided.ending() instanceof Ending.TimedOut) {
        // The clock fired before the pause was heard of.
        decided = null;
        concluding = false;
      }
    } else {
      clock.start(active.question());
    }
  }

  /** Of every task that has ended, once: updates that would have said so may have been missed. */
  private void closeEnded(Collection<TaskRecord> concerned) {
    for (TaskRecord task : progress.closed(concerned)) {
      endAttempt(
          task.id(),
          Objects.requireNonNull(task.lastEnded()),
          task.phase() instanceof TaskRecord.Settled,
          task.settledAtOnce());
    }
  }

  private void drive(SessionState.Active active, Collection<TaskRecord> concerned) {
    if (!active.planned()) {
      plan(active);
    } else if (active.allEnded()) {
      beginConclusion();
    } else {
      offers.offer(active, now, concerned);
    }
  }

  private void plan(SessionState.Active active) {
    if (proposal != null) {
      record(proposal);
    }
    if (planning || active.paused()) {
      return;
    }
    planning = true;
    int of = question;
    var asked = active.question();
    getContext()
        .pipeToSelf(
            links
                .planner()
                .plan(session, asked.goal(), active.earlier(), asked.workspace())
                .thenApply(plan -> FollowUpPlan.named(plan, of)),
            (plan, failure) -> failure == null ? new Planned(of, plan) : notPlanned(of, failure));
  }

  private static Command notPlanned(int question, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return cause instanceof PlannerUnavailable
        ? new NotPlannedYet(question, reason)
        : new NotPlanned(question, reason);
  }

  /** It is planned when the session is next seen, which is asked for together with the offers. */
  private Behavior<Command> onNotPlannedYet(String reason) {
    getContext().getLog().warn("session [{}] is not planned yet: [{}]", session, reason);
    planning = false;
    return this;
  }

  private Behavior<Command> onPlanned(Plan plan) {
    proposal = plan;
    record(plan);
    return this;
  }

  private void record(Plan plan) {
    tellSession(new Session.RecordPlan(plan, plans));
  }

  private Behavior<Command> onPlanAnswered(Session.PlanReply reply) {
    return switch (reply) {
      case Session.PlanStored(var snapshot) -> {
        snapshot.active().ifPresent(this::postContext);
        yield this;
      }
      case Session.PlanRefused(var problems) ->
          concludeUnplanned("the plan is invalid: " + String.join("; ", problems));
    };
  }

  private void postContext(SessionState.Active active) {
    tellBoard(
        new Blackboard.Post(
            ContextEntry.of(active),
            new Author.Swarm(),
            active.questions() == 1 ? new Expectation.Revision(0) : new Expectation.Anything(),
            getContext().getSystem().ignoreRef()));
  }

  private void askForPlace(Placements.Wanted wanted) {
    getContext()
        .ask(
            Placed.class,
            links.supervisor(),
            PLACE_WITHIN,
            (ActorRef<Placed> replyTo) ->
                new Supervisor.Place(wanted.role(), wanted.needs(), replyTo),
            (placed, failure) ->
                failure == null
                    ? new PlaceFound(wanted, placed)
                    : new NoPlaceFound(wanted, failure));
  }

  private Behavior<Command> onPlaceFound(Placements.Wanted wanted, Placed placed) {
    offers.placed(wanted, placed);
    if (now.state() instanceof SessionState.Active active) {
      drive(active, active.tasks().values());
    }
    return this;
  }

  /** It is asked again together with the next offers. */
  private Behavior<Command> onNoPlaceFound(Placements.Wanted wanted, Throwable why) {
    getContext()
        .getLog()
        .warn(
            "session [{}]: no node says whether it offers {}: [{}]",
            session,
            wanted,
            why.toString());
    return this;
  }

  /** What an attempt posted counts only if it settled its task. */
  private void tellBlackboard(List<SessionEvent> stored) {
    for (SessionEvent event : stored) {
      switch (event) {
        case SessionEvent.AttemptEnded ended ->
            endAttempt(ended.task(), ended.fence(), false, false);
        case SessionEvent.SessionOpened _,
            SessionEvent.PlanRecorded _,
            SessionEvent.EpochStarted _,
            SessionEvent.TaskSettled _,
            SessionEvent.TaskDied _,
            SessionEvent.TaskSuspended _,
            SessionEvent.TaskWoken _,
            SessionEvent.TaskHandedOff _,
            SessionEvent.TasksRetried _,
            SessionEvent.TaskDiscarded _,
            SessionEvent.FollowUpAsked _,
            SessionEvent.SessionPaused _,
            SessionEvent.SessionUnpaused _,
            SessionEvent.SessionPrioritised _,
            SessionEvent.SessionConcluded _ -> {}
      }
    }
  }

  private void endAttempt(TaskId task, Fence fence, boolean settled, boolean only) {
    ActorRef<Done> ignored = getContext().getSystem().ignoreRef();
    tellBoard(new Blackboard.EndAttempt(task, fence, settled, only, ignored));
  }

  private Behavior<Command> onHostLost(TaskQueue.HostLost lost) {
    offers.lost(lost.task());
    tellSession(
        new Session.HostLost(lost.task(), lost.worker(), "its worker " + lost.worker() + " died"));
    if (now.state() instanceof SessionState.Active active) {
      drive(active, active.task(lost.task()).stream().toList());
    }
    return this;
  }

  private void beginConclusion() {
    if (!concluding) {
      concluding = true;
      int of = question;
      var checked =
          getContext()
              .messageAdapter(AnswerCheck.Found.class, found -> new AnswerChecked(of, found.any()));
      getContext().spawnAnonymous(AnswerCheck.create(session, of, links, mirror, checked));
    }
  }

  private Behavior<Command> onAnswerChecked(boolean answered) {
    return concluding && now.state() instanceof SessionState.Active active
        ? conclude(Conclusion.of(active, answered))
        : this;
  }

  /** A task of a role whose agents have all given up would wait for ever. */
  private Behavior<Command> onAgentsSeen(SupervisorView view) {
    if (!(now.state() instanceof SessionState.Active active) || active.paused()) {
      return this;
    }
    return active.tasks().values().stream()
        .filter(active::ready)
        .filter(task -> !now.running().containsKey(task.id()))
        .map(task -> view.deserted(task.spec().role()))
        .flatMap(Optional::stream)
        .findFirst()
        .map(cause -> conclude(new Ending.Failed(cause)))
        .orElse(this);
  }

  /** Unless it is over for another reason, or another node has a plan. */
  private Behavior<Command> concludeUnplanned(String why) {
    boolean planned = now.active().filter(SessionState.Active::planned).isPresent();
    if (planned || decided != null) {
      return this;
    }
    var ignored = getContext().getSystem().<SessionSnapshot>ignoreRef();
    return conclude(new Session.Conclude(question, new Ending.Failed(why), true, ignored));
  }

  private Behavior<Command> conclude(Ending ending) {
    return conclude(new Session.Conclude(question, ending, getContext().getSystem().ignoreRef()));
  }

  /** Told again until the session is over. */
  private Behavior<Command> conclude(Session.Conclude ending) {
    decided = ending;
    tellSession(ending);
    return this;
  }

  private Behavior<Command> onTimer(Timer timer) {
    return switch (timer) {
      case OFFER_AGAIN -> {
        links.supervisor().tell(new Supervisor.GetAgents(agentsSeen));
        offers.again();
        tellSession(new Session.Watch(updates));
        yield decided == null ? this : conclude(decided);
      }
      case SESSION_TIME_IS_UP -> onTimeIsUp();
    };
  }

  private Behavior<Command> onTimeIsUp() {
    if (now.state() instanceof SessionState.Active active) {
      if (active.paused()) {
        return this;
      }
      if (!clock.isUp(active.question())) {
        clock.start(active.question());
        return this;
      }
    }
    return conclude(new Ending.TimedOut());
  }

  private void tellSession(Session.Command command) {
    links.gate().tellSession(session, command);
  }

  private void tellBoard(Blackboard.Command command) {
    links.gate().blackboards().tell(new ShardingEnvelope<>(session.value(), command));
  }
}
