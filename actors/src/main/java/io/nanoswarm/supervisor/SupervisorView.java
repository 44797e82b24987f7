package io.nanoswarm.supervisor;

import io.nanoswarm.serialization.CborSerializable;
import java.util.List;

/**
 * The supervision tree at a moment.
 *
 * @param slots in the order in which they were wished for
 */
public record SupervisorView(List<SlotView> slots) implements CborSerializable {
  public SupervisorView {
    slots = List.copyOf(slots);
  }
}
