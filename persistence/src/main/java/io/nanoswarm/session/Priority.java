package io.nanoswarm.session;

import java.util.List;

/** How urgent a task is; a later constant is served before an earlier one. Stored by name. */
public enum Priority {
  LOW,
  NORMAL,
  HIGH,
  URGENT;

  /**
   * Of a task that was planned with this priority, in a session of another: as many steps up or
   * down as the session's is above or below {@link #NORMAL}, as far as there are any.
   */
  public Priority within(Priority session) {
    var all = List.of(values());
    int moved = all.indexOf(this) + all.indexOf(session) - all.indexOf(NORMAL);
    return all.get(Math.clamp(moved, 0, all.size() - 1));
  }
}
