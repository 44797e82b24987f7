package io.nanoswarm.chaos;

import io.nanoswarm.api.Progress;
import io.nanoswarm.api.SessionView;
import io.nanoswarm.chaos.Schedule.Strike;
import io.nanoswarm.chaos.Watch.Seen;
import io.nanoswarm.chaos.Watch.TaskKey;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A fault that was injected, and when those it hit went on: a task that ran in a process that was
 * hit has its end stored; or, if none ran there, or each was stored just before, the next one of an
 * agent that was hit.
 */
final class Hit implements Injected {
  private final Strike strike;
  private final String what;
  private final Instant at;
  private final Set<TaskKey> tasks;
  private final Set<String> agents;
  private @Nullable Instant wentOn;

  /**
   * @param what for people, with process ids
   * @param tasks that ran where it hit
   * @param agents that it hit, none if that were all
   */
  Hit(Strike strike, String what, Instant at, Set<TaskKey> tasks, Set<String> agents) {
    this.strike = strike;
    this.what = what;
    this.at = at;
    this.tasks = new HashSet<>(tasks);
    this.agents = Set.copyOf(agents);
  }

  @Override
  public Kind kind() {
    return strike.kind();
  }

  @Override
  public String what() {
    return what;
  }

  @Override
  public Instant at() {
    return at;
  }

  @Override
  public @Nullable Long wentOnAfter() {
    return wentOn == null ? null : wentOn.toEpochMilli() - at.toEpochMilli();
  }

  @Override
  public boolean goesOnWith(Seen seen) {
    boolean hitATask = !tasks.isEmpty();
    switch (seen.event()) {
      case Progress.TaskEnded ended -> {
        var key = seen.key(ended.task());
        if (tasks.contains(key)) {
          judge(key, ended.at());
        } else if (!hitATask && !ended.at().isBefore(at) && byOneHit(ended.agent())) {
          wentOn = ended.at();
        }
      }
      case Progress.Snapshot(_, var session, _) -> {
        for (SessionView.TaskView task : session.tasks()) {
          var key = seen.key(task.id());
          if (task.endedAt() != null && tasks.contains(key)) {
            judge(key, task.endedAt());
          }
        }
      }
      case Progress.Planned _,
          Progress.AgentUp _,
          Progress.AgentDown _,
          Progress.Doing _,
          Progress.TaskBegan _,
          Progress.Asked _,
          Progress.AttemptEnded _,
          Progress.HandedOff _,
          Progress.Posted _,
          Progress.Paused _,
          Progress.Unpaused _,
          Progress.Prioritised _,
          Progress.Trouble _,
          Progress.Concluded _ -> {}
    }
    return wentOn != null;
  }

  private void judge(TaskKey key, Instant ended) {
    if (ended.isBefore(at)) {
      tasks.remove(key);
    } else if (wentOn == null || ended.isBefore(wentOn)) {
      wentOn = ended;
    }
  }

  private boolean byOneHit(@Nullable String agent) {
    return agents.isEmpty() || (agent != null && agents.contains(agent));
  }
}
