package io.nanoswarm.samples.s07human;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.BlockingSwarm;
import io.nanoswarm.agent.Task;

/** Asks before it does anything. While it waits, for minutes or for weeks, it works for others. */
public final class ClerkAgent implements Agent.Blocking {
  @Override
  public AttemptEnd perform(Task task, BlockingSwarm swarm) throws InterruptedException {
    String reply = task.reply();
    if (reply == null) {
      return new AttemptEnd.AskedHuman("Shall I? (%s)".formatted(task.goal().text()), "asked");
    }
    boolean yes = reply.strip().equalsIgnoreCase("yes");
    swarm.post(task.resultPath(), yes ? "Done." : "Nothing was done, as you said: " + reply);
    return AttemptEnd.completed(yes ? "done" : "not done");
  }
}
