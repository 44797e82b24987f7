package io.nanoswarm.session;

import io.nanoswarm.entity.GroupCommit;
import io.nanoswarm.session.SessionEvent.EpochStarted;
import io.nanoswarm.session.SessionSnapshot.Running;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EffectFactories;

/**
 * The attempts of one session: they begin, go on, end by a word of their host, or are cut off.
 * Decides, stores, then tells. Nothing of it survives a restart of what is stored: see {@link
 * #onRecovered}. Owned by one Session.
 */
final class SessionAttempts {
  /** Attempts that end by one write. */
  private static final int MOST_TOGETHER = 256;

  private final ActorContext<Session.Command> context;
  private final EffectFactories<SessionEvent, SessionState> effects;
  private final SessionTimers timers;
  private final SessionSettings settings;
  private final InstantSource clock;
  private final RunningAttempts running;
  private final SessionNews news;
  private final GroupCommit<Session.OfAttempt> endings = new GroupCommit<>(MOST_TOGETHER);
  private final Adoption adoption = new Adoption();
  private final Beginnings beginnings;
  private boolean epochStored;

  SessionAttempts(
      ActorContext<Session.Command> context,
      EffectFactories<SessionEvent, SessionState> effects,
      SessionTimers timers,
      SessionSettings settings,
      InstantSource clock,
      RunningAttempts running,
      SessionNews news) {
    this.context = context;
    this.effects = effects;
    this.timers = timers;
    this.settings = settings;
    this.clock = clock;
    this.running = running;
    this.news = news;
    beginnings = new Beginnings(running, adoption, settings.lease(), clock);
  }

  Map<TaskId, Running> running() {
    return running.view();
  }

  boolean runs(TaskId task) {
    return running.at(task).isPresent();
  }

  boolean isEmpty() {
    return running.isEmpty();
  }

