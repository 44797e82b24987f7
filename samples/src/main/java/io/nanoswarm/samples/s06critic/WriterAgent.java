package io.nanoswarm.samples.s06critic;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.Task;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes as much as there is to say, or, told to be brief, as many words as it is told. */
public final class WriterAgent implements Agent.Answering {
  @Override
  public String answer(Task task) {
    long words = Long.parseLong(task.parameter("words").orElse("1000"));
    return Arrays.stream(task.goal().text().split("\\s+"))
        .limit(words)
        .collect(Collectors.joining(" "));
  }
}
