package io.nanoswarm.samples.s03fanout;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.Task;
import java.util.List;
import java.util.stream.IntStream;

/** Counts the letters of its part of the goal's words. */
public final class CounterAgent implements Agent.Answering {
  @Override
  public String answer(Task task) {
    int part = Integer.parseInt(task.parameter("part").orElseThrow());
    int parts = Integer.parseInt(task.parameter("of").orElseThrow());
    List<String> words = List.of(task.goal().text().split("\\s+"));
    int letters =
        IntStream.range(0, words.size())
            .filter(word -> word % parts == part)
            .map(word -> words.get(word).length())
            .sum();
    return String.valueOf(letters);
  }
}
