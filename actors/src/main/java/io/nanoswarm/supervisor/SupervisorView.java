package io.nanoswarm.supervisor;

import io.nanoswarm.serialization.CborSerializable;
import io.nanoswarm.session.AgentRole;
import java.util.List;
import java.util.Optional;

/**
 * The supervision tree at a moment.
 *
 * @param slots in the order in which they were wished for; behind them those that are being
 *     replaced
 */
public record SupervisorView(List<SlotView> slots) implements CborSerializable {
  public SupervisorView {
    slots = List.copyOf(slots);
  }

  /** What the agents of a role are that are not being replaced. */
  public List<DesiredAgent> running(AgentRole role) {
    return ofRole(role).stream().map(SlotView::agent).toList();
  }

  private List<SlotView> ofRole(AgentRole role) {
    return slots.stream()
        .filter(slot -> slot.agent().spec().role().equals(role))
        .filter(slot -> !(slot.state() instanceof SlotView.Draining))
        .toList();
  }

  /** Why no agent of a role will do anything any more, if there were some and all have given up. */
  public Optional<String> deserted(AgentRole role) {
    var ofRole = ofRole(role);
    boolean deserted =
        !ofRole.isEmpty()
            && ofRole.stream().allMatch(slot -> slot.state() instanceof SlotView.GaveUp);
    return deserted
        ? Optional.of(
            "every %s has been given up, the last since %s"
                .formatted(role, ofRole.getLast().lastDeath()))
        : Optional.empty();
  }
}
