package io.nanoswarm.session;

import io.nanoswarm.entity.FailedWrite;
import io.nanoswarm.entity.GroupCommit;
import io.nanoswarm.journal.JournalTrouble;
import io.nanoswarm.session.AttemptStep.What;
import io.nanoswarm.session.Session.Command;
import io.nanoswarm.session.SessionEvent.EpochStarted;
import io.nanoswarm.session.SessionEvent.PlanRecorded;
import io.nanoswarm.session.SessionEvent.SessionConcluded;
import io.nanoswarm.session.SessionEvent.SessionOpened;
import io.nanoswarm.session.SessionEvent.TaskWoken;
import io.nanoswarm.session.SessionSnapshot.Running;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.typed.JournalPersistFailed;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.RecoveryFailed;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.jspecify.annotations.Nullable;

/** The machine behind {@link Session}: decides, stores, then replies. */
final class SessionEntity extends EventSourcedBehavior<Command, SessionEvent, SessionState> {
  /** Attempts that end by one write. */
  private static final int MOST_TOGETHER = 256;

  private final ActorContext<Command> context;
  private final SessionTimers timers;
  private final SessionId session;
  private final SessionSettings settings;
  private final InstantSource clock;
  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final RunningAttempts running;
  private final Watchers watchers;
  private final GroupCommit<Session.OfAttempt> endings = new GroupCommit<>(MOST_TOGETHER);
  private final Adoption adoption = new Adoption();
  private final Beginnings beginnings;
  private boolean epochStored;

  SessionEntity(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      SessionId session,
      SessionSettings settings,
      InstantSource clock,
      ActorRef<ClusterSharding.ShardCommand> shard) {
    super(PersistenceId.of(Session.TYPE_KEY.name(), session.value()), FailedWrite.RESTART);
    this.context = context;
    this.timers = new SessionTimers(timers, clock, settings.lease());
    this.watchers = new Watchers(context);
    this.session = session;
    this.settings = settings;
    this.clock = clock;
    this.shard = shard;
    running = new RunningAttempts(context.getSelf()::tell);
    beginnings = new Beginnings(running, adoption, settings.lease(), clock);
  }

  @Override
  public SessionState emptyState() {
    return new SessionState.Absent();
  }

  @Override
  public CommandHandler<Command, SessionEvent, SessionState> commandHandler() {
    return this::onCommand;
  }

  @Override
  public EventHandler<SessionState, SessionEvent> eventHandler() {
    return SessionState::apply;
  }

