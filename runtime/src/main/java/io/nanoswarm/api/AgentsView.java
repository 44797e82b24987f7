package io.nanoswarm.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The supervision tree as people see it.
 *
 * @param agents by role and number
 * @param offers null if the machine was not asked
 */
public record AgentsView(NodeView node, List<AgentView> agents, @Nullable OffersView offers) {

  /**
   * What the node offers to tasks and agents that need something.
   *
   * @param programs that somebody has needed so far, with their versions, empty where nobody needed
   *     one
   * @param runtimes of languages, likewise; of one there may be several versions
   * @param variables names of environment variables that somebody has needed and that are set
   */
  public record OffersView(
      String os,
      int cores,
      long memoryMegabytes,
      Set<String> labels,
      Map<String, String> programs,
      Map<String, List<String>> runtimes,
      Set<String> variables) {}

  /** The control node that answered. */
  public record NodeView(long pid, String address, Instant since, String data) {}

  /**
   * @param state {@code starting}, {@code idle}, {@code working}, {@code restarting}, {@code
   *     gave-up}, {@code stopped}
   * @param node whose machine runs it, as {@code host:port}, if one does
   * @param pid of its JVM, if one runs
   * @param restarts of its JVM since the slot exists
   * @param lastDeath why its JVM ended last, if it did
   * @param task what it works on, if it does
   * @param doing what it said last that it does
   * @param megabytes resident memory of its JVM, where the system tells: of those on the machine of
   *     the node that answered
   */
  public record AgentView(
      String name,
      String role,
      String state,
      String isolation,
      @Nullable String node,
      @Nullable Long pid,
      @Nullable String worker,
      int restarts,
      @Nullable String lastDeath,
      @Nullable String task,
      @Nullable String doing,
      @Nullable Long megabytes) {}
}
