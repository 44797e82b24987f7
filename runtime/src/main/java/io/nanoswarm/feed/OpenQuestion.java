package io.nanoswarm.feed;

import io.nanoswarm.session.Fence;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.TaskRecord;
import io.nanoswarm.session.Wait;
import java.util.ArrayList;
import java.util.List;

/**
 * What a task of an unfinished session asks a person.
 *
 * @param askedBy the attempt that asked; tells this question from a later one of the same task
 */
public record OpenQuestion(TaskRecord task, String question, Fence askedBy) {

  /** All that a session asks, in the order of its tasks; nothing once it is over. */
  public static List<OpenQuestion> of(SessionSnapshot snapshot) {
    var questions = new ArrayList<OpenQuestion>();
    if (snapshot.state() instanceof SessionState.Active active) {
      for (TaskRecord task : active.tasks().values()) {
        Fence askedBy = task.lastEnded();
        if (askedBy != null
            && task.phase() instanceof TaskRecord.Suspended(_, Wait.ForPerson(var question))) {
          questions.add(new OpenQuestion(task, question, askedBy));
        }
      }
    }
    return questions;
  }
}
