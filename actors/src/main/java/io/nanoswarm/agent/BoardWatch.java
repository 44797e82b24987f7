package io.nanoswarm.agent;

import io.nanoswarm.blackboard.Blackboard;
import io.nanoswarm.blackboard.Blackboard.Notice;
import io.nanoswarm.session.SessionId;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one reader subscribed to a blackboard, wherever that moves, and tells it every change once,
 * in the order of revisions. A gap, and the end of the entity, make it subscribe again after the
 * last revision it has told; so does a timer, since the last change itself may be lost.
 *
 * <p>Lifecycle: child of an {@link AttemptEar}; stops with it, and with its reader. The last that
 * the reader is told is {@link BoardNews.Over}.
 */
final class BoardWatch extends AbstractMatchingBehavior<BoardWatch.Command> {
  private final SessionId session;
  private final ActorRef<ShardingEnvelope<Blackboard.Command>> blackboards;
  private final ActorRef<BoardNews> reader;
  private final ActorRef<Notice> notices;
  private @Nullable ActorRef<Blackboard.Command> source;
  private long told;
  private boolean catchingUp;

  sealed interface Command {}

  private record Noticed(Notice notice) implements Command {}

  private record SourceGone(ActorRef<Blackboard.Command> source) implements Command {}

  private record ReaderGone() implements Command {}

  private record Renew() implements Command {}

  static Behavior<Command> create(
      SessionId session, long afterRevision, HostLinks links, ActorRef<BoardNews> reader) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> {
          timers.startTimerWithFixedDelay(new Renew(), links.settings().watchRenewEvery());
          return new BoardWatch(
              context, session, afterRevision, links.gate().blackboards(), reader);
        }));
  }

  private BoardWatch(
      ActorContext<Command> context,
      SessionId session,
      long afterRevision,
      ActorRef<ShardingEnvelope<Blackboard.Command>> blackboards,
      ActorRef<BoardNews> reader) {
    super(context);
    this.session = session;
    this.told = afterRevision;
    this.blackboards = blackboards;
    this.reader = reader;
    this.notices = context.messageAdapter(Notice.class, Noticed::new);
    context.watchWith(reader, new ReaderGone());
    subscribe();
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Noticed(Blackboard.Subscribed(var blackboard, _)) -> onSubscribed(blackboard);
      case Noticed(Blackboard.EntryChanged changed) -> onEntryChanged(changed);
      case SourceGone(var gone) -> onSourceGone(gone);
      case Renew _ -> subscribe();
      case ReaderGone _ -> Behaviors.stopped();
    };
  }

  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      reader.tell(new BoardNews.Over());
    }
    return this;
  }

  private Behavior<Command> onSubscribed(ActorRef<Blackboard.Command> blackboard) {
    catchingUp = false;
    if (!blackboard.equals(source)) {
      if (source != null) {
        getContext().unwatch(source);
      }
      source = blackboard;
      getContext().watchWith(blackboard, new SourceGone(blackboard));
    }
    return this;
  }

  /** What was told before is heard again after a renewal. */
  private Behavior<Command> onEntryChanged(Blackboard.EntryChanged changed) {
    if (changed.previous() == told) {
      told = changed.entry().revision();
      reader.tell(new BoardNews.Changed(changed.entry()));
    } else if (changed.previous() > told && !catchingUp) {
      return subscribe();
    }
    return this;
  }

  private Behavior<Command> onSourceGone(ActorRef<Blackboard.Command> gone) {
    if (gone.equals(source)) {
      source = null;
      return subscribe();
    }
    return this;
  }

  private Behavior<Command> subscribe() {
    catchingUp = true;
    blackboards.tell(
        new ShardingEnvelope<>(session.value(), new Blackboard.Subscribe(told, notices)));
    return this;
  }
}
