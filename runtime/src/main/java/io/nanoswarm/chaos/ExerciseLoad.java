package io.nanoswarm.chaos;

import io.nanoswarm.api.SessionRequest;
import io.nanoswarm.definition.SwarmDefinition;
import io.nanoswarm.definition.SwarmDefinition.PlannedTask;
import io.nanoswarm.exercise.Acknowledgements;
import io.nanoswarm.session.TaskSpec;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Small sessions that do all that a task may do: steps side by side and after each other, a task
 * that delegates, one that sleeps, and in every third session one that asks.
 *
 * <p>Its agents are never given up and its tasks have a hundred attempts, so that each session has
 * to be completed, with an answer that is known before.
 */
public final class ExerciseLoad implements Load {
  /** The role of its agents. */
  public static final String ROLE = "worker";

  /** How many agents there are by default. */
  public static final int AGENTS = 2;

  private static final String AGENT = "io.nanoswarm.exercise.ExerciseAgent";
  private static final TaskSpec.Limits LIMITS = new TaskSpec.Limits(100, Duration.ofMinutes(2));
  private static final int STEPS = 4;
  private static final String ANSWER = "answer";

  private final long seed;
  private final int agents;
  private final Path workspace;
  private final Path acknowledged;

  /**
   * @param workspace a folder for sessions to work on
   * @param acknowledged a folder for what agents are told is stored
   */
  public ExerciseLoad(long seed, int agents, Path workspace, Path acknowledged) {
    this.seed = seed;
    this.agents = agents;
    this.workspace = workspace;
    this.acknowledged = acknowledged;
  }

  @Override
  public SessionRequest request(int number) {
    return new SessionRequest(
        "Exercise " + number,
        workspace.toString(),
        Map.of(ROLE, agents),
        null,
        null,
        new SwarmDefinition("exercise", List.of(code()), agent(), Map.of(), plan(number), ANSWER));
  }

  /** Where the agent's class is: this program's own jar, or its folder of classes. */
  private static String code() {
    try {
      var source = ExerciseLoad.class.getProtectionDomain().getCodeSource();
      return Path.of(source.getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the program is nowhere", e);
    }
  }

  private Map<String, SwarmDefinition.Agent> agent() {
    return Map.of(
        ROLE,
        new SwarmDefinition.Agent(
            AGENT,
            null,
            agents,
            "does exercises",
            "",
            List.of(),
            List.of(),
            null,
            LIMITS,
            null,
            new SwarmDefinition.Restarts(1000, Duration.ofMinutes(2))));
  }

  private Map<String, PlannedTask> plan(int number) {
    var random = new Random(seed * 1_000_003 + number);
    var plan = new LinkedHashMap<String, PlannedTask>();
    for (int i = 1; i <= STEPS; i++) {
      var after = i > 1 && random.nextInt(3) == 0 ? List.of("step-" + (i - 1)) : List.<String>of();
      plan.put("step-" + i, task("step", 200 + random.nextInt(1200), after));
    }
    plan.put("split", task("split", 100 + random.nextInt(600), List.of()));
    plan.put("doze", task("doze", 200 + random.nextInt(1500), List.of()));
    if (asks(number)) {
      plan.put("ask", task("ask", 0, List.of()));
    }
    plan.put(ANSWER, task("gather", 0, List.copyOf(plan.keySet())));
    return plan;
  }

  private static boolean asks(int number) {
    return number % 3 == 0;
  }

  private PlannedTask task(String exercise, int millis, List<String> after) {
    return new PlannedTask(
        ROLE,
        "",
        "",
        after,
        List.of(),
        null,
        null,
        Map.of(
            "exercise", exercise,
            "millis", Integer.toString(millis),
            "acknowledged", acknowledged.toString()));
  }

  @Override
  public String answer(int number) {
    var lines = new ArrayList<String>();
    for (int i = 1; i <= STEPS; i++) {
      lines.add("half step-" + i);
      lines.add("done step-" + i);
    }
    for (int i = 0; i < 2; i++) {
      lines.add("half split.part-" + i);
      lines.add("done split.part-" + i);
    }
    lines.add("done split");
    lines.add("done doze");
    if (asks(number)) {
      lines.add("done ask");
    }
    return lines.stream()
        .sorted()
        .map(line -> "- " + line)
        .collect(Collectors.joining("\n", "# Exercise\n\n", ""));
  }

  @Override
  public boolean completes() {
    return true;
  }

  @Override
  public boolean settlesAfter(String path) {
    return !path.endsWith("-half.md");
  }

  @Override
  public Collection<Acknowledged> told() throws IOException {
    return Acknowledgements.in(acknowledged).stream().map(ExerciseLoad::fact).toList();
  }

  private static Acknowledged fact(Acknowledgements.Told told) {
    var session = told.task().session().value();
    return told.path().isEmpty()
        ? new Acknowledged.Settled(told.at(), session, told.task().name(), told.fence())
        : new Acknowledged.Posted(told.at(), session, told.path(), told.revision());
  }
}
