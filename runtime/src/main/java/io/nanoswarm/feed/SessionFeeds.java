package io.nanoswarm.feed;

import io.nanoswarm.session.SessionId;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Parent of the {@link SessionFeed}s of a node: one for each session that somebody follows. */
public final class SessionFeeds extends AbstractMatchingBehavior<SessionFeeds.Command> {

  /** What is told of feeds. Never leaves the JVM. */
  public sealed interface Command {}

  /** Follow a session; its feed is started if need be. */
  public record Follow(SessionId session, SessionFeed.Links links, SessionFeed.Subscribe subscribe)
      implements Command {}

  private record FeedStopped(SessionId session) implements Command {}

  private final Map<SessionId, ActorRef<SessionFeed.Command>> feeds = new HashMap<>();

  public static Behavior<Command> create() {
    return Behaviors.setup(SessionFeeds::new);
  }

  private SessionFeeds(ActorContext<Command> context) {
    super(context);
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Follow follow -> onFollow(follow);
      case FeedStopped(var session) -> onFeedStopped(session);
    };
  }

  private Behavior<Command> onFollow(Follow follow) {
    feeds
        .computeIfAbsent(follow.session(), session -> start(session, follow.links()))
        .tell(follow.subscribe());
    return this;
  }

  private ActorRef<SessionFeed.Command> start(SessionId session, SessionFeed.Links links) {
    var feed = getContext().spawn(SessionFeed.create(session, links), session.value());
    getContext().watchWith(feed, new FeedStopped(session));
    return feed;
  }

  private Behavior<Command> onFeedStopped(SessionId session) {
    feeds.remove(session);
    return this;
  }
}
