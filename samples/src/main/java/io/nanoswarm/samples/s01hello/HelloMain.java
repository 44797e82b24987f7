package io.nanoswarm.samples.s01hello;

import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.agent.Task;
import io.nanoswarm.api.SessionRequest;
import io.nanoswarm.client.EndpointClient;
import io.nanoswarm.client.NodeOptions;
import io.nanoswarm.http.EndpointServer;
import io.nanoswarm.node.LocalNodes;
import io.nanoswarm.node.SwarmSetup;
import io.nanoswarm.planner.Planner;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Starts a swarm of one agent in a JVM of its own, prints its answer, and ends the swarm. */
public final class HelloMain {
  private static final AgentRole GREETER = new AgentRole("greeter");

  private HelloMain() {}

  /**
   * @param args what to ask; there is a question if there is none
   */
  public static void main(String[] args) throws IOException {
    String goal = args.length == 0 ? "is anybody there?" : args[0];
    Path folder = Files.createTempDirectory("nanoswarm-hello");
    Path workspace = Files.createDirectory(folder.resolve("workspace"));
    var _ =
        Files.writeString(
            workspace.resolve("about.txt"),
            "A swarm works on a folder; this one has nothing to look for.\n");
    var nodes = new LocalNodes(swarm(), EndpointServer::start, "hello", InstantSource.system());
    try (var node = nodes.start(folder.resolve("data"), NodeOptions.DEFAULT)) {
      var client = new EndpointClient(node.endpoint());
      String id =
          client.open(SessionRequest.of(goal, workspace.toString(), Map.of(), 120L, "process"));
      var session = client.follow(id, _ -> {});
      System.out.println(client.answer(id).orElse("no answer: " + session.reason()));
      for (var agent : client.agents().agents()) {
        System.out.printf(
            "answered by %s in process %d; this is process %d%n",
            agent.name(), agent.pid(), ProcessHandle.current().pid());
      }
      System.out.println("the blackboard stays in " + session.folder());
    }
  }

  private static SwarmSetup swarm() {
    var greeter = AgentSpec.of(GREETER, HelloAgent.class, "answers every goal with a greeting");
    var counts = new LinkedHashMap<>(Map.of(GREETER, 1));
    return new SwarmSetup(List.of(greeter), counts, (_, _) -> planner(), SwarmSetup::processes);
  }

  /** Every goal is one task, and its own answer. */
  private static Planner planner() {
    return (session, goal, _) -> {
      var greet =
          TaskSpec.of(TaskId.of(session, "greet"), GREETER, "Say hello")
              .withInstructions("Greet whoever asks.")
              .withParameter(Task.RESULT, "final/answer");
      return CompletableFuture.completedStage(new Plan(List.of(greet), greet.id()));
    };
  }
}
