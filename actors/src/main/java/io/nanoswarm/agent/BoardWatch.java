package io.nanoswarm.agent;

import io.nanoswarm.blackboard.Blackboard;
import io.nanoswarm.blackboard.Blackboard.Notice;
import io.nanoswarm.follow.Follower;
import io.nanoswarm.session.SessionId;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;

/**
 * Keeps one reader subscribed to a blackboard, wherever that moves, and tells it every change once,
 * in the order of revisions.
 *
 * <p>Lifecycle: child of an {@link AttemptEar}; stops with it, and with its reader. The last that
 * the reader is told is {@link BoardNews.Over}.
 */
final class BoardWatch extends AbstractMatchingBehavior<BoardWatch.Command> {
  private final ActorRef<BoardNews> reader;
  private final Follower<Blackboard.Command, Command> follower;

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
    this.reader = reader;
    ActorRef<Notice> notices = context.messageAdapter(Notice.class, Noticed::new);
    this.follower =
        new Follower<>(
            context,
            SourceGone::new,
            after ->
                blackboards.tell(
                    new ShardingEnvelope<>(
                        session.value(), new Blackboard.Subscribe(after, notices))),
            afterRevision);
    context.watchWith(reader, new ReaderGone());
    follower.subscribe();
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    switch (command) {
      case Noticed(Blackboard.Subscribed(var blackboard, _)) -> follower.onSubscribed(blackboard);
      case Noticed(Blackboard.EntryChanged changed) -> onEntryChanged(changed);
      case SourceGone(var gone) -> follower.onGone(gone);
      case Renew _ -> follower.subscribe();
      case ReaderGone _ -> {
        return Behaviors.stopped();
      }
    }
    return this;
  }

  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      reader.tell(new BoardNews.Over());
    }
    return this;
  }

  private void onEntryChanged(Blackboard.EntryChanged changed) {
    if (follower.hears(changed.previous(), changed.entry().revision())) {
      reader.tell(new BoardNews.Changed(changed.entry()));
    }
  }
}
