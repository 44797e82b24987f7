package io.nanoswarm.session;

import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.session.SessionSnapshot.Running;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** One session's names and values, as tests need them. */
final class Sample {
  static final SessionId SESSION = new SessionId("goal-1");
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
  static final Goal GOAL = new Goal("How are amounts rounded?");
  static final Workspace WORKSPACE =
      new Workspace("/home/ada/shop", new ArtifactRef("0123456789abcdef".repeat(4), 10), 1, 10);
  static final AgentName AGENT = new AgentName("researcher-1");
  static final WorkerId WORKER = new WorkerId("researcher-1-w1");
  static final AgentRole ROLE = new AgentRole("researcher");
  static final TaskId READ = task("read");
  static final TaskId ANSWER = task("answer");

  private Sample() {}

  static TaskId task(String name) {
    return TaskId.of(SESSION, name);
  }

  static TaskSpec spec(TaskId id, TaskId... after) {
    return spec(id, TaskSpec.Limits.DEFAULT, after);
  }

  static TaskSpec spec(TaskId id, TaskSpec.Limits limits, TaskId... after) {
    return TaskSpec.of(id, ROLE, "Do " + id.name())
        .withInstructions("do it")
        .withAfter(List.of(after))
        .withLimits(limits);
  }

  /** The last of the tasks is the answer. */
  static Plan plan(TaskSpec... tasks) {
    return new Plan(List.of(tasks), tasks[tasks.length - 1].id());
  }

  static SessionState.Active planned(TaskSpec... tasks) {
    return active(opened(), new SessionEvent.PlanRecorded(NOW, plan(tasks)));
  }

  static SessionState opened() {
    return new SessionState.Absent()
        .apply(new SessionEvent.SessionOpened(NOW, SESSION, GOAL, WORKSPACE, null, null));
  }

  static SessionState.Active active(SessionState before, SessionEvent... events) {
    return active(before, List.of(events));
  }

  static SessionState.Active active(SessionState before, List<SessionEvent> events) {
    SessionState state = before;
    for (SessionEvent event : events) {
      state = state.apply(event);
    }
    return (SessionState.Active) state;
  }

  static Fence fence(long counter) {
    return new Fence(1, counter);
  }

  static Running attempt(TaskId task, long counter) {
    return new Running(
        task, fence(counter), AGENT, WORKER, 1, NOW, NOW.plus(Duration.ofMinutes(10)));
  }

  static AttemptRequest.Suspend delegation(TaskId parent, String... children) {
    var specs = Stream.of(children).map(parent::child).map(id -> spec(id)).toList();
    return new AttemptRequest.Suspend(
        "half way", new Wait.ForChildren(specs.stream().map(TaskSpec::id).toList()), specs);
  }
}
