package io.nanoswarm.feed;

import io.nanoswarm.session.FollowReply;
import io.nanoswarm.session.FollowReply.Mark;
import io.nanoswarm.session.FollowReply.Standing;
import io.nanoswarm.session.FollowReply.Step;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionSnapshot.Running;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.SessionUpdate;
import io.nanoswarm.session.TaskPages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a session that may be on another node: read once, page by page, and led on by what
 * changes.
 *
 * <p>Guarantees: its owner is told the whole session with each update, as a watcher on the
 * session's own node is, in the same order. What is lost on the way, or moves, is noticed after
 * {@link #FOLLOW_AGAIN} at most; then the session is read anew.
 *
 * <p>Not promised: every update. After a gap the owner is told where the session stands by then.
 *
 * <p>Lifecycle: started by its owner, and stops with it.
 */
final class SessionCopy extends AbstractMatchingBehavior<SessionCopy.Command> {
  private static final Duration FOLLOW_AGAIN = Duration.ofSeconds(5);
  private static final Duration PAGE_WITHIN = Duration.ofSeconds(10);

  /** Steps that wait for a session to be read. */
  private static final int MOST_WAITING = 10_000;

  /** What it is told. Never leaves the JVM. */
  sealed interface Command {}

  private record Told(FollowReply reply) implements Command {}

  private record Read(Standing standing, SessionSnapshot whole) implements Command {}

  private record Unread(Standing standing, Throwable why) implements Command {}

  private record FollowAgain() implements Command {}

  private final Consumer<Session.Command> session;
  private final ActorRef<SessionUpdate> owner;
  private final ActorRef<FollowReply> replies;
  private final List<Step> waiting = new ArrayList<>();
  private @Nullable SessionSnapshot now;

  /** What the copy is as of; null if it has to be read. */
  private @Nullable Mark mark;

  /** What is being read. */
  private @Nullable Standing reading;

  /** Whether it was asked where the session stands, and has not been told. */
  private boolean asked;

  /**
   * @param session tells the session something
   */
  static Behavior<Command> create(
      Consumer<Session.Command> session, ActorRef<SessionUpdate> owner) {
    return Behaviors.setup(context ->
        Behaviors.withTimers(timers -> new SessionCopy(context, timers, session, owner)));
  }

  private SessionCopy(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Consumer<Session.Command> session,
      ActorRef<SessionUpdate> owner) {
    super(context);
    context.setLoggerName(SessionCopy.class);
    this.session = session;
    this.owner = owner;
    replies = context.messageAdapter(FollowReply.class, Told::new);
    timers.startTimerWithFixedDelay(new FollowAgain(), Duration.ZERO, FOLLOW_AGAIN);
  }

  @Override
  public Behavior<Command> onMessage(Command command) {
    return switch (command) {
      case Told(Standing standing) -> onStanding(standing);
      case Told(Step step) -> onStep(step);
      case Told(FollowReply.Here here) -> onHere(here);
      case Read(var standing, var whole) -> onRead(standing, whole);
      case Unread(var standing, var why) -> onUnread(standing, why);
      case FollowAgain _ -> onFollowAgain();
    };
  }

  private Behavior<Command> onFollowAgain() {
    Mark seen = last();
    asked = seen == null;
    session.accept(new Session.Follow(seen, replies));
    return this;
  }

  /** Of what it was told last; null if it has to be told where the session stands. */
  private @Nullable Mark last() {
    if (reading == null) {
      return mark;
    }
    return waiting.isEmpty() ? reading.mark() : waiting.getLast().mark();
  }

  private Behavior<Command> onHere(FollowReply.Here here) {
    Mark last = last();
    if (last == null || !here.mark().isUpTo(last)) {
      readAnew();
    }
    return this;
  }

  private void readAnew() {
    mark = null;
    reading = null;
    waiting.clear();
    if (!asked) {
      asked = true;
      session.accept(new Session.Follow(null, replies));
    }
  }

  private Behavior<Command> onStanding(Standing standing) {
    asked = false;
    waiting.clear();
    if (standing.now().rest() == null) {
      return onWhole(standing, standing.now());
    }
    reading = standing;
    getContext()
        .pipeToSelf(
            TaskPages.whole(standing.now(), PAGE_WITHIN, getContext().getSystem()),
            (whole, why) -> why == null ? new Read(standing, whole) : new Unread(standing, why));
    return this;
  }

  private Behavior<Command> onRead(Standing standing, SessionSnapshot whole) {
    return isRead(standing) ? onWhole(standing, whole) : this;
  }

  private boolean isRead(Standing standing) {
    return reading != null && reading.mark().equals(standing.mark());
  }

  private Behavior<Command> onUnread(Standing standing, Throwable why) {
    if (isRead(standing)) {
      getContext()
          .getLog()
          .warn("session [{}] is read anew: [{}]", standing.now().session(), why.toString());
      readAnew();
    }
    return this;
  }

  private Behavior<Command> onWhole(Standing standing, SessionSnapshot whole) {
    reading = null;
    now = whole;
    mark = standing.mark();
    owner.tell(new SessionUpdate(whole, standing.stored(), null));
    var steps = List.copyOf(waiting);
    waiting.clear();
    steps.forEach(this::onStep);
    return this;
  }

  private Behavior<Command> onStep(Step step) {
    if (reading != null) {
      waitWith(step);
    } else if (mark != null && now != null && step.mark().follows(mark)) {
      go(now, step);
    } else if (mark == null || !step.mark().isUpTo(mark)) {
      readAnew();
    }
    return this;
  }

  private void waitWith(Step step) {
    if (waiting.size() == MOST_WAITING) {
      readAnew();
    } else {
      waiting.add(step);
    }
  }

  private void go(SessionSnapshot before, Step step) {
    SessionState state = before.state();
    for (SessionEvent event : step.stored()) {
      state = state.apply(event);
    }
    var running =
        step.running().stream().collect(Collectors.toMap(Running::task, Function.identity()));
    now = new SessionSnapshot(before.session(), state, running);
    mark = step.mark();
    owner.tell(new SessionUpdate(now, step.stored(), step.began()));
  }
}
