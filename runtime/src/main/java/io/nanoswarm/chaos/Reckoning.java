package io.nanoswarm.chaos;

import io.nanoswarm.blackboard.BlackboardEvent;
import io.nanoswarm.history.History;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.SessionEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** Compares what was acknowledged with what is stored. */
final class Reckoning {
  private final StoredJournal journal;

  Reckoning(StoredJournal journal) {
    this.journal = journal;
  }

  /** What was acknowledged and is not there. */
  List<Acknowledged> lost(Collection<Acknowledged> acknowledged) {
    return acknowledged.stream().filter(each -> !stored(each)).toList();
  }

  private boolean stored(Acknowledged fact) {
    var history = journal.histories().get(fact.session());
    return history != null
        && switch (fact) {
          case Acknowledged.Opened _ -> any(history, SessionEvent.SessionOpened.class::isInstance);
          case Acknowledged.Ended(_, _, var task, var state) ->
              any(history, event -> ended(event, task, state));
          case Acknowledged.Settled(_, _, var task, var fence) ->
              any(
                  history,
                  event ->
                      event instanceof SessionEvent.TaskSettled settled
                          && settled.task().name().equals(task)
                          && settled.fence().equals(fence));
          case Acknowledged.Answered(_, _, var task, var text) ->
              any(
                  history,
                  event ->
                      event instanceof SessionEvent.TaskWoken(_, var id, var reply)
                          && id.name().equals(task)
                          && text.equals(reply));
          case Acknowledged.Posted(_, _, var path, var revision) ->
              history.blackboard().stream().anyMatch(event -> posted(event, path, revision));
          case Acknowledged.Concluded concluded -> concluded(history, concluded);
        };
  }

  private static boolean any(History history, Predicate<SessionEvent> so) {
    return history.session().stream().anyMatch(so);
  }

  private static boolean ended(SessionEvent event, String task, String state) {
    return switch (event) {
      case SessionEvent.TaskSettled settled ->
          settled.task().name().equals(task) && word(settled.outcome()).equals(state);
      case SessionEvent.TaskDied died -> died.task().name().equals(task) && state.equals("dead");
      case SessionEvent.TaskSuspended suspended ->
          suspended.task().name().equals(task) && state.equals("suspended");
      case SessionEvent.SessionOpened _,
          SessionEvent.PlanRecorded _,
          SessionEvent.EpochStarted _,
          SessionEvent.AttemptEnded _,
          SessionEvent.TaskWoken _,
          SessionEvent.TaskHandedOff _,
          SessionEvent.TasksRetried _,
          SessionEvent.TaskDiscarded _,
          SessionEvent.FollowUpAsked _,
          SessionEvent.SessionPaused _,
          SessionEvent.SessionUnpaused _,
          SessionEvent.SessionPrioritised _,
          SessionEvent.SessionConcluded _ ->
          false;
    };
  }

  private static String word(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Completed _ -> "completed";
      case Outcome.Failed _ -> "failed";
      case Outcome.Cancelled _ -> "cancelled";
    };
  }

  private static boolean posted(BlackboardEvent event, String path, long revision) {
    return event instanceof BlackboardEvent.EntryPosted(var entry, _)
        && entry.path().value().equals(path)
        && entry.revision() == revision;
  }

  private static boolean concluded(History history, Acknowledged.Concluded told) {
    var answer = told.answer();
    return any(
            history,
            event ->
                event instanceof SessionEvent.SessionConcluded(_, var ending)
                    && ending.word().equals(told.status()))
        && (answer == null
            || history.blackboard().stream().anyMatch(event -> holds(event, answer)));
  }

  private static boolean holds(BlackboardEvent event, String answer) {
    return event instanceof BlackboardEvent.EntryPosted(var entry, _)
        && entry.draft().content().strip().equals(answer.strip());
  }

  /** What contradicts the promises, in the history of any session. */
  List<String> contradictions() {
    var found = new ArrayList<>(journal.gaps());
    journal
        .histories()
        .forEach(
            (id, history) -> history.contradictions().forEach(each -> found.add(id + ": " + each)));
    return found;
  }

  /** Sessions that nobody has concluded. */
  List<String> unfinished() {
    return journal.histories().entrySet().stream()
        .filter(each -> !any(each.getValue(), SessionEvent.SessionConcluded.class::isInstance))
        .map(each -> each.getKey())
        .toList();
  }
}
