package io.nanoswarm.agent;

import io.nanoswarm.session.TaskId;

/**
 * What an agent asked for was refused, since its attempt is over: settled, cancelled, or taken over
 * by a later one.
 */
public final class AttemptOver extends RuntimeException {
  public AttemptOver(TaskId task, String why) {
    super("attempt at %s is over: %s".formatted(task, why));
  }
}
