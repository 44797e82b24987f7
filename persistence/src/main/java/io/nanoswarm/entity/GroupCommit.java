package io.nanoswarm.entity;

import java.util.ArrayList;
import java.util.List;

/**
 * Commands that come while an entity writes, to be decided and written together afterwards: as many
 * as came during one write share the next. The first is written at once and waits for nobody. Known
 * from databases as group commit (DeWitt et al., Implementation Techniques for Main Memory Database
 * Systems, SIGMOD 1984).
 *
 * <p>An entity stashes what comes while it writes, and gets it back before what it tells itself
 * when the write is done. So a message to itself, sent then, marks the end of the group:
 *
 * <ol>
 *   <li>a command comes: {@link #joins} says whether it waits, else it is written alone;
 *   <li>the write is done: {@link #begin}, and the entity tells itself to go on;
 *   <li>it hears that: {@link #take} is written; nothing is, if nothing came.
 * </ol>
 *
 * <p>Bounded by the limit. Belongs to one actor, and is used by it alone.
 *
 * @param <C> the commands that are written together
 */
public final class GroupCommit<C> {
  private final int limit;
  private final List<C> waiting = new ArrayList<>();
  private boolean gathering;

  /**
   * @param limit the most commands of one group, at least 1
   */
  public GroupCommit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit: %d (expected: > 0)".formatted(limit));
    }
    this.limit = limit;
  }

  /**
   * Whether the command waits for others; if not, it is to be written now, after those of {@link
   * #take}.
   */
  public boolean joins(C command) {
    if (!gathering || waiting.size() + 1 >= limit) {
      return false;
    }
    return waiting.add(command);
  }

  /** A write is done: what comes from now on waits for {@link #take}. */
  public void begin() {
    gathering = true;
  }

  /** What has waited, in the order in which it came. What comes from now on waits no more. */
  public List<C> take() {
    gathering = false;
    var group = List.copyOf(waiting);
    waiting.clear();
    return group;
  }

  /** {@link #take}, and one command after them. */
  public List<C> takeWith(C last) {
    waiting.add(last);
    return take();
  }
}
