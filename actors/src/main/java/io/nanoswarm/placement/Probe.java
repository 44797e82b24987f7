package io.nanoswarm.placement;

import io.nanoswarm.session.Need;
import java.util.Collection;
import java.util.concurrent.CompletionStage;

/**
 * Finds out what this machine offers.
 *
 * <p>Guarantees: does not block the caller; answers within a bounded time, and does not fail: what
 * cannot be found out is not offered. Values of environment variables are not read. May be used
 * from any thread.
 */
@FunctionalInterface
public interface Probe {

  /**
   * What the machine offers now. Operating system, memory, cores and labels are told in any case;
   * programs, runtimes and variables as far as a need names them, and versions as far as a need
   * names one: a path may hold thousands of programs.
   */
  CompletionStage<Offers> probe(Collection<Need> asked);
}
