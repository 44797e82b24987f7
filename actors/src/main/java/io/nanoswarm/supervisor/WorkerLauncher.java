package io.nanoswarm.supervisor;

import io.nanoswarm.cluster.WorkerId;
import java.util.concurrent.CompletionStage;

/**
 * Starts worker JVMs on this machine, as processes or otherwise.
 *
 * <p>Guarantees: {@link #launch} does not block; a worker that was launched ends at the latest when
 * the JVM of its launcher ends, however that ends. May be used from any thread.
 */
public interface WorkerLauncher {

  /**
   * Starts a worker JVM. The stage completes when its process exists, which says nothing about the
   * cluster, and fails if there is none.
   */
  CompletionStage<WorkerProcess> launch(WorkerOrder order);

  /**
   * What is to be started.
   *
   * @param machine where the worker says hello, in the serialization format of its reference
   * @param seed address of the node it joins the cluster through
   * @param heapMegabytes the most heap it may take
   */
  record WorkerOrder(WorkerId worker, String machine, String seed, int heapMegabytes) {}

  /** A process that was started. */
  interface WorkerProcess {
    long pid();

    /** Completes when the process has ended. */
    CompletionStage<ExitReport> onExit();

    /** Ends it at once, unasked; does nothing if it has ended. */
    void kill();
  }
}
