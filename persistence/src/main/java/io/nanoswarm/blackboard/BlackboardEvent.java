package io.nanoswarm.blackboard;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.TaskId;
import java.util.List;

/**
 * Facts of one blackboard, in journal order. The {@code name}s are on disk: never change one.
 *
 * <p>Entries that an event marks as unfinished take the next revisions, in the order listed.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
  @JsonSubTypes.Type(value = BlackboardEvent.EntryPosted.class, name = "entry-posted"),
  @JsonSubTypes.Type(value = BlackboardEvent.AttemptEnded.class, name = "attempt-ended"),
  @JsonSubTypes.Type(value = BlackboardEvent.AttemptSettled.class, name = "attempt-settled")
})
public sealed interface BlackboardEvent {

  /**
   * An entry stands at its path, in place of any that stood there.
   *
   * @param unfinished what older attempts at the author's task had posted elsewhere, marked before
   *     the entry took its revision
   */
  record EntryPosted(Entry entry, List<EntryPath> unfinished) implements BlackboardEvent {
    public EntryPosted {
      unfinished = List.copyOf(unfinished);
    }
  }

  /** An attempt, and all before it, are over; a later one may follow. */
  record AttemptEnded(TaskId task, Fence fence, List<EntryPath> unfinished)
      implements BlackboardEvent {
    public AttemptEnded {
      unfinished = List.copyOf(unfinished);
    }
  }

  /** An attempt settled its task; no attempt follows. */
  record AttemptSettled(TaskId task, Fence fence, List<EntryPath> unfinished)
      implements BlackboardEvent {
    public AttemptSettled {
      unfinished = List.copyOf(unfinished);
    }
  }
}
