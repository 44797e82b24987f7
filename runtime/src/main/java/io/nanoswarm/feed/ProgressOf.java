package io.nanoswarm.feed;

import io.nanoswarm.agent.AgentEvent;
import io.nanoswarm.api.Progress;
import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionUpdate;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.Wait;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What the actors tell, as {@link Progress}. Pure. */
final class ProgressOf {
  private ProgressOf() {}

  static List<Progress> update(SessionUpdate update, SessionViews views, Instant at) {
    var progress = new ArrayList<Progress>();
    if (update.began() != null) {
      var began = update.began();
      progress.add(
          new Progress.TaskBegan(
              began.beganAt(), began.task().name(), began.agent().value(), began.number()));
    }
    for (SessionEvent event : update.stored()) {
      Progress each =
          switch (event) {
            case SessionEvent.PlanRecorded recorded ->
                new Progress.Planned(recorded.at(), views.of(update.now()).tasks());
            case SessionEvent.TaskSettled settled ->
                new Progress.TaskEnded(
                    settled.at(),
                    settled.task().name(),
                    settled.agent().value(),
                    SessionViews.state(settled.outcome()),
                    SessionViews.note(settled.outcome()));
            case SessionEvent.TaskDied died ->
                new Progress.TaskEnded(died.at(), died.task().name(), null, "dead", died.reason());
            case SessionEvent.TaskSuspended suspended ->
                new Progress.TaskEnded(
                    suspended.at(),
                    suspended.task().name(),
                    suspended.agent().value(),
                    "suspended",
                    SessionViews.note(suspended.waitFor()));
            case SessionEvent.AttemptEnded ended ->
                new Progress.AttemptEnded(
                    ended.at(), ended.task().name(), ended.agent().value(), ended.reason());
            case SessionEvent.TaskHandedOff handed ->
                new Progress.HandedOff(
                    handed.at(), handed.task().name(), handed.agent().value(), handed.to().value());
            case SessionEvent.SessionConcluded concluded ->
                new Progress.Concluded(concluded.at(), views.of(update.now()));
            case SessionEvent.TasksRetried retried ->
                new Progress.Planned(retried.at(), views.of(update.now()).tasks());
            case SessionEvent.FollowUpAsked further ->
                new Progress.Planned(further.at(), views.of(update.now()).tasks());
            case SessionEvent.SessionPaused(var since) -> new Progress.Paused(since);
            case SessionEvent.SessionUnpaused(var since) -> new Progress.Unpaused(since);
            case SessionEvent.SessionPrioritised(var since, var priority) ->
                new Progress.Prioritised(since, SessionViews.word(priority));
            case SessionEvent.SessionOpened _,
                SessionEvent.EpochStarted _,
                SessionEvent.TaskDiscarded _,
                SessionEvent.TaskWoken _ ->
                null;
          };
      if (each != null) {
        progress.add(each);
      }
      if (event instanceof SessionEvent.TaskSuspended suspended
          && suspended.waitFor() instanceof Wait.ForPerson(var question)) {
        progress.add(
            new Progress.Asked(
                suspended.at(), suspended.task().name(), suspended.agent().value(), question));
      }
    }
    return progress;
  }

  static Optional<Progress> entry(Entry entry) {
    return entry.unfinished()
        ? Optional.empty()
        : Optional.of(
            new Progress.Posted(
                entry.at(),
                entry.path().value(),
                author(entry.author()),
                entry.revision(),
                title(entry)));
  }

  static Optional<Progress> agent(AgentEvent event, Predicate<TaskId> ours) {
    return switch (event) {
      case AgentEvent.Up up ->
          Optional.of(
              new Progress.AgentUp(
                  up.at(), up.agent().value(), up.role().value(), up.pid(), up.restarts()));
      case AgentEvent.Down down ->
          Optional.of(
              new Progress.AgentDown(
                  down.at(), down.agent().value(), down.pid(), down.cause(), down.restarting()));
      case AgentEvent.Doing doing ->
          ours.test(doing.task())
              ? Optional.of(new Progress.Doing(doing.at(), doing.agent().value(), doing.text()))
              : Optional.empty();
    };
  }

  static String author(Author author) {
    return switch (author) {
      case Author.Agent agent -> agent.name().value();
      case Author.Swarm _ -> "swarm";
    };
  }

  /** The first heading, or the first line. */
  private static String title(Entry entry) {
    return entry
        .draft()
        .content()
        .lines()
        .map(line -> line.replaceFirst("^#+ *", "").strip())
        .filter(line -> !line.isEmpty())
        .findFirst()
        .orElse(entry.path().value());
  }
}
