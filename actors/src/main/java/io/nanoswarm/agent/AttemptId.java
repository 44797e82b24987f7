package io.nanoswarm.agent;

import io.nanoswarm.session.Fence;
import io.nanoswarm.session.TaskId;

/** One of all attempts: a fence tells apart those of one session, and no more. */
record AttemptId(TaskId task, Fence fence) {
  @Override
  public String toString() {
    return "%s of %s".formatted(fence, task);
  }
}
