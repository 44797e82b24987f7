package io.nanoswarm.history;

import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.BlackboardEvent;
import io.nanoswarm.blackboard.Entry;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.QuestionNames;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.TaskId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a blackboard beside those of its session, with no code of either, and says
 * what cannot be. Used once.
 */
final class BlackboardHistory {
  private final History history;
  private final List<String> contradictions = new ArrayList<>();
  private final Map<EntryPath, Entry> entries = new HashMap<>();
  private final Set<EntryPath> unfinished = new HashSet<>();
  private final Map<TaskId, Fence> posted = new HashMap<>();
  private final Map<TaskId, Fence> over = new HashMap<>();
  private final Map<TaskId, Fence> settled = new HashMap<>();
  private final Set<TaskId> retried = new HashSet<>();
  private long revision;

  BlackboardHistory(History history) {
    this.history = history;
  }

  List<String> contradictions() {
    for (SessionEvent event : history.session()) {
      if (event instanceof SessionEvent.TasksRetried(_, var tasks, var after)) {
        retried.addAll(tasks);
        retried.addAll(after);
      }
    }
    for (BlackboardEvent event : history.blackboard()) {
      switch (event) {
        case BlackboardEvent.EntryPosted(var entry, var marked) -> {
          mark(marked);
          post(entry);
        }
        case BlackboardEvent.AttemptEnded(var task, var fence, var marked) -> {
          mark(marked);
          over.merge(task, fence, BlackboardHistory::later);
        }
        case BlackboardEvent.AttemptSettled(var task, var fence, var marked) -> {
          mark(marked);
          settled.put(task, fence);
        }
      }
    }
    if (history.session().stream().anyMatch(SessionEvent.SessionConcluded.class::isInstance)) {
      compareWithEnding();
    }
    return contradictions;
  }

  private static Fence later(Fence one, Fence other) {
    return one.isOlderThan(other) ? other : one;
  }

  private void mark(List<EntryPath> paths) {
    for (EntryPath path : paths) {
      revision++;
      expect(entries.containsKey(path), "%s is marked, and nothing stands there", path);
      unfinished.add(path);
    }
  }

  private void post(Entry entry) {
    revision++;
    expect(
        entry.revision() == revision,
        "%s has revision %d, and it is change %d",
        entry.path(),
        entry.revision(),
        revision);
    revision = entry.revision();
    if (entry.author() instanceof Author.Agent(_, var task, var fence)) {
      boolean again =
          retried.contains(task) && settled.getOrDefault(task, fence).isOlderThan(fence);
      expect(
          !settled.containsKey(task) || again,
          "%s was posted after %s was settled",
          entry.path(),
          task);
      expectNewer(posted.get(task), fence, entry, true);
      expectNewer(over.get(task), fence, entry, false);
      posted.put(task, fence);
    }
    entries.put(entry.path(), entry);
    unfinished.remove(entry.path());
  }

  private void expectNewer(@Nullable Fence known, Fence fence, Entry entry, boolean orSame) {
    boolean newer = known == null || known.isOlderThan(fence) || (orSame && known.equals(fence));
    expect(newer, "%s was posted under %s, after %s", entry.path(), fence, known);
  }

  /** What the attempt that settled a task has posted stands, and nothing else does. */
  private void compareWithEnding() {
    var outcomes = new HashMap<TaskId, Fence>();
    Ending ending = null;
    int question = 1;
    for (SessionEvent event : history.session()) {
      switch (event) {
        case SessionEvent.TaskSettled done -> outcomes.put(done.task(), done.fence());
        case SessionEvent.SessionConcluded(_, var how) -> ending = how;
        case SessionEvent.TasksRetried(_, var tasks, var after) -> {
          ending = null;
          tasks.forEach(outcomes::remove);
          after.forEach(outcomes::remove);
        }
        case SessionEvent.SessionOpened _,
            SessionEvent.PlanRecorded _,
            SessionEvent.EpochStarted _,
            SessionEvent.AttemptEnded _,
            SessionEvent.TaskDied _,
            SessionEvent.TaskSuspended _,
            SessionEvent.TaskWoken _,
            SessionEvent.TaskHandedOff _,
            SessionEvent.TaskDiscarded _,
            SessionEvent.SessionPaused _,
            SessionEvent.SessionUnpaused _,
            SessionEvent.SessionPrioritised _ -> {}
        case SessionEvent.FollowUpAsked further -> {
          ending = null;
          question = further.number();
        }
      }
    }
    boolean all = ending instanceof Ending.Completed;
    boolean answered = false;
    for (Entry entry : entries.values()) {
      if (entry.author() instanceof Author.Agent(_, var task, var fence)) {
        boolean stands = !unfinished.contains(entry.path()) && QuestionNames.isOf(question, task);
        if (stands && all) {
          expect(
              fence.equals(outcomes.get(task)),
              "%s stands, of attempt %s, and %s was settled by %s",
              entry.path(),
              fence,
              task,
              outcomes.get(task));
        }
        answered |= stands && entry.path().section() == Section.FINAL;
      }
    }
    expect(!all || answered, "the session is called completed, and nothing stands in final/");
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotation is in no library that we ship
  private void expect(boolean so, String otherwise, @Nullable Object... of) {
    if (!so) {
      contradictions.add(otherwise.formatted(of));
    }
  }
}
