package io.nanoswarm.tracing;

import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionAwake;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.trace.Spans;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;

/**
 * Has every traced session of this node followed: beside it, never in its way.
 *
 * <p>Lifecycle: started with the node where spans are wanted; stops with it.
 */
public final class TracedSessions extends AbstractMatchingBehavior<TracedSessions.Command> {

  /** What it is told. */
  public sealed interface Command {}

  private record Awake(SessionAwake session) implements Command {}

  private record Over(SessionId session, ActorRef<FollowedSession.Command> follower)
      implements Command {}

  /**
   * @param sessions by their id
   * @param stored all events of a session, in their order; asked for few sessions at once
   * @param clock for what no event tells the time of
   */
  public record Means(
      ActorRef<ShardingEnvelope<Session.Command>> sessions,
      Function<SessionId, CompletionStage<List<SessionEvent>>> stored,
      Spans spans,
      InstantSource clock) {}

  private final Means means;
  private final Map<SessionId, ActorRef<FollowedSession.Command>> followed = new HashMap<>();

  public static Behavior<Command> create(Means means) {
    return Behaviors.setup(context -> new TracedSessions(context, means));
  }

  private TracedSessions(ActorContext<Command> context, Means means) {
    super(context);
    this.means =
        new Means(means.sessions(), new FewReads(means.stored()), means.spans(), means.clock());
    context
        .getSystem()
        .eventStream()
        .tell(
            new EventStream.Subscribe<>(
                SessionAwake.class, context.messageAdapter(SessionAwake.class, Awake::new)));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Awake(var session) -> onAwake(session);
      case Over(var session, var follower) -> onOver(session, follower);
    };
  }

  /** One that has come back, or was restarted, is followed anew. */
  private Behavior<Command> onAwake(SessionAwake session) {
    if (!session.trace().opened().sampled()) {
      return this;
    }
    var before = followed.remove(session.session());
    if (before != null) {
      getContext().stop(before);
    }
    var follower = getContext().spawnAnonymous(FollowedSession.create(session, means));
    getContext().watchWith(follower, new Over(session.session(), follower));
    followed.put(session.session(), follower);
    return this;
  }

  private Behavior<Command> onOver(SessionId session, ActorRef<FollowedSession.Command> follower) {
    followed.remove(session, follower);
    return this;
  }
}
