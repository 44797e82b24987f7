package io.nanoswarm.supervisor;

import io.nanoswarm.placement.Offers;
import io.nanoswarm.placement.Placed;
import io.nanoswarm.placement.Prober;
import io.nanoswarm.session.Need;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What a machine offers, and what waits for it to be known whether needs are met. Not thread safe:
 * a part of a machine.
 */
final class MachineOffers {
  private final ActorRef<Prober.Command> prober;
  private final ActorRef<Prober.Found> found;

  /** As many as have asked, by what they need. */
  private final Map<List<Need>, List<Consumer<Placed>>> waiting = new HashMap<>();

  private Offers latest = Offers.NONE;

  /**
   * @param found told what the prober finds, which is then {@link #learn learnt}
   */
  MachineOffers(ActorRef<Prober.Command> prober, ActorRef<Prober.Found> found) {
    this.prober = prober;
    this.found = found;
    prober.tell(new Prober.Ask(List.of(), found));
  }

  /** As far as it is known. */
  Offers latest() {
    return latest;
  }

  /** Finds out whether the machine meets the needs, and does then what is to be done. */
  void place(List<Need> needs, Consumer<Placed> then) {
    waiting.computeIfAbsent(needs, _ -> new ArrayList<>()).add(then);
    prober.tell(new Prober.Ask(needs, found));
  }

  /** Whether that is something else than what was known. */
  boolean learn(Offers offers) {
    boolean changed = !offers.equals(latest);
    latest = offers;
    return changed;
  }

  /** Does what has waited for these needs, now that they were looked for. */
  void answer(List<Need> needs) {
    var placed = new Placed(needs, latest.lacking(needs), 1);
    var waited = waiting.remove(needs);
    if (waited != null) {
      waited.forEach(then -> then.accept(placed));
    }
  }
}
