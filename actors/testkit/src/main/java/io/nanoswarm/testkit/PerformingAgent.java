package io.nanoswarm.testkit;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.Task;
import io.nanoswarm.bus.BusMessage;
import io.nanoswarm.bus.Channel;
import io.nanoswarm.testkit.internal.Stage;
import java.time.Duration;

/**
 * One agent at work in a {@link ScriptedSwarm}, on an actor system of its own, with a clock that
 * the test moves. Blocking agents need none of this: see {@link ScriptedSwarm#perform}.
 *
 * <p>Lifecycle: {@link ScriptedSwarm#start} to {@link #close}.
 */
public final class PerformingAgent implements AutoCloseable {
  private final Stage stage;
  private final Task task;
  private final ScriptedAttempt attempt;

  static PerformingAgent start(Agent agent, Task task, ScriptedAttempt attempt) {
    var performing = new PerformingAgent(Stage.open(agent), task, attempt);
    performing.stage.tell(
        task.woken() ? new Agent.Wake(task, attempt) : new Agent.Perform(task, attempt));
    return performing;
  }

  private PerformingAgent(Stage stage, Task task, ScriptedAttempt attempt) {
    this.stage = stage;
    this.task = task;
    this.attempt = attempt;
  }

  public ScriptedAttempt attempt() {
    return attempt;
  }

  /** Lets the agent hear a message of a channel, whether it wanted to or not. */
  public void hears(Channel channel, String text) {
    stage.tell(new Agent.Heard(new BusMessage(channel, 0, text)));
  }

  /** Tells the agent that its attempt is over. */
  public void cancel(String reason) {
    stage.tell(new Agent.Cancel(task.id(), reason));
  }

  /** Lets everything happen that can happen without time passing. */
  public void settle() {
    stage.settle();
  }

  /** Lets time pass; timers that are due go off, each at its moment. */
  public void advance(Duration by) {
    attempt.pass(by);
    stage.advance(by);
  }

  /** Whether the agent has stopped or failed. */
  public boolean hasStopped() {
    return stage.hasStopped();
  }

  /** How the agent has ended its attempt; fails if it has not. */
  public AttemptEnd end() {
    AttemptEnd end = attempt.ended().getNow(null);
    if (end == null) {
      throw new AssertionError("attempt at %s has not ended".formatted(task.id()));
    }
    return end;
  }

  @Override
  public void close() {
    stage.close();
  }
}
