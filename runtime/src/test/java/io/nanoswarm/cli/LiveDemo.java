package io.nanoswarm.cli;

import static io.nanoswarm.client.Story.began;
import static io.nanoswarm.client.Story.concluded;
import static io.nanoswarm.client.Story.cut;
import static io.nanoswarm.client.Story.doing;
import static io.nanoswarm.client.Story.down;
import static io.nanoswarm.client.Story.ended;
import static io.nanoswarm.client.Story.opening;
import static io.nanoswarm.client.Story.planned;
import static io.nanoswarm.client.Story.posted;
import static io.nanoswarm.client.Story.up;

import io.nanoswarm.api.Progress;
import io.nanoswarm.client.FakeNodes;
import io.nanoswarm.client.ScriptedEndpoint;
import io.nanoswarm.client.ScriptedEndpoint.Pause;
import io.nanoswarm.client.ScriptedEndpoint.Step;
import io.nanoswarm.client.ScriptedEndpoint.Tell;
import io.nanoswarm.client.Story;
import io.nanoswarm.terminal.Console;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole command line before a scripted node, to be looked at: {@code run "…"} plays a story.
 */
public final class LiveDemo {
  private static final String ANSWER =
      """
      # Which modules talk to the database

      Two modules do: `orders` and `billing`. Both go through **one pool**, and _neither_ opens \
      a connection of its own outside of it, as the [configuration](conf/pool.conf:12) shows.

      ## How

      1. `orders` uses plain JDBC, see `orders/src/OrderStore.java:41`.
      2. `billing` uses jOOQ:
         - reads are cached for 30 seconds
         - writes go through a transaction per invoice, which is retried three times with backoff

      ```java
      var pool = Pool.of(config.getInt("pool.size"));
      ```

      > Pools are bounded at 16 connections for the whole process.
      """;

  private LiveDemo() {}

  public static void main(String... arguments) {
    var node = new ScriptedEndpoint();
    node.sessions.put(Story.ID, Story.session("running", Story.tasks("running")));
    node.answers.put(Story.ID, ANSWER);
    node.agents = Story.starting();
    node.streams.put(Story.ID, steps());
    var nodes = new FakeNodes();
    nodes.startable.add(node);
    int code =
        SwarmCli.run(
            new Surroundings(
                nodes,
                Console.system(System.getenv()),
                System.getenv(),
                Path.of("").toAbsolutePath(),
                InstantSource.system(),
                "0.1.0"),
            arguments);
    System.exit(code);
  }

  private static List<Step> steps() {
    var steps = new ArrayList<Step>();
    tell(steps, 500, opening());
    tell(steps, 1000, planned());
    tell(steps, 300, up("researcher-1", "researcher", 4711, 0));
    tell(steps, 100, up("researcher-2", "researcher", 4713, 0));
    tell(steps, 100, began("find-schema", "researcher-1"));
    tell(steps, 100, began("find-queries", "researcher-2"));
    tell(steps, 200, up("researcher-3", "researcher", 4719, 0));
    tell(steps, 100, began("find-pools", "researcher-3"));
    tell(steps, 100, up("critic-1", "critic", 4722, 0));
    tell(steps, 100, up("coordinator-1", "coordinator", 4725, 0));
    tell(
        steps,
        500,
        doing("researcher-1", "reading db/migrations/V12__orders_and_invoices.sql (12 of 40)"));
    tell(steps, 700, doing("researcher-2", "searching for \"PreparedStatement\" in 214 files"));
    tell(steps, 900, down("researcher-3", 4719));
    tell(steps, 50, cut("find-pools", "researcher-3"));
    tell(steps, 800, posted("findings/schema.md", "researcher-1"));
    tell(steps, 200, ended("find-schema", "researcher-1", "completed", "12 tables in 2 schemas"));
    tell(steps, 1200, up("researcher-3", "researcher", 4802, 1));
    tell(steps, 100, new Progress.TaskBegan(Story.START, "find-pools", "researcher-3", 2));
    tell(steps, 1000, posted("findings/queries.md", "researcher-2"));
    tell(steps, 100, ended("find-queries", "researcher-2", "completed", "41 queries"));
    tell(steps, 1000, posted("findings/pools.md", "researcher-3"));
    tell(steps, 100, ended("find-pools", "researcher-3", "completed", "one pool"));
    tell(steps, 100, began("check", "critic-1"));
    tell(steps, 100, doing("critic-1", "comparing 3 findings with their sources"));
    tell(steps, 1500, ended("check", "critic-1", "completed", "all hold"));
    tell(steps, 100, began("answer", "coordinator-1"));
    tell(steps, 1500, ended("answer", "coordinator-1", "completed", "answered"));
    tell(steps, 100, concluded("completed"));
    return steps;
  }

  private static void tell(List<Step> steps, long after, Progress event) {
    steps.add(new Pause(after));
    steps.add(new Tell(event));
  }
}
