package io.nanoswarm.session;

import io.nanoswarm.entity.FailedWrite;
import io.nanoswarm.journal.JournalTrouble;
import io.nanoswarm.session.Session.Command;
import io.nanoswarm.session.SessionEvent.PlanRecorded;
import io.nanoswarm.session.SessionEvent.SessionConcluded;
import io.nanoswarm.session.SessionEvent.SessionOpened;
import io.nanoswarm.session.SessionEvent.TaskWoken;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.PostStop;
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

/** The machine behind {@link Session}: decides, stores, then replies. */
final class SessionEntity extends EventSourcedBehavior<Command, SessionEvent, SessionState> {
  private final ActorContext<Command> context;
  private final SessionTimers timers;
  private final SessionId session;
  private final SessionSettings settings;
  private final InstantSource clock;
  private final ActorRef<ClusterSharding.ShardCommand> shard;
  private final SessionNews news;
  private final SessionAttempts attempts;

  /** Who waits for this session to have left memory. */
  private final List<Session.Leave> leaving = new ArrayList<>();

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
    this.session = session;
    this.settings = settings;
    this.clock = clock;
    this.shard = shard;
    var running = new RunningAttempts(context.getSelf()::tell);
    news = new SessionNews(context, session, running);
    attempts = new SessionAttempts(context, Effect(), this.timers, settings, clock, running, news);
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
        .onSignal(PostStop.instance(), this::onStopped)
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
      case Session.GetSession(var replyTo) -> Effect().reply(replyTo, snapshot(state, replyTo));
      case Session.Follow follow -> onFollow(state, follow);
      case Session.Watch watch -> onWatch(state, watch);
      case Session.Answer answer -> onAnswer(state, answer);
      case Session.Abandon abandon -> onAbandon(state, abandon);
      case Session.Retry(var tasks, var replyTo) ->
          fulfil(state, wishes(state).retry(tasks), "a task before it is tried again", replyTo);
      case Session.AskFurther ask ->
          fulfil(state, wishes(state).further(ask), "a further question is asked", ask.replyTo());
      case Session.Discard(var task, var reason, var replyTo) ->
          fulfil(state, wishes(state).discard(task, reason), "its task was discarded", replyTo);
      case Session.Pause(var replyTo) -> fulfil(state, wishes(state).pause(), "", replyTo);
      case Session.Unpause(var replyTo) -> fulfil(state, wishes(state).unpause(), "", replyTo);
      case Session.Prioritise(var priority, var replyTo) ->
          fulfil(state, wishes(state).prioritise(priority), "", replyTo);
      case Session.Conclude conclude -> onConclude(state, conclude);
      case Session.Leave leave -> onLeave(state, leave);
      case Session.HostLost lost -> attempts.onHostLost(state, lost);
      case Session.Begin begin -> attempts.onBegin(state, begin);
      case Session.GetResults get -> attempts.onGetResults(state, get);
      case Session.OfAttempt attempt -> attempts.onRequest(state, attempt);
      case Session.EndTogether _ -> attempts.onEndTogether(state);
      case Session.AdoptionOver _ ->
          Effect().none().thenRun((SessionState _) -> attempts.onAdoptionOver());
      case Session.LeaseExpired expired -> attempts.onLeaseExpired(state, expired);
      case Session.TimeLimitPassed passed -> attempts.onTimeLimitPassed(state, passed);
      case Session.TimeCame came -> onTimeCame(state, came);
      case Session.WatcherStopped(var watcher) -> onWatcherStopped(watcher);
      case Session.FollowerStopped(var follower) -> onFollowerStopped(follower);
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
                          open.swarm(),
                          open.trace(),
                          open.agents())))
              .thenRun((SessionState next) ->
                  SessionAwake.publish(context.getSystem(), next, context.getSelf()))
              .thenReply(open.replyTo(), next -> snapshot(next, open.replyTo()));
      case SessionState.Active _, SessionState.Concluded _ ->
          Effect().reply(open.replyTo(), snapshot(state, open.replyTo()));
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
    news.watch(state, watch.watcher());
    return Effect().none();
  }

  private Effect<SessionEvent, SessionState> onWatcherStopped(ActorRef<SessionUpdate> watcher) {
    news.stopped(watcher);
    return Effect().none();
  }

  private Effect<SessionEvent, SessionState> onFollow(SessionState state, Session.Follow follow) {
    news.follow(state, follow);
    return Effect().none();
  }

  private Effect<SessionEvent, SessionState> onFollowerStopped(ActorRef<FollowReply> follower) {
    news.followerStopped(follower);
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
            .thenReply(answer.replyTo(), next -> snapshot(next, answer.replyTo()))
        : Effect().reply(answer.replyTo(), snapshot(state, answer.replyTo()));
  }

  private Effect<SessionEvent, SessionState> onAbandon(
      SessionState state, Session.Abandon abandon) {
    TaskId id = abandon.task();
    boolean possible =
        state instanceof SessionState.Active active
            && active.task(id).map(active::ready).orElse(false)
            && !attempts.runs(id);
    return possible && state instanceof SessionState.Active active
        ? store(Decision.abandon(active, id, abandon.reason(), clock.instant()))
        : Effect().none();
  }

  private Effect<SessionEvent, SessionState> onConclude(
      SessionState state, Session.Conclude conclude) {
    if (!(state instanceof SessionState.Active active) || !fits(conclude, active)) {
      return Effect().reply(conclude.replyTo(), snapshot(state, conclude.replyTo()));
    }
    return Effect()
        .persist(new SessionConcluded(clock.instant(), conclude.ending()))
        .thenRun((SessionState next) -> {
          attempts.cancelAll(next, "its session is over");
          news.tell(
              next,
              List.of(
                  new SessionConcluded(((SessionState.Concluded) next).at(), conclude.ending())),
              null);
        })
        .thenReply(conclude.replyTo(), next -> snapshot(next, conclude.replyTo()));
  }

  private Effect<SessionEvent, SessionState> onLeave(SessionState state, Session.Leave leave) {
    boolean leaves =
        switch (state) {
          case SessionState.Active _ -> leave.whatever();
          case SessionState.Absent _, SessionState.Concluded _ -> true;
        };
    if (!leaves) {
      return Effect().reply(leave.replyTo(), snapshot(state, leave.replyTo()));
    }
    // By way of the shard, which keeps what comes meanwhile for who is read again.
    leaving.add(leave);
    shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
    return Effect().none();
  }

  private void onStopped(SessionState state) {
    leaving.forEach(leave -> leave.replyTo().tell(snapshot(state, leave.replyTo())));
  }

  /**
   * Tasks may have been tried again since somebody thought that all had ended, and a further
   * question may have been asked. The limit of a paused session stands still: who says that it has
   * passed has not heard of the pause.
   */
  private static boolean fits(Session.Conclude conclude, SessionState.Active active) {
    if (conclude.question() != active.questions() || (conclude.unplanned() && active.planned())) {
      return false;
    }
    return switch (conclude.ending()) {
      case Ending.Completed _, Ending.Partial _ -> active.planned() && active.allEnded();
      case Ending.TimedOut _ -> !active.paused();
      case Ending.Failed _, Ending.Cancelled _ -> true;
    };
  }

  private Wishes wishes(SessionState state) {
    return new Wishes(state, attempts.running(), clock.instant());
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
      return Effect().reply(replyTo, new Session.Done(snapshot(before, replyTo)));
    }
    boolean forgetting = before instanceof SessionState.Concluded || !decided.cutOff().isEmpty();
    List<SessionEvent> events =
        forgetting ? attempts.withNewEpoch(before, decided.events()) : decided.events();
    return Effect()
        .persist(events)
        .thenRun((SessionState next) -> {
          decided.cutOff().forEach(task -> attempts.cancel(task, reason));
          if (before instanceof SessionState.Concluded) {
            // Its end cancelled timers and attempts.
            attempts.goOn(!events.equals(decided.events()));
            timers.startWakeUps(next);
            SessionAwake.publish(context.getSystem(), next, context.getSelf());
          }
          news.tell(next, events, null);
        })
        .thenReply(replyTo, next -> new Session.Done(snapshot(next, replyTo)));
  }

  private EffectBuilder<SessionEvent, SessionState> store(List<SessionEvent> events) {
    return Effect().persist(events).thenRun((SessionState next) -> news.tell(next, events, null));
  }

  private void onRecovered(SessionState state) {
    attempts.onRecovered(state);
    timers.startWakeUps(state);
    SessionAwake.publish(context.getSystem(), state, context.getSelf());
    news.tell(state, List.of(), null);
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
    if (!news.isWatched() && attempts.isEmpty()) {
      shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
    }
    return Effect().none();
  }

  private SessionSnapshot snapshot(SessionState state) {
    return news.snapshot(state);
  }

  /** The first page of it, if that is all that fits into a message to another node. */
  private SessionSnapshot snapshot(SessionState state, ActorRef<?> to) {
    return TaskPages.tell(snapshot(state), to, context.getSystem());
  }
}
