package io.nanoswarm.orchestrator;

import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.SessionUpdate;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskRecord;
import io.nanoswarm.session.TaskSpec;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What has been done about the tasks of a session, and which of them are to be looked at. Looks at
 * no task that nothing happened to, so that a task of a large session costs what one of a small
 * session does. Pure; not thread safe; bounded by the tasks of the session.
 */
final class RunProgress {
  private final Set<TaskId> offered = new HashSet<>();
  private final Set<TaskId> closed = new HashSet<>();

  /**
   * The tasks that an update concerns: those that its events are about, and those that waited for
   * them. All, if it tells of nothing that happened: then something may have been missed.
   */
  static Collection<TaskRecord> concerned(SessionState.Active now, SessionUpdate update) {
    if (update.stored().isEmpty() && update.began() == null) {
      return now.tasks().values();
    }
    var ids = new LinkedHashSet<TaskId>();
    for (SessionEvent event : update.stored()) {
      switch (event) {
        case SessionEvent.PlanRecorded _,
            SessionEvent.TasksRetried _,
            SessionEvent.FollowUpAsked _,
            SessionEvent.SessionPaused _,
            SessionEvent.SessionUnpaused _,
            SessionEvent.SessionPrioritised _ ->
            ids.addAll(now.tasks().keySet());
        case SessionEvent.TaskSettled settled -> addWithFollowers(ids, now, settled.task());
        case SessionEvent.TaskDied died -> addWithFollowers(ids, now, died.task());
        case SessionEvent.AttemptEnded ended -> ids.add(ended.task());
        case SessionEvent.TaskWoken woken -> ids.add(woken.task());
        case SessionEvent.TaskHandedOff handed -> ids.add(handed.task());
        case SessionEvent.TaskSuspended suspended ->
            ids.addAll(suspended.children().stream().map(TaskSpec::id).toList());
        case SessionEvent.SessionOpened _,
            SessionEvent.EpochStarted _,
            SessionEvent.TaskDiscarded _,
            SessionEvent.SessionConcluded _ -> {}
      }
    }
    return ids.stream().map(now::task).flatMap(Optional::stream).toList();
  }

  private static void addWithFollowers(Set<TaskId> ids, SessionState.Active now, TaskId ended) {
    ids.add(ended);
    ids.addAll(now.followersOf(ended));
  }

  /**
   * Of some tasks, those that have ended since this was last asked of them. One that is tried again
   * ends again.
   */
  List<TaskRecord> closed(Collection<TaskRecord> tasks) {
    for (TaskRecord task : tasks) {
      if (!task.ended() && closed.remove(task.id())) {
        offered.remove(task.id());
      }
    }
    return tasks.stream()
        .filter(task -> task.ended() && task.lastEnded() != null && closed.add(task.id()))
        .toList();
  }

  boolean isOffered(TaskId task) {
    return offered.contains(task);
  }

  void offered(TaskId task) {
    offered.add(task);
  }

  /** It runs, or its host is lost: when it is ready again, it is to be offered again. */
  void notOffered(TaskId task) {
    offered.remove(task);
  }

  /** Everything that is ready is to be offered again. */
  void offerAgain() {
    offered.clear();
  }
}
