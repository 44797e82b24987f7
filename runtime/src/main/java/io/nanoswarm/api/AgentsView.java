package io.nanoswarm.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The supervision tree as people see it.
 *
 * @param agents by role and number
 */
public record AgentsView(NodeView node, List<AgentView> agents) {

  /** The control node that answered. */
  public record NodeView(long pid, String address, Instant since, String data) {}

  /**
   * @param state {@code starting}, {@code idle}, {@code working}, {@code restarting}, {@code
   *     gave-up}, {@code stopped}
   * @param pid of its JVM, if one runs
   * @param restarts of its JVM since the slot exists
   * @param lastDeath why its JVM ended last, if it did
   * @param task what it works on, if it does
   * @param doing what it said last that it does
   * @param megabytes resident memory of its JVM, where the system tells
   */
  public record AgentView(
      String name,
      String role,
      String state,
      String isolation,
      @Nullable Long pid,
      @Nullable String worker,
      int restarts,
      @Nullable String lastDeath,
      @Nullable String task,
      @Nullable String doing,
      @Nullable Long megabytes) {}
}