  @Override
  public SignalHandler<SessionState> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::onRecovered)
        .onSignal(
            JournalPersistFailed.class,
            (_, failed) -> JournalTrouble.publish(context.getSystem(), failed))
        .onSignal(
            RecoveryFailed.class,
            (_, failed) -> JournalTrouble.publish(context.getSystem(), failed))
        .build();
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(settings.snapshotEvery(), settings.keepSnapshots());
  }

  private Effect<SessionEvent, SessionState> onCommand(SessionState state, Command command) {
    return switch (command) {
      case Session.Open open -> onOpen(state, open);
      case Session.RecordPlan record -> onRecordPlan(state, record);
      case Session.GetSession get -> Effect().reply(get.replyTo(), snapshot(state));
      case Session.Watch watch -> onWatch(state, watch);
      case Session.Answer answer -> onAnswer(state, answer);
      case Session.Abandon abandon -> onAbandon(state, abandon);
      case Session.Retry(var tasks, var replyTo) ->
          fulfil(state, wishes(state).retry(tasks), "a task before it is tried again", replyTo);
      case Session.AskFurther ask ->
          fulfil(state, wishes(state).further(ask), "a further question is asked", ask.replyTo());
      case Session.Discard(var task, var reason, var replyTo) ->
          fulfil(state, wishes(state).discard(task, reason), "its task was discarded", replyTo);
      case Session.Conclude conclude -> onConclude(state, conclude);
      case Session.Leave(var replyTo) -> onLeave(state, replyTo);
      case Session.HostLost lost -> onHostLost(state, lost);
      case Session.Begin begin -> onBegin(state, begin);
      case Session.GetResults get -> Effect().reply(get.replyTo(), beginnings.results(state, get));
      case Session.OfAttempt attempt -> onAttempt(state, attempt);
      case Session.EndTogether _ -> onEndTogether(state);
      case Session.AdoptionOver _ -> Effect().none().thenRun((SessionState _) -> onAdoptionOver());
      case Session.LeaseExpired(var task, var fence) ->
          cutOff(state, task, fence, "its host did not renew the lease");
      case Session.TimeLimitPassed(var task, var fence) -> onTimeLimitPassed(state, task, fence);
      case Session.TimeCame came -> onTimeCame(state, came);
      case Session.WatcherStopped(var watcher) -> onWatcherStopped(watcher);
      case Session.Idle _ -> onIdle();
      case Session.Passivate _ -> Effect().stop();
    };
  }

  private Effect<SessionEvent, SessionState> onOpen(SessionState state, Session.Open open) {
    return switch (state) {
      case SessionState.Absent _ ->
          store(
                  List.of(
                      new SessionOpened(
                          clock.instant(),
                          session,
                          open.goal(),
                          open.workspace(),
                          open.timeLimit(),
                          open.swarm())))
              .thenReply(open.replyTo(), this::snapshot);
      case SessionState.Active _, SessionState.Concluded _ ->
          Effect().reply(open.replyTo(), snapshot(state));
    };
  }

  private Effect<SessionEvent, SessionState> onRecordPlan(
      SessionState state, Session.RecordPlan record) {
    if (!(state instanceof SessionState.Active active)) {
      return Effect()
          .reply(
              record.replyTo(),
              new Session.PlanRefused(List.of("session %s is not open".formatted(session))));
    }
    if (active.planned()) {
      return Effect().reply(record.replyTo(), new Session.PlanStored(snapshot(state)));
    }
    List<String> problems = PlanCheck.problems(active, record.plan());
    return problems.isEmpty()
        ? store(List.of(new PlanRecorded(clock.instant(), record.plan())))
            .thenReply(record.replyTo(), next -> new Session.PlanStored(snapshot(next)))
        : Effect().reply(record.replyTo(), new Session.PlanRefused(problems));
  }

  private Effect<SessionEvent, SessionState> onWatch(SessionState state, Session.Watch watch) {
    watchers.add(watch.watcher());
    watch.watcher().tell(new SessionUpdate(snapshot(state), List.of(), null));
    return Effect().none();
  }

  private Effect<SessionEvent, SessionState> onWatcherStopped(ActorRef<SessionUpdate> watcher) {
    watchers.remove(watcher);
    return Effect().none();
  }

  private Effect<SessionEvent, SessionState> onAnswer(SessionState state, Session.Answer answer) {
    TaskRecord task =
        state instanceof SessionState.Active active
            ? active.task(answer.task()).orElse(null)
            : null;
    boolean waits =
        task != null
            && task.phase() instanceof TaskRecord.Suspended(_, Wait.ForPerson _)
            && answer.askedBy().equals(task.lastEnded());
    return waits
        ? store(List.of(new TaskWoken(clock.instant(), answer.task(), answer.reply())))
            .thenReply(answer.replyTo(), this::snapshot)
        : Effect().reply(answer.replyTo(), snapshot(state));
  }

  private Effect<SessionEvent, SessionState> onAbandon(
      SessionState state, Session.Abandon abandon) {
    TaskId id = abandon.task();
    boolean possible =
        state instanceof SessionState.Active active
            && active.task(id).map(active::ready).orElse(false)
            && running.at(id).isEmpty();
    return possible && state instanceof SessionState.Active active
        ? store(Decision.abandon(active, id, abandon.reason(), clock.instant()))
        : Effect().none();
  }

  private Effect<SessionEvent, SessionState> onConclude(
      SessionState state, Session.Conclude conclude) {
    if (!(state instanceof SessionState.Active active) || !fits(conclude, active)) {
      return Effect().reply(conclude.replyTo(), snapshot(state));
    }
    return Effect()
        .persist(new SessionConcluded(clock.instant(), conclude.ending()))
        .thenRun((SessionState next) -> {
          timers.cancelAll();
          countCutOff(next);
          running.cancelAll("its session is over");
          onAdoptionOver();
          tellWatchers(
              next,
              List.of(
                  new SessionConcluded(((SessionState.Concluded) next).at(), conclude.ending())),
              null);
        })
        .thenReply(conclude.replyTo(), this::snapshot);
  }

  private Effect<SessionEvent, SessionState> onLeave(
      SessionState state, ActorRef<SessionSnapshot> replyTo) {
    return switch (state) {
      case SessionState.Active _ -> Effect().reply(replyTo, snapshot(state));
      case SessionState.Absent _, SessionState.Concluded _ ->
          Effect().stop().thenReply(replyTo, this::snapshot);
    };
  }

  /**
   * Tasks may have been tried again since somebody thought that all had ended, and a further
   * question may have been asked.
   */
  private static boolean fits(Session.Conclude conclude, SessionState.Active active) {
    if (conclude.question() != active.questions()) {
      return false;
    }
    return switch (conclude.ending()) {
      case Ending.Completed _, Ending.Partial _ -> active.planned() && active.allEnded();
      case Ending.Failed _, Ending.Cancelled _, Ending.TimedOut _ -> true;
    };
  }

  private Wishes wishes(SessionState state) {
    return new Wishes(state, running.view(), clock.instant());
  }

  private Effect<SessionEvent, SessionState> fulfil(
      SessionState before,
      Wishes.Decided decided,
      String reason,
      ActorRef<Session.WishReply> replyTo) {
    if (decided.why() != null) {
      return Effect().reply(replyTo, new Session.NotDone(decided.why()));
    }
    if (decided.events().isEmpty()) {
      return Effect().reply(replyTo, new Session.Done(snapshot(before)));
    }
    boolean forgetting = before instanceof SessionState.Concluded || !decided.cutOff().isEmpty();
    List<SessionEvent> events =
        forgetting ? withNewEpoch(before, decided.events()) : decided.events();
    return Effect()
        .persist(events)
        .thenRun((SessionState next) -> {
          for (TaskId task : decided.cutOff()) {
            running.cancel(task, reason);
            timers.afterAttempt(task);
          }
          if (before instanceof SessionState.Concluded) {
            // Its end cancelled timers and attempts.
            epochStored = !events.equals(decided.events());
            timers.startWakeUps(next);
          }
          tellWatchers(next, events, null);
        })
        .thenReply(replyTo, next -> new Session.Done(snapshot(next)));
  }

  /**
   * Attempts are over of which nothing stored says so: with an epoch of their own for those to
   * come, no later incarnation takes them up.
   */
  private List<SessionEvent> withNewEpoch(SessionState before, List<SessionEvent> events) {
    SessionState after = before;
    for (SessionEvent event : events) {
      after = after.apply(event);
    }
    if (!(after instanceof SessionState.Active active) || active.epoch() == 0) {
      return events;
    }
    var all = new ArrayList<>(events);
    all.add(new EpochStarted(clock.instant(), active.epoch() + 1));
    return List.copyOf(all);
  }

  private Effect<SessionEvent, SessionState> onBegin(SessionState state, Session.Begin begin) {
    return switch (beginnings.decide(state, begin)) {
      case Beginnings.Answer(var reply) -> Effect().reply(begin.replyTo(), reply);
      case Beginnings.Wait _ -> Effect().none();
      case Beginnings.Grant _ when epochStored ->
          Effect().none().thenRun((SessionState next) -> grant(next, begin, List.of()));
      case Beginnings.Grant(var active) -> {
        var epoch = new EpochStarted(clock.instant(), active.epoch() + 1);
        yield Effect()
            .persist(epoch)
            .thenRun((SessionState next) -> {
              epochStored = true;
              grant(next, begin, List.of(epoch));
            });
      }
    };
  }

  private void grant(SessionState state, Session.Begin begin, List<SessionEvent> stored) {
    Running attempt = beginnings.grant((SessionState.Active) state, begin);
    timers.startLease(attempt);
    timers.startTimeLimit(attempt);
    begin.replyTo().tell(beginnings.begun((SessionState.Active) state, attempt, begin));
    tellWatchers(state, stored, attempt);
  }

  private Effect<SessionEvent, SessionState> onAttempt(
      SessionState state, Session.OfAttempt command) {
    adoption
        .of(state, running, command, clock.instant())
        .ifPresent(attempt -> adopt(state, attempt, command));
    if (command.request() instanceof AttemptRequest.Renew) {
      return onRenew(state, command);
    }
    return endings.joins(command) ? Effect().none() : end(state, endings.takeWith(command));
  }

  private void adopt(SessionState state, Running attempt, Session.OfAttempt command) {
    context.getLog().info("task [{}] goes on under fence [{}]", attempt.task(), attempt.fence());
    running.begin(attempt, Objects.requireNonNull(command.holder()).host());
    timers.startLease(attempt);
    timers.startTimeLimit(attempt);
    tellWatchers(state, List.of(), attempt);
  }

  private void onAdoptionOver() {
    adoption.close().forEach(context.getSelf()::tell);
  }

  private Effect<SessionEvent, SessionState> onRenew(
      SessionState state, Session.OfAttempt command) {
    Running attempt = running.at(command.task(), command.fence()).orElse(null);
    if (attempt == null) {
      return Effect().reply(command.replyTo(), AttemptEndings.whenOver(state, command));
    }
    timers.startLease(attempt);
    return Effect().reply(command.replyTo(), new Session.Renewed(command.task(), command.fence()));
  }

  private Effect<SessionEvent, SessionState> onEndTogether(SessionState state) {
    List<Session.OfAttempt> group = endings.take();
    return group.isEmpty() ? Effect().none() : end(state, group);
  }

  private Effect<SessionEvent, SessionState> end(
      SessionState state, List<Session.OfAttempt> group) {
    var decided = AttemptEndings.of(state, running, group, clock.instant());
    if (decided.events().isEmpty()) {
      return Effect().none().thenRun((SessionState _) -> answer(decided));
    }
    return Effect()
        .persist(decided.events())
        .thenRun((SessionState next) -> {
          for (TaskId task : decided.ended()) {
            running.end(task);
            timers.afterAttempt(task);
            next.task(task).ifPresent(timers::startWakeUp);
          }
          tellWatchers(next, decided.events(), null);
          answer(decided);
          endings.begin();
          context.getSelf().tell(new Session.EndTogether());
        });
  }

  private static void answer(AttemptEndings decided) {
    decided.answers().forEach(each -> each.command().replyTo().tell(each.reply()));
  }

  private Effect<SessionEvent, SessionState> onHostLost(SessionState state, Session.HostLost lost) {
    running.hostLost(lost.worker());
    return running
        .at(lost.task())
        .filter(attempt -> attempt.worker().equals(lost.worker()))
        .map(attempt -> cutOff(state, lost.task(), attempt.fence(), lost.reason()))
        .orElseGet(() -> Effect().none());
  }

  private Effect<SessionEvent, SessionState> cutOff(
      SessionState state, TaskId task, Fence fence, String reason) {
    Running attempt = running.at(task, fence).orElse(null);
    if (!(state instanceof SessionState.Active active) || attempt == null) {
      return Effect().none();
    }
    List<SessionEvent> events = Decision.cutOff(active, attempt, reason, clock.instant());
    return Effect()
        .persist(events)
        .thenRun((SessionState next) -> {
          running.cancel(task, reason);
          timers.afterAttempt(task);
          publish(AttemptStep.step(next, task, What.CUT_OFF, null));
          watchers.tell(new SessionUpdate(snapshot(next), events, null));
        });
  }

  private EffectBuilder<SessionEvent, SessionState> store(List<SessionEvent> events) {
    return Effect()
        .persist(events)
        .thenRun((SessionState next) -> tellWatchers(next, events, null));
  }

  private Effect<SessionEvent, SessionState> onTimeLimitPassed(
      SessionState state, TaskId task, Fence fence) {
    Running attempt = running.at(task, fence).orElse(null);
    if (attempt != null && attempt.deadline().isAfter(clock.instant())) {
      timers.startTimeLimit(attempt);
      return Effect().none();
    }
    return cutOff(state, task, fence, "its time limit passed");
  }

  /** A failed write restarts what is stored and leaves this object: nothing of it may survive. */
  private void onRecovered(SessionState state) {
    epochStored = false;
    endings.take();
    timers.cancelAll();
    countCutOff(state);
    adoption.close();
    adoption.forget(running.view().values());
    running.cancelAll("its session was restarted");
    if (state instanceof SessionState.Active active
        && active.epoch() > 0
        && settings.adoptWithin().isPositive()) {
      adoption.open();
      timers.startAdoption(settings.adoptWithin());
    }
    timers.startWakeUps(state);
    tellWatchers(state, List.of(), null);
  }

  private Effect<SessionEvent, SessionState> onTimeCame(SessionState state, Session.TimeCame came) {
    TaskRecord task = state.task(came.task()).orElse(null);
    if (!(state instanceof SessionState.Active)
        || task == null
        || !(task.phase() instanceof TaskRecord.Suspended(_, Wait.ForTime(var moment)))) {
      return Effect().none();
    }
    if (moment.isAfter(clock.instant())) {
      timers.startWakeUp(task);
      return Effect().none();
    }
    return store(List.of(new TaskWoken(clock.instant(), came.task(), null)));
  }

  private Effect<SessionEvent, SessionState> onIdle() {
    if (watchers.isEmpty() && running.isEmpty()) {
      shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
    }
    return Effect().none();
  }

  private void tellWatchers(
      SessionState state, List<SessionEvent> stored, @Nullable Running began) {
    if (began != null) {
      publish(AttemptStep.step(state, began.task(), What.BEGUN, null));
    }
    stored.forEach(event -> publish(AttemptStep.of(event, state)));
    watchers.tell(new SessionUpdate(snapshot(state), stored, began));
  }

  private void countCutOff(SessionState state) {
    running
        .view()
        .keySet()
        .forEach(task -> publish(AttemptStep.step(state, task, What.CUT_OFF, null)));
  }

  private void publish(Optional<AttemptStep> step) {
    step.ifPresent(each -> each.publish(context.getSystem()));
  }

  private SessionSnapshot snapshot(SessionState state) {
    return new SessionSnapshot(session, state, running.view());
  }
}
