package io.nanoswarm.feed;

import io.nanoswarm.agent.AgentEvent;
import io.nanoswarm.agent.AgentEventJson;
import io.nanoswarm.agent.Gate;
import io.nanoswarm.api.AgentsView;
import io.nanoswarm.api.Progress;
import io.nanoswarm.blackboard.Blackboard;
import io.nanoswarm.bus.BusMessage;
import io.nanoswarm.bus.MessageBus;
import io.nanoswarm.journal.JournalTrouble;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.SessionUpdate;
import io.nanoswarm.session.TaskId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a session, its blackboard and its agents tell into one numbered stream of {@link
 * Progress}.
 *
 * <p>Guarantees: numbers grow by one; a subscriber that names the last number it saw hears what
 * came after it, if that is among the latest {@value FeedLog#KEPT}; otherwise, and if it names
 * none, it hears a snapshot first. What a stream tells of tasks and entries is stored already.
 *
 * <p>Not promised: every word of progress that agents say; numbers across restarts of the node,
 * which carry another prefix.
 *
 * <p>Lifecycle: started for the first subscriber, stops when nobody has listened for a while.
 */
public final class SessionFeed extends AbstractMatchingBehavior<SessionFeed.Command> {
  private static final Duration WATCH_AGAIN = Duration.ofSeconds(5);
  private static final Duration TROUBLE_AGAIN = Duration.ofSeconds(20);
  private static final Duration LINGER = Duration.ofSeconds(30);

  /** What a feed is told. Never leaves the JVM. */
  public sealed interface Command {}

  /**
   * @param lastSeen the id of the last event that the subscriber saw, null for none
   */
  public record Subscribe(@Nullable String lastSeen, ActorRef<FeedItem> subscriber)
      implements Command {}

  record StopIfUnused() implements Command {}

  private record SubscriberGone(ActorRef<FeedItem> subscriber) implements Command {}

  private record SessionChanged(SessionUpdate update) implements Command {}

  private record BoardChanged(Blackboard.Notice notice) implements Command {}

  private record Heard(BusMessage message) implements Command {}

  private record Troubled(JournalTrouble trouble) implements Command {}

  private record AgentsSeen(AgentsView agents, ActorRef<FeedItem> subscriber) implements Command {}

  private record AgentsUnknown(ActorRef<FeedItem> subscriber, Throwable why) implements Command {}

  private enum Timer implements Command {
    WATCH_AGAIN,
    SAY_TROUBLE_AGAIN,
    NOBODY_LISTENS
  }

  /**
   * @param agents asks for the supervision tree as it is now
   * @param views how a session is shown
   * @param incarnation of this node: the prefix of all numbers
   */
  public record Links(
      Gate gate,
      MessageBus bus,
      Supplier<CompletionStage<AgentsView>> agents,
      SessionViews views,
      String incarnation,
      InstantSource clock) {}

  private final TimerScheduler<Command> timers;
  private final SessionId session;
  private final Links links;
  private final ActorRef<SessionFeeds.Command> feeds;
  private final FeedLog log;
  private final ActorRef<Blackboard.Notice> notices;
  private final Set<ActorRef<FeedItem>> subscribers = new HashSet<>();
  private final List<Subscribe> early = new ArrayList<>();
  private @Nullable SessionSnapshot now;
  private long boardRevision = -1;
  private boolean concluded;

  public static Behavior<Command> create(
      SessionId session, Links links, ActorRef<SessionFeeds.Command> feeds) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> new SessionFeed(context, timers, session, links, feeds)));
  }

  private SessionFeed(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      SessionId session,
      Links links,
      ActorRef<SessionFeeds.Command> feeds) {
    super(context);
    context.setLoggerName(SessionFeed.class);
    this.timers = timers;
    this.session = session;
    this.links = links;
    this.feeds = feeds;
    log = new FeedLog(links.incarnation());
    context.spawn(
        SessionCopy.create(
            command -> links.gate().tellSession(session, command),
            context.messageAdapter(SessionUpdate.class, SessionChanged::new)),
        "session");
    notices = context.messageAdapter(Blackboard.Notice.class, BoardChanged::new);
    links
        .bus()
        .subscribe(AgentEvent.CHANNEL, 0, context.messageAdapter(BusMessage.class, Heard::new));
    context
        .getSystem()
        .eventStream()
        .tell(
            new EventStream.Subscribe<>(
                JournalTrouble.class, context.messageAdapter(JournalTrouble.class, Troubled::new)));
    timers.startTimerWithFixedDelay(
        Timer.WATCH_AGAIN, Timer.WATCH_AGAIN, Duration.ZERO, WATCH_AGAIN);
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Subscribe subscribe -> onSubscribe(subscribe);
      case StopIfUnused _ -> subscribers.isEmpty() && early.isEmpty() ? Behaviors.stopped() : this;
      case SubscriberGone(var subscriber) -> onSubscriberGone(subscriber);
      case SessionChanged(var update) -> onSessionChanged(update);
      case BoardChanged(var notice) -> onBoardChanged(notice);
      case Heard(var message) -> onHeard(message);
      case Troubled(var trouble) -> onTrouble(trouble);
      case AgentsSeen(var agents, var subscriber) -> onAgentsSeen(agents, subscriber);
      case AgentsUnknown(var subscriber, var why) -> onAgentsUnknown(subscriber, why);
      case Timer timer -> onTimer(timer);
    };
  }

  private Behavior<Command> onSubscribe(Subscribe subscribe) {
    timers.cancel(Timer.NOBODY_LISTENS);
    if (now == null) {
      early.add(subscribe);
      return this;
    }
    getContext().watchWith(subscribe.subscriber(), new SubscriberGone(subscribe.subscriber()));
    Optional<List<FeedItem>> missed = log.after(subscribe.lastSeen());
    if (missed.isPresent()) {
      missed.get().forEach(subscribe.subscriber()::tell);
      subscribers.add(subscribe.subscriber());
    } else {
      getContext()
          .pipeToSelf(
              links.agents().get(),
              (agents, failure) ->
                  failure == null
                      ? new AgentsSeen(agents, subscribe.subscriber())
                      : new AgentsUnknown(subscribe.subscriber(), failure));
    }
    return this;
  }

  private Behavior<Command> onAgentsSeen(AgentsView agents, ActorRef<FeedItem> subscriber) {
    SessionSnapshot session = Objects.requireNonNull(now);
    var at = links.clock().instant();
    subscriber.tell(log.latest(new Progress.Snapshot(at, links.views().of(session), agents)));
    if (concluded) {
      subscriber.tell(log.latest(new Progress.Concluded(at, links.views().of(session))));
    }
    subscribers.add(subscriber);
    return this;
  }

  private Behavior<Command> onAgentsUnknown(ActorRef<FeedItem> subscriber, Throwable why) {
    getContext()
        .getLog()
        .warn("session [{}]: the supervisor did not answer: [{}]", session, why.toString());
    return onAgentsSeen(links.views().noAgents(), subscriber);
  }

  private Behavior<Command> onSubscriberGone(ActorRef<FeedItem> subscriber) {
    subscribers.remove(subscriber);
    if (subscribers.isEmpty()) {
      timers.startSingleTimer(Timer.NOBODY_LISTENS, Timer.NOBODY_LISTENS, LINGER);
    }
    return this;
  }

  private Behavior<Command> onSessionChanged(SessionUpdate update) {
    boolean first = now == null;
    now = update.now();
    ProgressOf.update(update, links.views(), links.clock().instant()).forEach(this::publish);
    boolean wasConcluded = concluded;
    concluded = now.state() instanceof SessionState.Concluded;
    if (!first && concluded && !wasConcluded && update.stored().isEmpty()) {
      // The update that said so was lost with a restart of the session.
      publish(new Progress.Concluded(links.clock().instant(), links.views().of(now)));
    }
    if (first) {
      early.forEach(this::onSubscribe);
      early.clear();
    }
    return this;
  }

  private Behavior<Command> onBoardChanged(Blackboard.Notice notice) {
    switch (notice) {
      case Blackboard.Subscribed(_, var revision) -> {
        if (boardRevision < 0) {
          boardRevision = revision;
        }
      }
      case Blackboard.EntryChanged(var entry, _) -> {
        if (entry.revision() > boardRevision) {
          boardRevision = entry.revision();
          ProgressOf.entry(entry).ifPresent(this::publish);
        }
      }
    }
    return this;
  }

  private Behavior<Command> onHeard(BusMessage message) {
    AgentEvent event = AgentEventJson.read(message.text());
    ProgressOf.agent(event, this::isOurs).ifPresent(this::publish);
    return this;
  }

  /** Every write that waits fails again and again: people are told now and then. */
  private Behavior<Command> onTrouble(JournalTrouble trouble) {
    if (!timers.isTimerActive(Timer.SAY_TROUBLE_AGAIN)) {
      timers.startSingleTimer(Timer.SAY_TROUBLE_AGAIN, Timer.SAY_TROUBLE_AGAIN, TROUBLE_AGAIN);
      var text =
          switch (trouble.act()) {
            case WRITE ->
                "the journal cannot be written (%s): nothing more is confirmed until it can be;"
                    + " what waits is tried again";
            case READ -> "the journal cannot be read (%s): what it holds of this is out of reach";
          };
      publish(new Progress.Trouble(links.clock().instant(), text.formatted(trouble.reason())));
    }
    return this;
  }

  private boolean isOurs(TaskId task) {
    return task.session().equals(session);
  }

  private Behavior<Command> onTimer(Timer timer) {
    return switch (timer) {
      case WATCH_AGAIN -> {
        links
            .gate()
            .blackboards()
            .tell(
                new ShardingEnvelope<>(
                    session.value(),
                    new Blackboard.Subscribe(Math.max(0, boardRevision), notices)));
        yield this;
      }
      case SAY_TROUBLE_AGAIN -> this;
      case NOBODY_LISTENS -> {
        feeds.tell(new SessionFeeds.Unused(session, getContext().getSelf()));
        yield this;
      }
    };
  }

  private void publish(Progress progress) {
    FeedItem item = log.add(progress);
    subscribers.forEach(subscriber -> subscriber.tell(item));
  }
}
