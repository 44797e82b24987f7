package io.nanoswarm.supervisor;

import io.nanoswarm.agent.AgentSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a slot remembers of the JVMs it had. Pure; holds at most as many deaths as are allowed.
 *
 * @param deaths within the window before the last one, oldest first
 * @param restarts since the slot exists
 */
record SlotHistory(
    AgentSpec.Restarts allowed, List<Instant> deaths, int restarts, @Nullable String lastDeath) {

  static SlotHistory none(AgentSpec.Restarts allowed) {
    return new SlotHistory(allowed, List.of(), 0, null);
  }

  SlotHistory {
    deaths = List.copyOf(deaths);
  }

  /** A JVM has ended unasked. */
  SlotHistory died(Instant at, String cause) {
    var since = at.minus(allowed.within());
    var recent = new ArrayList<Instant>();
    deaths.stream().filter(since::isBefore).forEach(recent::add);
    recent.add(at);
    return new SlotHistory(allowed, recent, restarts, cause);
  }

  SlotHistory restarted() {
    return new SlotHistory(allowed, deaths, restarts + 1, lastDeath);
  }

  /** Too many deaths within the window: trying on would only burn the machine. */
  boolean exhausted() {
    return deaths.size() >= allowed.limit();
  }
}
