package io.nanoswarm.session;

import io.nanoswarm.session.AttemptStep.What;
import io.nanoswarm.session.SessionSnapshot.Running;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a session after it is stored: to those who watch it, and, of its attempts, to
 * whoever counts on this node. Owned by one Session.
 */
final class SessionNews {
  private final ActorContext<Session.Command> context;
  private final SessionId session;
  private final RunningAttempts running;
  private final Watchers watchers;
  private final Followers followers;

  SessionNews(ActorContext<Session.Command> context, SessionId session, RunningAttempts running) {
    this.context = context;
    this.session = session;
    this.running = running;
    watchers = new Watchers(context);
    followers = new Followers(context);
  }

  SessionSnapshot snapshot(SessionState state) {
    return new SessionSnapshot(session, state, running.view());
  }

  /** From now on the watcher is told what changes; of how it stands, at once. */
  void watch(SessionState state, ActorRef<SessionUpdate> watcher) {
    watchers.add(watcher);
    watcher.tell(new SessionUpdate(snapshot(state), List.of(), null));
  }

  void stopped(ActorRef<SessionUpdate> watcher) {
    watchers.remove(watcher);
  }

  /** From now on the follower is told what changes; of how it stands, unless it knows. */
  void follow(SessionState state, Session.Follow follow) {
    followers.add(follow, snapshot(state));
  }

  void followerStopped(ActorRef<FollowReply> follower) {
    followers.remove(follower);
  }

  boolean isWatched() {
    return !watchers.isEmpty() || !followers.isEmpty();
  }

  /**
   * @param began an attempt that has begun, null if none has
   */
  void tell(SessionState state, List<SessionEvent> stored, @Nullable Running began) {
    if (began != null) {
      publish(AttemptStep.step(state, began.task(), What.BEGUN, null));
    }
    stored.forEach(event -> publish(AttemptStep.of(event, state)));
    tell(new SessionUpdate(snapshot(state), stored, began));
  }

  /** A task's attempt is over before its end. */
  void tellCutOff(SessionState state, TaskId task, List<SessionEvent> stored) {
    publish(AttemptStep.step(state, task, What.CUT_OFF, null));
    tell(new SessionUpdate(snapshot(state), stored, null));
  }

  private void tell(SessionUpdate update) {
    watchers.tell(update);
    followers.tell(update);
  }

  /** All attempts that run are over before their end; watchers are told why by something else. */
  void countCutOff(SessionState state) {
    running
        .view()
        .keySet()
        .forEach(task -> publish(AttemptStep.step(state, task, What.CUT_OFF, null)));
  }

  private void publish(Optional<AttemptStep> step) {
    step.ifPresent(each -> each.publish(context.getSystem()));
  }
}
