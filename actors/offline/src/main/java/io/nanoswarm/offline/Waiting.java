package io.nanoswarm.offline;

import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** Waits for the swarm on a thread that may block. */
final class Waiting {
  private Waiting() {}

  /**
   * @throws IOException if the stage failed; its message is that of the failure
   */
  static <T> T on(CompletionStage<T> stage) throws IOException, InterruptedException {
    try {
      return stage.toCompletableFuture().get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IOException(String.valueOf(e.getCause()), e.getCause());
    }
  }
}
