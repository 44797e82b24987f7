package io.nanoswarm.samples.s02pipeline;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.Task;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Makes one line of each part of the goal. */
public final class OutlinerAgent implements Agent.Answering {
  @Override
  public String answer(Task task) {
    return Arrays.stream(task.goal().text().split(","))
        .map(part -> "- " + part.strip())
        .collect(Collectors.joining("\n"));
  }
}
