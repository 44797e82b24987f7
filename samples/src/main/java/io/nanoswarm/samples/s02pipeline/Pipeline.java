package io.nanoswarm.samples.s02pipeline;

import io.nanoswarm.agent.Task;
import io.nanoswarm.planner.FixedPlan;
import io.nanoswarm.planner.Planner;
import io.nanoswarm.samples.Sample;
import java.util.List;

/** Outline, draft, edition: each begins when the one before has ended. */
public final class Pipeline implements Sample {
  @Override
  public String goal() {
    return "bread, a new lamp, more time";
  }

  @Override
  public List<Member> agents() {
    return List.of(
        Member.of("outliner", OutlinerAgent.class, "makes an outline"),
        Member.of("writer", WriterAgent.class, "writes a draft"),
        Member.of("editor", EditorAgent.class, "edits the draft"));
  }

  @Override
  public Planner planner() {
    return FixedPlan.of("outline", "outliner")
        .and("draft", "writer", "outline")
        .with(task -> task.withParameter(Task.RESULT, "designs/draft"))
        .and("edit", "editor", "draft")
        .with(task -> task.withParameter(Task.RESULT, "final/answer"));
  }
}
