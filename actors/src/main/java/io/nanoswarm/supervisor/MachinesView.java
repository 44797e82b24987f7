package io.nanoswarm.supervisor;

import io.nanoswarm.placement.Offers;
import io.nanoswarm.serialization.CborSerializable;
import java.util.List;

/** The machines of the cluster as the supervisor knows them, in the order in which they came. */
public record MachinesView(List<MachineView> machines) implements CborSerializable {

  /**
   * One machine.
   *
   * @param node its address in the cluster, as {@code host:port}
   * @param offers as far as anybody has asked for it
   * @param agents that it runs or starts
   * @param leaving whether it takes no further agents
   */
  public record MachineView(String node, Offers offers, int agents, boolean leaving) {}

  public MachinesView {
    machines = List.copyOf(machines);
  }
}
