package io.nanoswarm.tracing;

import io.nanoswarm.session.Fence;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionAwake;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionSnapshot.Running;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.SessionUpdate;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.trace.EndedSpan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.jspecify.annotations.Nullable;

/**
 * Follows one session from its opening, or from wherever it stands, to its ending, and gives its
 * spans: first those of all that is stored, again if they were given before, then of what comes.
 *
 * <p>Lifecycle: stops with the session's ending, if the journal cannot be read, and once the
 * session is no longer worked on from this node: where it is, it is followed anew.
 */
final class FollowedSession extends AbstractMatchingBehavior<FollowedSession.Command> {
  /** What may be read and told at once. */
  private static final int OVERLAP = 256;

  /** Updates that wait for the journal to be read. */
  private static final int MOST_WAITING = 10_000;

  sealed interface Command {}

  private record Updated(SessionUpdate update) implements Command {}

  private record Read(List<SessionEvent> events) implements Command {}

  private record Unread(Throwable why) implements Command {}

  private record EntityStopped() implements Command {}

  private final TracedSessions.Means means;
  private final SessionAwake session;
  private final SessionSpans spans;
  private final CompletableFuture<List<SessionEvent>> reading;
  private final List<SessionUpdate> waiting = new ArrayList<>();
  private Set<SessionEvent> known = new HashSet<>();
  private Map<TaskId, Running> running = Map.of();
  private boolean read;

  static Behavior<Command> create(SessionAwake session, TracedSessions.Means means) {
    return Behaviors.setup(context -> new FollowedSession(context, session, means));
  }

  private FollowedSession(
      ActorContext<Command> context, SessionAwake session, TracedSessions.Means means) {
    super(context);
    this.means = means;
    this.session = session;
    context.setLoggerName(FollowedSession.class);
    spans = new SessionSpans(session.trace());
    var updates = context.messageAdapter(SessionUpdate.class, Updated::new);
    means
        .sessions()
        .tell(new ShardingEnvelope<>(session.session().value(), new Session.Watch(updates)));
    context.watchWith(session.entity(), new EntityStopped());
    reading = means.stored().apply(session.session()).toCompletableFuture();
    context.pipeToSelf(reading, (events, why) -> why == null ? new Read(events) : new Unread(why));
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Read(var events) -> onRead(events);
      case Unread(var why) -> onUnread(why);
      case Updated(var update) -> onUpdated(update);
      case EntityStopped _ -> onEntityStopped();
    };
  }

  @Override
  public Behavior<Command> onSignal(Signal signal) {
    if (signal instanceof PostStop) {
      reading.cancel(false);
    }
    return this;
  }

  /** One that has ended here is followed by nobody else: its journal is still read. */
  private Behavior<Command> onEntityStopped() {
    boolean over = !waiting.isEmpty() && isOver(waiting.getLast());
    return over ? this : Behaviors.stopped();
  }

  private Behavior<Command> onUnread(Throwable why) {
    getContext()
        .getLog()
        .warn("session [{}] is not traced from here: [{}]", session.session(), why.toString());
    return Behaviors.stopped();
  }

  private Behavior<Command> onRead(List<SessionEvent> events) {
    read = true;
    events.forEach(event -> give(spans.apply(event)));
    known = new HashSet<>(events);
    for (SessionUpdate update : waiting) {
      if (take(update)) {
        return Behaviors.stopped();
      }
    }
    waiting.clear();
    known = new HashSet<>(events.subList(Math.max(0, events.size() - OVERLAP), events.size()));
    return this;
  }

  private Behavior<Command> onUpdated(SessionUpdate update) {
    if (read) {
      return take(update) ? Behaviors.stopped() : this;
    }
    waiting.add(update);
    return waiting.size() > MOST_WAITING
        ? onUnread(new IllegalStateException("its journal is read too slowly"))
        : this;
  }

  /** Whether the session has ended by it. */
  private boolean take(SessionUpdate update) {
    Set<Fence> told = new HashSet<>();
    Instant at = means.clock().instant();
    for (SessionEvent event : update.stored()) {
      Fence fence = endedBy(event);
      if (fence != null) {
        told.add(fence);
      }
      at = event.at();
    }
    for (Running before : running.values()) {
      Running now = update.now().running().get(before.task());
      boolean over = now == null || !now.fence().equals(before.fence());
      if (over && !told.contains(before.fence())) {
        give(spans.cutOff(before, at));
      }
    }
    running = update.now().running();
    for (SessionEvent event : update.stored()) {
      if (!known.contains(event)) {
        give(spans.apply(event));
      }
    }
    return isOver(update);
  }

  private static boolean isOver(SessionUpdate update) {
    return !(update.now().state() instanceof SessionState.Active);
  }

  private static @Nullable Fence endedBy(SessionEvent event) {
    return switch (event) {
      case SessionEvent.AttemptEnded ended -> ended.fence();
      case SessionEvent.TaskSettled settled -> settled.fence();
      case SessionEvent.TaskSuspended suspended -> suspended.fence();
      case SessionEvent.TaskHandedOff handedOff -> handedOff.fence();
      case SessionEvent.SessionOpened _,
          SessionEvent.PlanRecorded _,
          SessionEvent.EpochStarted _,
          SessionEvent.TaskDied _,
          SessionEvent.TaskWoken _,
          SessionEvent.TasksRetried _,
          SessionEvent.TaskDiscarded _,
          SessionEvent.FollowUpAsked _,
          SessionEvent.SessionPaused _,
          SessionEvent.SessionUnpaused _,
          SessionEvent.SessionPrioritised _,
          SessionEvent.SessionConcluded _ ->
          null;
    };
  }

  private void give(List<EndedSpan> ended) {
    ended.forEach(means.spans()::ended);
  }
}
