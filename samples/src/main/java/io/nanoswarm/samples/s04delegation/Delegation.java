package io.nanoswarm.samples.s04delegation;

import io.nanoswarm.agent.Task;
import io.nanoswarm.planner.FixedPlan;
import io.nanoswarm.planner.Planner;
import io.nanoswarm.samples.Sample;
import java.util.List;

/** A tree of tasks for one agent: who waits for children holds nobody. */
public final class Delegation implements Sample {
  @Override
  public String goal() {
    return "3 1 4 1 5 9 2 6";
  }

  @Override
  public List<Member> agents() {
    return List.of(Member.of("adder", SumAgent.class, "adds up numbers"));
  }

  @Override
  public Planner planner() {
    return FixedPlan.of("sum", "adder")
        .with(task -> task.withParameter(Task.RESULT, "final/answer"));
  }
}
