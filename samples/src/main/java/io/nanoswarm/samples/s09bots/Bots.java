package io.nanoswarm.samples.s09bots;

import io.nanoswarm.agent.Task;
import io.nanoswarm.planner.FixedPlan;
import io.nanoswarm.planner.Planner;
import io.nanoswarm.samples.Sample;
import java.util.List;

/** Two tasks at the same time, whose agents talk to each other without knowing each other. */
public final class Bots implements Sample {
  @Override
  public String goal() {
    return "count together";
  }

  @Override
  public List<Member> agents() {
    return List.of(Member.of("bot", BotAgent.class, "counts with another bot").times(2));
  }

  @Override
  public Planner planner() {
    return FixedPlan.of("even", "bot")
        .with(task -> task.withParameter("says", "even"))
        .and("odd", "bot")
        .with(task -> task.withParameter("says", "odd").withParameter(Task.RESULT, "final/answer"));
  }
}
