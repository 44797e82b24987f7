package io.nanoswarm.samples.nanobot;

import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.api.EntryView;
import io.nanoswarm.api.Progress;
import io.nanoswarm.api.SessionRequest;
import io.nanoswarm.api.SkillsView.SkillView;
import io.nanoswarm.client.EndpointClient;
import io.nanoswarm.client.NodeOptions;
import io.nanoswarm.http.EndpointServer;
import io.nanoswarm.node.LocalNodes;
import io.nanoswarm.node.SwarmSetup;
import io.nanoswarm.planner.FixedPlan;
import io.nanoswarm.planner.Planner;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.skill.SkillName;
import io.nanoswarm.skill.SkillSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Lists the skills of the configured folders ({@code NANOSWARM_SKILLS}), has an agent in a JVM of
 * its own read and execute each, one after the other, and prints a table.
 */
public final class NanobotMain {
  private static final AgentRole ROLE = new AgentRole("operator");
  private static final Duration TASK_LIMIT = Duration.ofMinutes(10);

  private NanobotMain() {}

  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("nanoswarm-nanobot");
    Path workspace = Files.createDirectory(folder.resolve("workspace")).toRealPath();
    var _ = Files.writeString(workspace.resolve("about.txt"), "Commands are run in here.\n");
    var all =
        new LocalNodes(SwarmSetup.offline(), EndpointServer::start, "0", InstantSource.system())
            .skills(workspace)
            .skills();
    var listed = all.stream().filter(skill -> skill.from().equals("configured")).toList();
    if (listed.isEmpty()) {
      System.err.println("no skills are configured: docs/nanobot.sh sets NANOSWARM_SKILLS");
      System.exit(2);
    }
    print(listed, outcomes(listed, folder, workspace));
  }

  private static Map<String, String> outcomes(List<SkillView> listed, Path folder, Path workspace) {
    var nodes = new LocalNodes(setup(listed), EndpointServer::start, "0", InstantSource.system());
    try (var node = nodes.start(folder.resolve("data"), NodeOptions.DEFAULT)) {
      var client = new EndpointClient(node.endpoint());
      String id =
          client.open(
              SessionRequest.of(
                  "Execute the skills of nanobot.",
                  workspace.toString(),
                  Map.of(),
                  TASK_LIMIT.toSeconds() * listed.size(),
                  "process"));
      var session = client.follow(id, NanobotMain::tell);
      System.err.println("the blackboard stays in " + session.folder());
      return client.blackboard(id).stream()
          .filter(entry -> entry.task() != null)
          .collect(Collectors.toMap(entry -> String.valueOf(entry.task()), EntryView::content));
    }
  }

  private static void tell(Progress progress) {
    if (progress instanceof Progress.TaskEnded ended) {
      System.err.printf("%s is %s: %s%n", ended.task(), ended.state(), ended.note());
    }
  }

  private static SwarmSetup setup(List<SkillView> listed) {
    var skills =
        List.<SkillSpec>of(
            new SkillSpec.BuiltIn(new SkillName("read_skill")),
            new SkillSpec.BuiltIn(new SkillName("exec")));
    var spec = AgentSpec.of(ROLE, OperatorAgent.class, "does what a skill says").withSkills(skills);
    return new SwarmSetup(
        List.of(spec),
        new LinkedHashMap<>(Map.of(ROLE, 1)),
        (_, _) -> plan(listed),
        SwarmSetup::processes);
  }

  /** One after the other, so that the output of one disturbs no other. */
  private static Planner plan(List<SkillView> listed) {
    FixedPlan plan = null;
    String before = "";
    for (var skill : listed) {
      String name = skill.name();
      plan = plan == null ? FixedPlan.of(name, ROLE.value()) : plan.and(name, ROLE.value(), before);
      plan =
          plan.with(task ->
              task.withParameter(OperatorAgent.SKILL, name)
                  .withLimits(new TaskSpec.Limits(1, TASK_LIMIT)));
      before = name;
    }
    return Objects.requireNonNull(plan, "there are skills");
  }

  private static void print(List<SkillView> listed, Map<String, String> outcomes) {
    System.out.println("| skill | needs | lacking here | executed by an agent |");
    System.out.println("|---|---|---|---|");
    int executed = 0;
    for (var skill : listed) {
      String outcome =
          outcomes.getOrDefault(skill.name(), OperatorAgent.NOT_EXECUTED + "its task did not end");
      executed += outcome.startsWith(OperatorAgent.EXECUTED) ? 1 : 0;
      System.out.printf(
          "| `%s` | %s | %s | %s |%n",
          skill.name(),
          cell(String.join(" ", skill.needs())),
          cell(String.join(" ", skill.lacking())),
          cell(outcome));
    }
    System.out.printf(
        "%n%d of %d listed, %d of %d executed.%n",
        listed.size(), listed.size(), executed, listed.size());
  }

  private static String cell(String text) {
    return text.strip().replace("|", "\\|");
  }
}