  Effect<SessionEvent, SessionState> onBegin(SessionState state, Session.Begin begin) {
    return switch (beginnings.decide(state, begin)) {
      case Beginnings.Answer(var reply) -> effects.reply(begin.replyTo(), reply);
      case Beginnings.Wait _ -> effects.none();
      case Beginnings.Grant _ when epochStored ->
          effects.none().thenRun((SessionState next) -> grant(next, begin, List.of()));
      case Beginnings.Grant(var active) -> {
        var epoch = new EpochStarted(clock.instant(), active.epoch() + 1);
        yield effects
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
    news.tell(state, stored, attempt);
  }

  Effect<SessionEvent, SessionState> onGetResults(SessionState state, Session.GetResults get) {
    return effects.reply(get.replyTo(), beginnings.results(state, get));
  }

  Effect<SessionEvent, SessionState> onRequest(SessionState state, Session.OfAttempt command) {
    adoption.of(state, running, command).ifPresent(attempt -> adopt(state, attempt, command));
    if (command.request() instanceof AttemptRequest.Renew) {
      return onRenew(state, command);
    }
    return endings.joins(command) ? effects.none() : end(state, endings.takeWith(command));
  }

  private void adopt(SessionState state, Running attempt, Session.OfAttempt command) {
    context.getLog().info("task [{}] goes on under fence [{}]", attempt.task(), attempt.fence());
    running.begin(attempt, Objects.requireNonNull(command.holder()).host());
    timers.startLease(attempt);
    timers.startTimeLimit(attempt);
    news.tell(state, List.of(), attempt);
  }

  /** Hosts have had time to say which attempts run: those who wait to begin come again. */
  void onAdoptionOver() {
    adoption.close().forEach(context.getSelf()::tell);
  }

  private Effect<SessionEvent, SessionState> onRenew(
      SessionState state, Session.OfAttempt command) {
    Running attempt = running.at(command.task(), command.fence()).orElse(null);
    if (attempt == null) {
      return effects.reply(command.replyTo(), AttemptEndings.whenOver(state, command));
    }
    timers.startLease(attempt);
    return effects.reply(command.replyTo(), new Session.Renewed(command.task(), command.fence()));
  }

  Effect<SessionEvent, SessionState> onEndTogether(SessionState state) {
    List<Session.OfAttempt> group = endings.take();
    return group.isEmpty() ? effects.none() : end(state, group);
  }

  private Effect<SessionEvent, SessionState> end(
      SessionState state, List<Session.OfAttempt> group) {
    var decided = AttemptEndings.of(state, running, group, clock.instant());
    if (decided.events().isEmpty()) {
      return effects.none().thenRun((SessionState _) -> answer(decided));
    }
    return effects
        .persist(decided.events())
        .thenRun((SessionState next) -> {
          for (TaskId task : decided.ended()) {
            running.end(task);
            timers.afterAttempt(task);
            next.task(task).ifPresent(timers::startWakeUp);
          }
          news.tell(next, decided.events(), null);
          answer(decided);
          endings.begin();
          context.getSelf().tell(new Session.EndTogether());
        });
  }

  private static void answer(AttemptEndings decided) {
    decided.answers().forEach(each -> each.command().replyTo().tell(each.reply()));
  }

  Effect<SessionEvent, SessionState> onHostLost(SessionState state, Session.HostLost lost) {
    running.hostLost(lost.worker());
    return running
        .at(lost.task())
        .filter(attempt -> attempt.worker().equals(lost.worker()))
        .map(attempt -> cutOff(state, lost.task(), attempt.fence(), lost.reason()))
        .orElseGet(effects::none);
  }

  Effect<SessionEvent, SessionState> onLeaseExpired(
      SessionState state, Session.LeaseExpired expired) {
    return cutOff(state, expired.task(), expired.fence(), "its host did not renew the lease");
  }

  Effect<SessionEvent, SessionState> onTimeLimitPassed(
      SessionState state, Session.TimeLimitPassed passed) {
    Running attempt = running.at(passed.task(), passed.fence()).orElse(null);
    if (attempt != null && attempt.deadline().isAfter(clock.instant())) {
      timers.startTimeLimit(attempt);
      return effects.none();
    }
    return cutOff(state, passed.task(), passed.fence(), "its time limit passed");
  }

  private Effect<SessionEvent, SessionState> cutOff(
      SessionState state, TaskId task, Fence fence, String reason) {
    Running attempt = running.at(task, fence).orElse(null);
    if (!(state instanceof SessionState.Active active) || attempt == null) {
      return effects.none();
    }
    List<SessionEvent> events = Decision.cutOff(active, attempt, reason, clock.instant());
    return effects
        .persist(events)
        .thenRun((SessionState next) -> {
          cancel(task, reason);
          news.tellCutOff(next, task, events);
        });
  }

  /** The task's attempt is over by what is stored; its host is told. */
  void cancel(TaskId task, String reason) {
    running.cancel(task, reason);
    timers.afterAttempt(task);
  }

  /** All are over, with their session; nobody waits to begin. */
  void cancelAll(SessionState state, String reason) {
    timers.cancelAll();
    news.countCutOff(state);
    running.cancelAll(reason);
    onAdoptionOver();
  }

  /**
   * For attempts that are over of which nothing stored says so: with an epoch of their own for
   * those to come, no later incarnation takes them up.
   */
  List<SessionEvent> withNewEpoch(SessionState before, List<SessionEvent> events) {
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

  /** The session was over and goes on: whether the epoch of the next attempts is stored. */
  void goOn(boolean stored) {
    epochStored = stored;
  }

  /** A failed write restarts what is stored and leaves this object: nothing of it may survive. */
  void onRecovered(SessionState state) {
    epochStored = false;
    endings.take();
    timers.cancelAll();
    news.countCutOff(state);
    adoption.close();
    adoption.forget(running.view().values());
    running.cancelAll("its session was restarted");
    if (state instanceof SessionState.Active active
        && active.epoch() > 0
        && settings.adoptWithin().isPositive()) {
      adoption.open();
      timers.startAdoption(settings.adoptWithin());
    }
  }
}
