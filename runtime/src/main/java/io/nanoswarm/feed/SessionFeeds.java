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

  /** Nobody listens to the feed any more. */
  record Unused(SessionId session, ActorRef<SessionFeed.Command> feed) implements Command {}

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
      case Unused(var session, var feed) -> onUnused(session, feed);
    };
  }

  private Behavior<Command> onFollow(Follow follow) {
    feeds
        .computeIfAbsent(follow.session(), session -> start(session, follow.links()))
        .tell(follow.subscribe());
    return this;
  }

  private ActorRef<SessionFeed.Command> start(SessionId session, SessionFeed.Links links) {
    return getContext().spawnAnonymous(SessionFeed.create(session, links, getContext().getSelf()));
  }

  /**
   * It is told to stop after all that was told to it before, and stays if that was a new listener.
   */
  private Behavior<Command> onUnused(SessionId session, ActorRef<SessionFeed.Command> feed) {
    feeds.remove(session, feed);
    feed.tell(new SessionFeed.StopIfUnused());
    return this;
  }
}
