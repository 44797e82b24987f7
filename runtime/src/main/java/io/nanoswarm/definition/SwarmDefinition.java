package io.nanoswarm.definition;

import io.nanoswarm.session.Need;
import io.nanoswarm.session.Priority;
import io.nanoswarm.session.TaskSpec;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A swarm as {@code swarm.yaml} says it, with all paths absolute: sent to the node, and kept with
 * the session. What JSON leaves out is empty.
 *
 * @param name tells swarms apart, for people
 * @param code jars and folders that hold the classes which are named here
 * @param agents by role
 * @param skills those that do not come with the program, by name
 * @param plan tasks by name, in the order in which they are shown; empty where a planner splits the
 *     goal
 * @param answer which task of the plan answers the goal, null without a plan
 */
public record SwarmDefinition(
    String name,
    List<String> code,
    Map<String, Agent> agents,
    Map<String, Skill> skills,
    Map<String, PlannedTask> plan,
    @Nullable String answer) {

  /**
   * One kind of agent.
   *
   * @param implementation its class; null for a built-in one
   * @param builtIn which agent of those that come with the program, null for a class
   * @param instances how many of them
   * @param skills names of skills
   * @param heapMegabytes null for the usual
   * @param limits of tasks that a plan gives it, null for the usual
   * @param isolation {@code process} or {@code shared}, null for that of the session
   * @param restarts null for the usual
   */
  public record Agent(
      @Nullable String implementation,
      @Nullable String builtIn,
      int instances,
      String description,
      String instructions,
      List<String> skills,
      List<Need> needs,
      @Nullable Integer heapMegabytes,
      TaskSpec.@Nullable Limits limits,
      @Nullable String isolation,
      @Nullable Restarts restarts) {
    public Agent {
      description = orEmpty(description);
      instructions = orEmpty(instructions);
      skills = skills == null ? List.of() : List.copyOf(skills);
      needs = needs == null ? List.of() : List.copyOf(needs);
    }

    Agent with(int count, @Nullable String how) {
      return new Agent(
          implementation,
          builtIn,
          count,
          description,
          instructions,
          skills,
          needs,
          heapMegabytes,
          limits,
          how,
          restarts);
    }
  }

  /**
   * When an agent is given up.
   *
   * @param limit deaths within the window
   */
  public record Restarts(int limit, Duration within) {}

  /**
   * Where a skill is found: exactly one of the two.
   *
   * @param folder with a {@code SKILL.md} or the manifest of a process
   * @param implementation a class of the swarm's code
   */
  public record Skill(@Nullable String folder, @Nullable String implementation) {}

  /**
   * A task of a fixed plan.
   *
   * @param after names of tasks that must have ended before
   * @param result where its result belongs on the blackboard, null for the usual place
   */
  public record PlannedTask(
      String role,
      String title,
      String instructions,
      List<String> after,
      List<Need> needs,
      @Nullable Priority priority,
      @Nullable String result,
      Map<String, String> parameters) {
    public PlannedTask {
      role = orEmpty(role);
      title = orEmpty(title);
      instructions = orEmpty(instructions);
      after = after == null ? List.of() : List.copyOf(after);
      needs = needs == null ? List.of() : List.copyOf(needs);
      parameters = inOrder(parameters);
    }
  }

  public SwarmDefinition {
    name = orEmpty(name);
    code = code == null ? List.of() : List.copyOf(code);
    agents = inOrder(agents);
    skills = inOrder(skills);
    plan = inOrder(plan);
  }

  /**
   * The same swarm as a request wants it.
   *
   * @param counts how many agents of a role, where it says so
   * @param isolation of every agent, null to leave each as it is
   */
  public SwarmDefinition wanted(Map<String, Integer> counts, @Nullable String isolation) {
    var wanted = new LinkedHashMap<String, Agent>();
    agents.forEach((role, agent) ->
        wanted.put(
            role,
            agent.with(
                counts.getOrDefault(role, agent.instances()),
                isolation == null ? agent.isolation() : isolation)));
    return new SwarmDefinition(name, code, wanted, skills, plan, answer);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static <V> Map<String, V> inOrder(@Nullable Map<String, V> map) {
    return map == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
