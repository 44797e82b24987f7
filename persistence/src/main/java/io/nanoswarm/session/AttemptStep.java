package io.nanoswarm.session;

import io.nanoswarm.session.SessionEvent.AttemptEnded;
import io.nanoswarm.session.SessionEvent.EpochStarted;
import io.nanoswarm.session.SessionEvent.FollowUpAsked;
import io.nanoswarm.session.SessionEvent.PlanRecorded;
import io.nanoswarm.session.SessionEvent.SessionConcluded;
import io.nanoswarm.session.SessionEvent.SessionOpened;
import io.nanoswarm.session.SessionEvent.SessionPaused;
import io.nanoswarm.session.SessionEvent.SessionPrioritised;
import io.nanoswarm.session.SessionEvent.SessionUnpaused;
import io.nanoswarm.session.SessionEvent.TaskDied;
import io.nanoswarm.session.SessionEvent.TaskDiscarded;
import io.nanoswarm.session.SessionEvent.TaskHandedOff;
import io.nanoswarm.session.SessionEvent.TaskSettled;
import io.nanoswarm.session.SessionEvent.TaskSuspended;
import io.nanoswarm.session.SessionEvent.TaskWoken;
import io.nanoswarm.session.SessionEvent.TasksRetried;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to an attempt, for whoever counts. A session publishes it on the event stream
 * of its node, an ending after it is stored; what nobody listens to is lost.
 *
 * @param role that the attempt was granted to
 * @param took how long it took, null unless it settled its task
 */
public record AttemptStep(AgentRole role, What what, @Nullable Duration took) {

  /** How attempts begin and end. */
  public enum What {
    BEGUN,
    COMPLETED,
    /** With its task, or so that another is to follow. */
    FAILED,
    CANCELLED,
    /** Its agent was lost or too slow, or its session ended before it. */
    CUT_OFF,
    /** Does not count. */
    GIVEN_BACK,
    SUSPENDED,
    HANDED_OFF
  }

  /**
   * What an event says of an attempt.
   *
   * @param after the session's state after it
   */
  static Optional<AttemptStep> of(SessionEvent event, SessionState after) {
    return switch (event) {
      case TaskSettled settled ->
          step(
              after,
              settled.task(),
              switch (settled.outcome()) {
                case Outcome.Completed _ -> What.COMPLETED;
                case Outcome.Failed _ -> What.FAILED;
                case Outcome.Cancelled _ -> What.CANCELLED;
              },
              Duration.between(settled.beganAt(), settled.at()));
      case AttemptEnded ended ->
          step(after, ended.task(), ended.counted() ? What.FAILED : What.GIVEN_BACK, null);
      case TaskSuspended suspended -> step(after, suspended.task(), What.SUSPENDED, null);
      case TaskHandedOff handedOff -> step(after, handedOff.task(), What.HANDED_OFF, null);
      case SessionOpened _,
          PlanRecorded _,
          EpochStarted _,
          TaskDied _,
          TaskWoken _,
          TasksRetried _,
          TaskDiscarded _,
          FollowUpAsked _,
          SessionPaused _,
          SessionUnpaused _,
          SessionPrioritised _,
          SessionConcluded _ ->
          Optional.empty();
    };
  }

  static Optional<AttemptStep> step(
      SessionState after, TaskId task, What what, @Nullable Duration took) {
    return after.task(task).map(record -> new AttemptStep(role(record, what), what, took));
  }

  /** A task that was handed off has another role by now. */
  private static AgentRole role(TaskRecord task, What what) {
    return what == What.HANDED_OFF
            && task.phase() instanceof TaskRecord.Open(_, _, var before)
            && before != null
        ? before
        : task.spec().role();
  }

  void publish(ActorSystem<?> system) {
    system.eventStream().tell(new EventStream.Publish<>(this));
  }
}
