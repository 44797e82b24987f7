package io.nanoswarm.samples.s05handoff;

import io.nanoswarm.agent.Task;
import io.nanoswarm.planner.FixedPlan;
import io.nanoswarm.planner.Planner;
import io.nanoswarm.samples.Sample;
import java.util.List;

/** One task that changes hands: triage gives it, with what it knows, to sales or to refunds. */
public final class Handoff implements Sample {
  @Override
  public String goal() {
    return "the lamp is broken, I want to return it";
  }

  @Override
  public List<Member> agents() {
    return List.of(
        Member.of("triage", TriageAgent.class, "finds out who is in charge"),
        Member.of("sales", SalesAgent.class, "sells"),
        Member.of("refunds", RefundsAgent.class, "refunds"));
  }

  @Override
  public Planner planner() {
    return FixedPlan.of("serve", "triage")
        .with(task -> task.withParameter(Task.RESULT, "final/answer"));
  }
}
