package io.nanoswarm.samples.s03fanout;

import io.nanoswarm.agent.Task;
import io.nanoswarm.planner.FixedPlan;
import io.nanoswarm.planner.Planner;
import io.nanoswarm.samples.Sample;
import java.util.List;

/** Four counts at the same time, by as many agents as there are, and one sum. */
public final class FanOut implements Sample {
  private static final int PARTS = 4;

  @Override
  public String goal() {
    return "how many letters has this question altogether?";
  }

  @Override
  public List<Member> agents() {
    return List.of(
        Member.of("counter", CounterAgent.class, "counts letters").times(2),
        Member.of("adder", AdderAgent.class, "adds up"));
  }

  @Override
  public Planner planner() {
    var plan = count(FixedPlan.of("count-0", "counter"), 0);
    for (int part = 1; part < PARTS; part++) {
      plan = count(plan.and("count-" + part, "counter"), part);
    }
    return plan.and("add", "adder", "count-0", "count-1", "count-2", "count-3")
        .with(task -> task.withParameter(Task.RESULT, "final/answer"));
  }

  private static FixedPlan count(FixedPlan plan, int part) {
    return plan.with(task ->
        task.withParameter("part", String.valueOf(part))
            .withParameter("of", String.valueOf(PARTS)));
  }
}
