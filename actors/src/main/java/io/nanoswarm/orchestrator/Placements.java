package io.nanoswarm.orchestrator;

import io.nanoswarm.placement.Placed;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Need;
import io.nanoswarm.session.TaskRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether any node could do the tasks of a session: known once for all tasks that are alike in role
 * and needs. Not thread safe.
 */
final class Placements {

  /** In what tasks are alike. */
  record Wanted(AgentRole role, List<Need> needs) {
    static Wanted of(TaskRecord task) {
      return new Wanted(task.spec().role(), task.spec().needs());
    }
  }

  private final Map<Wanted, Placed> known = new HashMap<>();
  private final Set<Wanted> asked = new HashSet<>();

  /** What is known, null if it is to be asked. */
  @Nullable Placed of(Wanted wanted) {
    return known.get(wanted);
  }

  /** Whether this is the first who wants it, and is to ask. */
  boolean ask(Wanted wanted) {
    return asked.add(wanted);
  }

  void answered(Wanted wanted, Placed placed) {
    known.put(wanted, placed);
  }

  /** Nodes change: what was known may no longer be so. */
  void forget() {
    known.clear();
    asked.clear();
  }
}
