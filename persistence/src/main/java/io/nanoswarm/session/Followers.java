package io.nanoswarm.session;

import io.nanoswarm.entity.PageBound;
import io.nanoswarm.session.FollowReply.Mark;
import io.nanoswarm.session.Session.Command;
import io.nanoswarm.session.SessionSnapshot.Running;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * Who follows a session, wherever they are: each is told it once, and then what changes, in
 * messages that stay small however many tasks there are. Owned by one Session.
 */
final class Followers {
  private final ActorContext<Command> context;
  private final String incarnation = UUID.randomUUID().toString();
  private final Set<ActorRef<FollowReply>> followers = new LinkedHashSet<>();

  /** Of what was told last. */
  private long number;

  Followers(ActorContext<Command> context) {
    this.context = context;
  }

  /** Follows on, if it did before. */
  void add(Session.Follow follow, SessionSnapshot now) {
    ActorRef<FollowReply> follower = follow.follower();
    if (followers.add(follower)) {
      context.watchWith(follower, new Session.FollowerStopped(follower));
    }
    var mark = new Mark(incarnation, number);
    Mark seen = follow.seen();
    if (seen != null && seen.incarnation().equals(incarnation)) {
      // What it has not seen may be on its way: it will know when it hears this.
      follower.tell(new FollowReply.Here(mark));
    } else {
      tell(follower, mark, now, List.of());
    }
  }

  void remove(ActorRef<FollowReply> follower) {
    followers.remove(follower);
  }

  boolean isEmpty() {
    return followers.isEmpty();
  }

  void tell(SessionUpdate update) {
    if (followers.isEmpty()) {
      number++;
    } else if (update.stored().stream().anyMatch(PageBound::isLarge)) {
      List<SessionEvent> small =
          PageBound.first(update.stored().stream().map(Followers::small).toList());
      Mark mark = next();
      followers.forEach(follower -> tell(follower, mark, update.now(), small));
    } else {
      tellSteps(update);
    }
  }

  /** One, as a rule: many attempts may have ended together. */
  private void tellSteps(SessionUpdate update) {
    var running = List.copyOf(update.now().running().values());
    List<SessionEvent> left = update.stored();
    Running began = update.began();
    do {
      List<SessionEvent> some = PageBound.first(left);
      var step = new FollowReply.Step(next(), some, began, running);
      followers.forEach(follower -> follower.tell(step));
      left = left.subList(some.size(), left.size());
      began = null;
    } while (!left.isEmpty());
  }

  private Mark next() {
    number++;
    return new Mark(incarnation, number);
  }

  private void tell(
      ActorRef<FollowReply> follower, Mark mark, SessionSnapshot now, List<SessionEvent> stored) {
    follower.tell(
        new FollowReply.Standing(mark, TaskPages.tell(now, follower, context.getSystem()), stored));
  }

  /** Without what grows with the number of tasks. */
  private static SessionEvent small(SessionEvent event) {
    return switch (event) {
      case SessionEvent.PlanRecorded(var at, var plan) ->
          new SessionEvent.PlanRecorded(at, new Plan(List.of(), plan.answer()));
      case SessionEvent.TasksRetried retried ->
          new SessionEvent.TasksRetried(retried.at(), List.of(), List.of());
      case SessionEvent.SessionOpened _,
          SessionEvent.EpochStarted _,
          SessionEvent.AttemptEnded _,
          SessionEvent.TaskSettled _,
          SessionEvent.TaskDied _,
          SessionEvent.TaskSuspended _,
          SessionEvent.TaskWoken _,
          SessionEvent.TaskHandedOff _,
          SessionEvent.TaskDiscarded _,
          SessionEvent.FollowUpAsked _,
          SessionEvent.SessionPaused _,
          SessionEvent.SessionUnpaused _,
          SessionEvent.SessionPrioritised _,
          SessionEvent.SessionConcluded _ ->
          event;
    };
  }
}
