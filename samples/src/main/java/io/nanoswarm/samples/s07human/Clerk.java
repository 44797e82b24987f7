package io.nanoswarm.samples.s07human;

import io.nanoswarm.agent.Task;
import io.nanoswarm.planner.FixedPlan;
import io.nanoswarm.planner.Planner;
import io.nanoswarm.samples.Sample;
import java.time.Duration;
import java.util.List;

/** One task that waits for a person. */
public final class Clerk implements Sample {
  @Override
  public String goal() {
    return "throw the old files away";
  }

  /** Long enough for whoever has to think. */
  @Override
  public Duration timeLimit() {
    return Duration.ofHours(1);
  }

  @Override
  public List<Member> agents() {
    return List.of(Member.of("clerk", ClerkAgent.class, "asks, then acts"));
  }

  @Override
  public Planner planner() {
    return FixedPlan.of("act", "clerk")
        .with(task -> task.withParameter(Task.RESULT, "final/answer"));
  }
}
