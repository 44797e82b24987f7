package io.nanoswarm.offline;

import io.nanoswarm.agent.Agent;
import io.nanoswarm.agent.AttemptEnd;
import io.nanoswarm.agent.Task;
import io.nanoswarm.offline.workspace.Parts;
import io.nanoswarm.offline.workspace.WorkspaceScan;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Earlier;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.session.Workspace;
import io.nanoswarm.testkit.ScriptedAttempt;
import io.nanoswarm.testkit.ScriptedSwarm;
import io.nanoswarm.workspace.Manifest;
import io.nanoswarm.workspace.ManifestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Runs every task of a search, one after the other, without a cluster. */
public final class WholeSearch {
  private static final SessionId SESSION = new SessionId("session");

  public final ScriptedSwarm swarm;
  final Manifest manifest;
  private final Workspace workspace;
  private final Agent researcher = new ResearcherAgent();
  private final Map<TaskId, Task.Input> ended = new HashMap<>();
  private final List<Task> performed = new ArrayList<>();
  private final Set<String> lost = new HashSet<>();

  WholeSearch(Path folder, Path cache) throws Exception {
    this(folder, cache, new WorkspaceScan(Set.of(cache)).scan(folder));
  }

  /**
   * @param manifest of the folder
   */
  public WholeSearch(Path folder, Path cache, Manifest manifest) throws IOException {
    this.swarm = new ScriptedSwarm(cache);
    this.manifest = manifest;
    long bytes = manifest.files().stream().mapToLong(Manifest.File::size).sum();
    this.workspace =
        new Workspace(
            folder.toRealPath().toString(),
            swarm.artifacts().put(ManifestJson.write(manifest)),
            manifest.files().size(),
            bytes);
  }

  public Plan plan(String goal) {
    return new OfflinePlanner(swarm.artifacts(), Runnable::run)
        .plan(SESSION, new Goal(goal), workspace)
        .toCompletableFuture()
        .join();
  }

  Plan plan(String goal, int parts) {
    return new SearchPlan(SESSION, new Goal(goal), Parts.cut(manifest.files(), parts)).plan();
  }

  /** The text of the answer. */
  String answer(String goal) throws Exception {
    return answer(goal, plan(goal).tasks());
  }

  /** Performs the tasks in the order given, which must be one that the plan allows. */
  public String answer(String goal, List<TaskSpec> tasks) throws Exception {
    for (TaskSpec spec : tasks) {
      var _ = perform(goal, spec);
    }
    return swarm.entry("final/answer.md").orElseThrow().draft().content();
  }

  ScriptedAttempt perform(String goal, TaskSpec spec) throws Exception {
    Task task = task(goal, spec);
    performed.add(task);
    ScriptedAttempt attempt =
        swarm.perform(agent(spec.role()), task, new AgentName(spec.role() + "-1"));
    return switch (attempt.ended().join()) {
      case AttemptEnd.Settled(var outcome) -> {
        ended.put(spec.id(), new Task.Input(spec.id(), spec.title(), attempt.fence(), outcome));
        yield attempt;
      }
      case AttemptEnd.Delegated(var children, var checkpoint) -> {
        for (TaskSpec child : children) {
          if (!lost.contains(child.id().name())) {
            var _ = perform(goal, child);
          }
        }
        yield wake(goal, spec, children, checkpoint);
      }
      default -> attempt;
    };
  }

  private ScriptedAttempt wake(
      String goal, TaskSpec spec, List<TaskSpec> children, String checkpoint) throws Exception {
    var inputs = new ArrayList<>(task(goal, spec).inputs());
    children.forEach(child ->
        inputs.add(
            ended.getOrDefault(
                child.id(),
                new Task.Input(
                    child.id(), child.title(), null, new Outcome.Failed("it died", false)))));
    Task woken =
        new Task(
            spec,
            new Goal(goal),
            Earlier.NONE,
            workspace,
            1,
            Instant.MAX,
            inputs,
            checkpoint,
            null,
            null);
    ScriptedAttempt attempt =
        swarm.perform(agent(spec.role()), woken, new AgentName(spec.role() + "-1"));
    if (attempt.ended().join() instanceof AttemptEnd.Settled(var outcome)) {
      ended.put(spec.id(), new Task.Input(spec.id(), spec.title(), attempt.fence(), outcome));
    }
    return attempt;
  }

  /** From now on a task that somebody delegates under this name is dead. */
  void lose(String child) {
    lost.add(child);
  }

  /** The attempts at a task, but for those that woke. */
  List<Task> performed(String name) {
    return performed.stream().filter(each -> each.id().name().equals(name)).toList();
  }

  void end(Task.Input input) {
    ended.put(input.task(), input);
  }

  Task task(String goal, TaskSpec spec) {
    List<Task.Input> inputs =
        spec.after().stream().map(ended::get).filter(Objects::nonNull).toList();
    return new Task(
        spec, new Goal(goal), Earlier.NONE, workspace, 1, Instant.MAX, inputs, null, null, null);
  }

  private Agent agent(AgentRole role) {
    return switch (role.value()) {
      case "architect" -> new ArchitectAgent();
      case "analyst" -> new AnalystAgent();
      case "researcher" -> researcher;
      case "critic" -> new CriticAgent();
      case "coordinator" -> new CoordinatorAgent();
      default -> throw new IllegalArgumentException(role.value());
    };
  }

  /** Prints the answer to a question over a folder: {@code WholeSearch <folder> <question>}. */
  public static void main(String[] arguments) throws Exception {
    Path cache = Path.of(System.getProperty("java.io.tmpdir"), "whole-search");
    Files.createDirectories(cache);
    long begin = System.nanoTime();
    var search = new WholeSearch(Path.of(arguments[0]), cache);
    String goal = arguments[1];
    Plan plan = search.plan(goal);
    System.err.printf("scan and plan: %d ms%n", (System.nanoTime() - begin) / 1_000_000);
    for (TaskSpec spec : plan.tasks()) {
      long start = System.nanoTime();
      ScriptedAttempt attempt = search.perform(goal, spec);
      System.err.printf(
          "%s [%s]: %s (%d ms)%n",
          spec.id().name(),
          spec.title(),
          attempt.ended().join(),
          (System.nanoTime() - start) / 1_000_000);
    }
    if (arguments.length > 2) {
      search
          .swarm
          .entries()
          .forEach(entry -> System.out.println(entry.path() + "\n" + entry.draft().content()));
    }
    System.out.println(search.swarm.entry("final/answer.md").orElseThrow().draft().content());
  }
}
