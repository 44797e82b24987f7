package io.nanoswarm.samples.s10nodeloss;

import io.nanoswarm.agent.Task;
import io.nanoswarm.api.AgentsView;
import io.nanoswarm.api.Progress;
import io.nanoswarm.client.EndpointClient;
import io.nanoswarm.planner.FixedPlan;
import io.nanoswarm.planner.Planner;
import io.nanoswarm.samples.Sample;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** In the middle of its work the agent's JVM is killed, as {@code kill -9} does. */
public final class NodeLoss implements Sample {
  private final AtomicBoolean killed = new AtomicBoolean();

  @Override
  public String goal() {
    return "take ten steps";
  }

  @Override
  public List<Member> agents() {
    return List.of(Member.of("walker", StepsAgent.class, "takes steps"));
  }

  @Override
  public Planner planner() {
    return FixedPlan.of("walk", "walker")
        .with(task -> task.withParameter(Task.RESULT, "final/answer"));
  }

  @Override
  public void onProgress(Progress progress, EndpointClient client) {
    if (progress instanceof Progress.Doing(_, var agent, var text)
        && text.startsWith("step 5")
        && killed.compareAndSet(false, true)) {
      client.agents().agents().stream()
          .filter(view -> view.name().equals(agent))
          .map(AgentsView.AgentView::pid)
          .filter(Objects::nonNull)
          .flatMap(pid -> ProcessHandle.of(pid).stream())
          .forEach(ProcessHandle::destroyForcibly);
    }
  }
}
