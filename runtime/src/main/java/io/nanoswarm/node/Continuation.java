package io.nanoswarm.node;

import io.nanoswarm.directory.SessionLine;
import io.nanoswarm.session.SessionId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Has every session driven that is not over.
 *
 * <p>Guarantees: whatever control node dies, its sessions are taken up again by those that are
 * left, with the agents that they need. Being told to drive a session that is driven changes
 * nothing.
 *
 * <p>Lifecycle: a cluster singleton on control nodes that stay. Knows nothing when it starts: then
 * the supervisor may have moved as well, and hears of all wishes again.
 */
final class Continuation extends AbstractMatchingBehavior<Continuation.Command> {
  private static final Duration AGAIN = Duration.ofSeconds(3);

  sealed interface Command {}

  private record Look() implements Command {}

  private record Seen(List<SessionLine> unfinished) implements Command {}

  private record NotSeen(Throwable why) implements Command {}

  private record TakenUp(SessionId session) implements Command {}

  private record NotTakenUp(SessionId session, Throwable why) implements Command {}

  private final Sessions sessions;
  private final InstantSource clock;
  private final Set<SessionId> takenUp = new HashSet<>();
  private boolean looking;

  static Behavior<Command> create(Sessions sessions, InstantSource clock) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> {
          timers.startTimerWithFixedDelay(new Look(), new Look(), Duration.ZERO, AGAIN);
          return new Continuation(context, sessions, clock);
        }));
  }

  private Continuation(ActorContext<Command> context, Sessions sessions, InstantSource clock) {
    super(context);
    context.setLoggerName(Continuation.class);
    this.clock = clock;
    this.sessions = sessions;
  }

  @Override
  public Behavior<Command> onMessage(Command message) {
    switch (message) {
      case Look _ -> onLook();
      case Seen(var unfinished) -> onSeen(unfinished);
      case NotSeen(var why) -> {
        looking = false;
        getContext().getLog().warn("sessions cannot be listed: [{}]", why.toString());
      }
      case TakenUp(var session) -> getContext().getLog().info("session [{}] is taken up", session);
      case NotTakenUp(var session, var why) -> {
        takenUp.remove(session);
        getContext()
            .getLog()
            .warn("session [{}] is not taken up yet: [{}]", session, why.toString());
      }
    }
    return this;
  }

  private void onLook() {
    if (!looking) {
      looking = true;
      getContext()
          .pipeToSelf(
              sessions.unfinished(),
              (unfinished, failure) ->
                  failure == null ? new Seen(unfinished) : new NotSeen(failure));
    }
  }

  private void onSeen(List<SessionLine> unfinished) {
    looking = false;
    takenUp.retainAll(unfinished.stream().map(SessionLine::session).toList());
    for (SessionLine line : unfinished) {
      var session = line.session();
      if (takenUp.add(session)) {
        getContext()
            .pipeToSelf(
                sessions.takeUp(line, clock.instant()),
                (_, failure) ->
                    failure == null ? new TakenUp(session) : new NotTakenUp(session, failure));
      } else {
        // The node of whoever drove it may be gone.
        var _ = sessions.drive(session);
      }
    }
  }
}
