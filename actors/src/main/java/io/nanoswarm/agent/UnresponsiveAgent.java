package io.nanoswarm.agent;

import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.TaskId;
import java.time.Duration;

/**
 * An agent went on with a task that it was told to put down. Ends the host, and with it the worker.
 */
public final class UnresponsiveAgent extends RuntimeException {
  UnresponsiveAgent(AgentName agent, TaskId task, Duration grace) {
    super("%s did not put down %s within %s; its worker is ended".formatted(agent, task, grace));
  }
}
