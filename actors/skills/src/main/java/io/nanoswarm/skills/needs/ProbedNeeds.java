package io.nanoswarm.skills.needs;

import io.nanoswarm.placement.Probe;
import io.nanoswarm.session.Need;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Has this machine probed for what is needed, as it is for tasks, and waits until it is known. */
public final class ProbedNeeds implements NodeNeeds {
  private final Probe probe;

  /**
   * @param probe answers within a bound of its own
   */
  public ProbedNeeds(Probe probe) {
    this.probe = probe;
  }

  @Override
  public List<Need> lacking(Collection<Need> needs) {
    if (needs.isEmpty()) {
      return List.of();
    }
    try {
      return probe.probe(needs).toCompletableFuture().get().lacking(needs);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the probe failed, against its promise", e);
    } catch (InterruptedException _) {
      // What nobody has waited for is not known to be here.
      Thread.currentThread().interrupt();
      return List.copyOf(needs);
    }
  }
}
