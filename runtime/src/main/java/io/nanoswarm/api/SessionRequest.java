package io.nanoswarm.api;

import io.nanoswarm.definition.SwarmDefinition;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks the node to open a session, or to plan one.
 *
 * @param goal the user's words
 * @param workspace absolute path of a folder
 * @param agents how many agents of a role the swarm shall have at least, by role
 * @param timeoutSeconds from opening to the session's end, null for none
 * @param isolation {@code process} or {@code shared}, null for what the swarm says, else for what
 *     the node was started with
 * @param swarm what the session's swarm is made of, null for the built-in one
 * @param include patterns as those of {@code .gitignore}; if there is one, nothing else is read
 * @param exclude patterns of what is not read
 */
public record SessionRequest(
    String goal,
    String workspace,
    Map<String, Integer> agents,
    @Nullable Long timeoutSeconds,
    @Nullable String isolation,
    @Nullable SwarmDefinition swarm,
    List<String> include,
    List<String> exclude) {
  /**
   * What JSON leaves out is empty: text that the node refuses with a reason, no wishes for agents.
   */
  public SessionRequest {
    goal = Objects.requireNonNullElse(goal, "");
    workspace = Objects.requireNonNullElse(workspace, "");
    agents = agents == null ? Map.of() : Map.copyOf(agents);
    include = include == null ? List.of() : List.copyOf(include);
    exclude = exclude == null ? List.of() : List.copyOf(exclude);
  }

  /** Over the whole workspace. */
  public SessionRequest(
      String goal,
      String workspace,
      Map<String, Integer> agents,
      @Nullable Long timeoutSeconds,
      @Nullable String isolation,
      @Nullable SwarmDefinition swarm) {
    this(goal, workspace, agents, timeoutSeconds, isolation, swarm, List.of(), List.of());
  }

  /** Of the built-in swarm. */
  public static SessionRequest of(
      String goal,
      String workspace,
      Map<String, Integer> agents,
      @Nullable Long timeoutSeconds,
      @Nullable String isolation) {
    return new SessionRequest(goal, workspace, agents, timeoutSeconds, isolation, null);
  }
}
