package io.nanoswarm.samples;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.testkit.SwarmRun;
import io.nanoswarm.testkit.SwarmTestKit;
import java.lang.reflect.InvocationTargetException;

/** Hosts the agents of a sample in a swarm of a test, as many as the sample has. */
public final class Hosting {
  private Hosting() {}

  public static void host(SwarmTestKit swarm, Sample sample) {
    for (var member : sample.agents()) {
      String name = member.spec().code().implementation();
      swarm.agents(member.spec().role().value(), member.count(), () -> instance(name));
    }
  }

  /** Runs a sample with another goal than its own. */
  public static SwarmRun run(SwarmTestKit swarm, Sample sample, String goal) {
    host(swarm, sample);
    return swarm.run(goal, sample.planner());
  }

  public static SwarmRun run(SwarmTestKit swarm, Sample sample) {
    return run(swarm, sample, sample.goal());
  }

  private static Agent instance(String name) {
    try {
      return Class.forName(name).asSubclass(Agent.class).getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(name + " is no agent", cause(e));
    }
  }

  private static Throwable cause(ReflectiveOperationException e) {
    return e instanceof InvocationTargetException thrown ? thrown.getCause() : e;
  }
}
