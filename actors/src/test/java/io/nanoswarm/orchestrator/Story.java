package io.nanoswarm.orchestrator;

import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Fence;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.Priority;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.session.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One session with a task {@code read} and, after it, the task {@code answer}. */
final class Story {
  static final SessionId SESSION = new SessionId("goal-1");
  static final TaskId READ = TaskId.of(SESSION, "read");
  static final TaskId ANSWER = TaskId.of(SESSION, "answer");
  static final AgentName AGENT = new AgentName("researcher-1");
  static final WorkerId WORKER = new WorkerId("researcher-1-w1");
  static final AgentRole ROLE = new AgentRole("researcher");
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  static final Goal GOAL = new Goal("How are amounts rounded?");
  static final Workspace WORKSPACE =
      new Workspace("/shop", new ArtifactRef("0123456789abcdef".repeat(4), 1), 1, 1);
  static final Plan PLAN = new Plan(List.of(spec(READ), spec(ANSWER, READ)), ANSWER);
  static final Outcome DONE = new Outcome.Completed("done");

  private Story() {}

  private static TaskSpec spec(TaskId id, TaskId... after) {
    return TaskSpec.of(id, ROLE, "Do " + id.name())
        .withInstructions("do it")
        .withAfter(List.of(after))
        .withPriority(Priority.HIGH);
  }

  static SessionState opened(@Nullable Duration timeLimit) {
    return new SessionState.Absent()
        .apply(new SessionEvent.SessionOpened(NOW, SESSION, GOAL, WORKSPACE, timeLimit, null));
  }

  static SessionState planned() {
    return opened(null).apply(new SessionEvent.PlanRecorded(NOW, PLAN));
  }

  static SessionEvent settled(TaskId task, long counter, Outcome outcome) {
    return new SessionEvent.TaskSettled(NOW, task, fence(counter), AGENT, NOW, outcome);
  }

  static SessionEvent cutOff(TaskId task, long counter) {
    return new SessionEvent.AttemptEnded(NOW, task, fence(counter), AGENT, "lost", true);
  }

  static Fence fence(long counter) {
    return new Fence(1, counter);
  }

  static SessionSnapshot.Running running(TaskId task, long counter) {
    return new SessionSnapshot.Running(
        task, fence(counter), AGENT, WORKER, 1, NOW, NOW.plusSeconds(600));
  }
}
