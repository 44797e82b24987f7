package io.nanoswarm.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The nodes of the cluster that are no workers, the oldest first. */
public record NodesView(List<NodeView> nodes) {

  /**
   * @param address in the cluster, as {@code host:port}
   * @param roles {@code control}, {@code machine}, or both
   * @param state {@code joining}, {@code up}, {@code draining}, {@code leaving}, {@code down}, or
   *     {@code unreachable}
   * @param supervises whether the supervisor of all agents is there
   * @param agents that its machine runs or starts, null if it has none
   * @param offers of its machine, null if it has none
   * @param wireVersion what it says to others, 0 before there was such a number
   */
  public record NodeView(
      String address,
      List<String> roles,
      String state,
      boolean supervises,
      @Nullable Integer agents,
      AgentsView.@Nullable OffersView offers,
      int wireVersion) {}
}
