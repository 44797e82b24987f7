package io.nanoswarm.samples.s05handoff;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.BlockingSwarm;
import io.nanoswarm.agent.Task;
import io.nanoswarm.session.AgentRole;
import java.util.Locale;

/** Hears what a customer wants, and hands over to whoever is in charge of it. */
public final class TriageAgent implements Agent.Blocking {
  @Override
  public AttemptEnd perform(Task task, BlockingSwarm swarm) {
    String wish = task.goal().text();
    boolean back = wish.toLowerCase(Locale.ROOT).matches(".*\\b(refund|return|broken)\\b.*");
    var to = new AgentRole(back ? "refunds" : "sales");
    return new AttemptEnd.HandedOff(to, "a customer says: " + wish);
  }
}
