package io.nanoswarm.samples;

import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.api.Progress;
import io.nanoswarm.api.SessionRequest;
import io.nanoswarm.client.EndpointClient;
import io.nanoswarm.client.NodeOptions;
import io.nanoswarm.http.EndpointServer;
import io.nanoswarm.node.LocalNodes;
import io.nanoswarm.node.SwarmSetup;
import io.nanoswarm.samples.s02pipeline.Pipeline;
import io.nanoswarm.samples.s03fanout.FanOut;
import io.nanoswarm.samples.s04delegation.Delegation;
import io.nanoswarm.samples.s05handoff.Handoff;
import io.nanoswarm.samples.s06critic.Team;
import io.nanoswarm.samples.s07human.Clerk;
import io.nanoswarm.samples.s08skills.Offer;
import io.nanoswarm.samples.s09bots.Bots;
import io.nanoswarm.samples.s10nodeloss.NodeLoss;
import io.nanoswarm.session.AgentRole;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** Runs a sample in JVMs of its own: one for each agent, and this one as the control node. */
public final class SampleMain {
  private static final SequencedMap<String, Sample> SAMPLES = samples();

  private SampleMain() {}

  private static SequencedMap<String, Sample> samples() {
    var samples = new LinkedHashMap<String, Sample>();
    samples.put("s02pipeline", new Pipeline());
    samples.put("s03fanout", new FanOut());
    samples.put("s04delegation", new Delegation());
    samples.put("s05handoff", new Handoff());
    samples.put("s06critic", new Team());
    samples.put("s07human", new Clerk());
    samples.put("s08skills", new Offer());
    samples.put("s09bots", new Bots());
    samples.put("s10nodeloss", new NodeLoss());
    return Collections.unmodifiableSequencedMap(samples);
  }

  /** By the names of their packages, in the order of the ladder. */
  public static SequencedMap<String, Sample> all() {
    return SAMPLES;
  }

  /**
   * @param args the sample's name, and what to ask it if not the usual
   */
  public static void main(String[] args) throws IOException {
    Sample sample = args.length == 0 ? null : SAMPLES.get(args[0]);
    if (sample == null) {
      System.err.println(
          (args.length == 0 ? "which sample?" : "there is no sample '%s':".formatted(args[0]))
              + " one of "
              + String.join(", ", SAMPLES.keySet()));
      System.exit(2);
      return;
    }
    run(sample, args.length > 1 ? args[1] : sample.goal());
  }

  private static void run(Sample sample, String goal) throws IOException {
    Path folder = Files.createTempDirectory("nanoswarm-sample");
    Path workspace = Files.createDirectory(folder.resolve("workspace"));
    var _ =
        Files.writeString(
            workspace.resolve("about.txt"), "A swarm works on a folder; this one is not needed.\n");
    var nodes = new LocalNodes(swarm(sample), EndpointServer::start, "0", InstantSource.system());
    Path data = folder.resolve("data");
    try (var node = nodes.start(data, NodeOptions.DEFAULT)) {
      var client = new EndpointClient(node.endpoint());
      String id =
          client.open(
              new SessionRequest(
                  goal,
                  workspace.toString(),
                  Map.of(),
                  sample.timeLimit().toSeconds(),
                  "process",
                  null));
      var person =
          new Person(
              client,
              id,
              data,
              new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
      var session =
          client.follow(
              id,
              progress -> {
                tell(progress);
                ask(person, progress, client, id);
                sample.onProgress(progress, client);
              });
      System.out.println(client.answer(id).orElse("no answer: " + session.reason()));
      System.out.println("the blackboard stays in " + session.folder());
    }
  }

  /** A question may have been asked before anything was told. */
  private static void ask(Person person, Progress progress, EndpointClient client, String id) {
    if (progress instanceof Progress.Snapshot(_, var session, _)) {
      person.hear(session.questions());
    } else if (progress instanceof Progress.Asked) {
      person.hear(client.session(id).questions());
    }
  }

  /** What people may want to see of it, on stderr. */
  private static void tell(Progress progress) {
    switch (progress) {
      case Progress.TaskBegan began ->
          System.err.printf("%s works on %s%n", began.agent(), began.task());
      case Progress.TaskEnded ended ->
          System.err.printf("%s is %s: %s%n", ended.task(), ended.state(), ended.note());
      case Progress.HandedOff off ->
          System.err.printf("%s hands %s off to %s%n", off.agent(), off.task(), off.role());
      case Progress.AttemptEnded cut ->
          System.err.printf("%s lost %s: %s%n", cut.agent(), cut.task(), cut.reason());
      case Progress.AgentDown down ->
          System.err.printf("%s died: %s%n", down.agent(), down.cause());
      case Progress.AgentUp up ->
          System.err.printf("%s is up in process %d%n", up.agent(), up.pid());
      case Progress.Snapshot _,
          Progress.Asked _,
          Progress.Planned _,
          Progress.Doing _,
          Progress.Posted _,
          Progress.Paused _,
          Progress.Unpaused _,
          Progress.Prioritised _,
          Progress.Trouble _,
          Progress.Concluded _ -> {}
    }
  }

  private static SwarmSetup swarm(Sample sample) {
    var counts = new LinkedHashMap<AgentRole, Integer>();
    sample.agents().forEach(each -> counts.put(each.spec().role(), each.count()));
    var specs = sample.agents().stream().<AgentSpec>map(Sample.Member::spec).toList();
    return new SwarmSetup(specs, counts, (_, _) -> sample.planner(), SwarmSetup::processes);
  }
}
