package io.nanoswarm.samples.s04delegation;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.BlockingSwarm;
import io.nanoswarm.agent.Task;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.TaskSpec;
import java.util.List;

/** Adds up numbers: a single one is its own sum, more are halved and delegated to this role. */
public final class SumAgent implements Agent.Blocking {
  private static final String NUMBERS = "numbers";

  @Override
  public AttemptEnd perform(Task task, BlockingSwarm swarm) throws InterruptedException {
    var numbers = List.of(task.parameter(NUMBERS).orElse(task.goal().text()).split(" "));
    if (task.woken()) {
      return finished(task, swarm, sumOfInputs(task));
    }
    if (numbers.size() == 1) {
      return finished(task, swarm, Long.parseLong(numbers.getFirst()));
    }
    int half = numbers.size() / 2;
    var children =
        List.of(
            child(task, "left", numbers.subList(0, half)),
            child(task, "right", numbers.subList(half, numbers.size())));
    return new AttemptEnd.Delegated(children, "halved");
  }

  private static TaskSpec child(Task task, String name, List<String> numbers) {
    return TaskSpec.of(task.id().child(name), task.spec().role(), "Add " + numbers.size())
        .withParameter(NUMBERS, String.join(" ", numbers));
  }

  /** The outcomes of the children; that of a child which failed is none. */
  private static long sumOfInputs(Task task) {
    long sum = 0;
    for (var input : task.inputs()) {
      if (input.outcome() instanceof Outcome.Completed(var summary)) {
        sum += Long.parseLong(summary);
      } else {
        throw new IllegalStateException(input.task().name() + " has no sum");
      }
    }
    return sum;
  }

  private static AttemptEnd finished(Task task, BlockingSwarm swarm, long sum)
      throws InterruptedException {
    if (task.parameter(Task.RESULT).isPresent()) {
      swarm.post(task.resultPath(), "The sum is " + sum + ".");
    }
    return AttemptEnd.completed(String.valueOf(sum));
  }
}
