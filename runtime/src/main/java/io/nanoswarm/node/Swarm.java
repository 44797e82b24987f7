package io.nanoswarm.node;

import io.nanoswarm.api.AgentsView;
import io.nanoswarm.api.OverviewView;
import io.nanoswarm.api.ReadyView;
import io.nanoswarm.feed.FeedItem;
import io.nanoswarm.feed.SessionFeed;
import io.nanoswarm.feed.SessionFeeds;
import io.nanoswarm.metrics.SwarmMetrics;
import io.nanoswarm.session.SessionId;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.typed.javadsl.ActorSource;
import org.jspecify.annotations.Nullable;

/**
 * The swarm as the endpoint sees it: with its parts, the only place that asks actors from outside.
 *
 * <p>Guarantees: a stage that completes tells of what is stored. A stage that fails with {@link
 * SwarmProblem} tells the user what to do. May be used from any thread.
 */
public final class Swarm {
  private static final int FEED_BUFFER = 4096;

  private final Sessions sessions;
  private final Keeping keeping;
  private final Boards boards;
  private final AgentViews agents;
  private final Looking looking;
  private final ClusterView cluster;
  private final ActorRef<SessionFeeds.Command> feeds;
  private final SessionFeed.Links feedLinks;

  /** What the node tells of itself. */
  record Looking(Readiness readiness, Scrape scrape, Overviews overviews) {}

  Swarm(
      Sessions sessions,
      Keeping keeping,
      Boards boards,
      AgentViews agents,
      Looking looking,
      ClusterView cluster,
      ActorRef<SessionFeeds.Command> feeds,
      SessionFeed.Links feedLinks) {
    this.sessions = sessions;
    this.keeping = keeping;
    this.boards = boards;
    this.agents = agents;
    this.looking = looking;
    this.cluster = cluster;
    this.feeds = feeds;
    this.feedLinks = feedLinks;
  }

  public Sessions sessions() {
    return sessions;
  }

  public Keeping keeping() {
    return keeping;
  }

  public Boards boards() {
    return boards;
  }

  public ClusterView cluster() {
    return cluster;
  }

  public CompletionStage<AgentsView> agents() {
    return agents.now();
  }

  /** Kills an agent's JVM, whatever it works on; its slot starts another one. */
  public CompletionStage<AgentsView> restart(String agent) {
    return agents.restart(agent);
  }

  /** The whole swarm at a glance; asked for often, it is the same for up to a second. */
  public CompletionStage<OverviewView> overview() {
    return looking.overviews().now();
  }

  /** Whether the node can do what it is there for. */
  public CompletionStage<ReadyView> ready() {
    return looking.readiness().now().thenApply(Readiness.Looked::view);
  }

  /** The node and its swarm in figures, as {@link SwarmMetrics#CONTENT_TYPE}. */
  public CompletionStage<String> metrics() {
    return looking.scrape().now();
  }

  /**
   * Follows a session until it is over. A reader that falls behind by more than the buffer is cut
   * off, and may come back.
   *
   * @param lastSeen id of the last item that the reader saw, null for none
   */
  public Source<FeedItem, NotUsed> follow(SessionId session, @Nullable String lastSeen) {
    Source<FeedItem, ActorRef<FeedItem>> source =
        ActorSource.actorRef(
            _ -> false, _ -> Optional.empty(), FEED_BUFFER, OverflowStrategy.fail());
    return source.mapMaterializedValue(subscriber -> {
      feeds.tell(
          new SessionFeeds.Follow(
              session, feedLinks, new SessionFeed.Subscribe(lastSeen, subscriber)));
      return NotUsed.getInstance();
    });
  }
}
