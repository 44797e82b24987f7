package io.nanoswarm.load;

import java.time.InstantSource;

/**
 * {@link Work} as tasks are told it.
 *
 * @param parameter of the task
 * @param amount milliseconds, or steps
 */
record TaskWork(String parameter, long amount) {

  /** Finds out, for computing, how many steps this machine makes; takes some tenths of a second. */
  static TaskWork of(Work work, InstantSource clock) {
    return switch (work) {
      case Work.None _ -> new TaskWork("none", 0);
      case Work.Wait(var time) -> new TaskWork(LoadAgent.WAIT, time.toMillis());
      case Work.Cpu(var time) -> new TaskWork(LoadAgent.STEPS, Steps.in(time, clock));
    };
  }

  LoadPlanner.Batch batch(int tasks, boolean held) {
    return new LoadPlanner.Batch(tasks, held, parameter, Long.toString(amount));
  }
}
