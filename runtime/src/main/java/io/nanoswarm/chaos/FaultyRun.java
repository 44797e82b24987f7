package io.nanoswarm.chaos;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps sessions running, injects faults for a while, and judges what is left.
 *
 * <p>Guarantee: no process that it has started outlives it, unless it is itself killed with -9
 * while another is stopped.
 *
 * <p>Not promised: that a seed repeats a run. It repeats the faults and their order; what they hit
 * is decided by real processes.
 */
public sealed interface FaultyRun permits ChaosRun, ClusterRun {

  /**
   * Blocks for the length of the run, and until sessions have ended.
   *
   * @throws IOException if nodes cannot be started
   * @throws SQLException if the journal cannot be read afterwards
   */
  ChaosReport run() throws IOException, SQLException, InterruptedException;

  /** Ends every process at once: for an end without order. */
  void abandon();

  /** Hears how it goes. */
  interface Listener {
    void waiting(String what);

    /**
     * @param wentOnAfter milliseconds, null if those it hit did not go on
     */
    void hit(Instant at, Kind kind, String what, @Nullable Long wentOnAfter);
  }
}
