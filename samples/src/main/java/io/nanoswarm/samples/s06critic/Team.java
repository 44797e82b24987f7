package io.nanoswarm.samples.s06critic;

import io.nanoswarm.agent.Task;
import io.nanoswarm.planner.FixedPlan;
import io.nanoswarm.planner.Planner;
import io.nanoswarm.samples.Sample;
import java.util.List;

/** An editor, a writer, and a critic who rejects until it is good. */
public final class Team implements Sample {
  @Override
  public String goal() {
    return "swarms of small agents answer large questions together while you have your tea";
  }

  @Override
  public List<Member> agents() {
    return List.of(
        Member.of("editor", EditorAgent.class, "has drafts written until one is accepted"),
        Member.of("writer", WriterAgent.class, "writes drafts"),
        Member.of("critic", CriticAgent.class, "rejects what is too long"));
  }

  @Override
  public Planner planner() {
    return FixedPlan.of("edit", "editor")
        .with(task -> task.withParameter(Task.RESULT, "final/answer"));
  }
}
