package io.nanoswarm.samples.bench;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.Blackboard;
import io.nanoswarm.blackboard.BlackboardSettings;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.blackboard.Expectation;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.AttemptRequest;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSettings;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.session.Workspace;
import io.nanoswarm.store.Folders;
import io.nanoswarm.store.H2File;
import io.nanoswarm.store.JournalDatabase;
import io.nanoswarm.store.StoreProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures how long a session and a blackboard take to come back from an H2 journal, by the number
 * of events that they have stored. Written by one actor system, and read by another in the same
 * JVM; the first of all reads does not count.
 */
@Command(name = "RecoveryMain", mixinStandardHelpOptions = true)
public final class RecoveryMain implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int TASKS = 101;
  private static final int PATHS = 50;
  private static final int IN_FLIGHT = 50;

  @Option(names = "--events", split = ",", description = "How many events are stored.")
  private List<Integer> events = List.of(100, 10_000, 100_000);

  @Option(names = "--repeats", description = "How often each comes back.")
  private int repeats = 9;

  private RecoveryMain() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new RecoveryMain()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("nanoswarm-bench");
    try {
      measure(new H2File(folder.resolve("journal"), folder.resolve("artifacts")));
    } finally {
      Folders.delete(folder);
    }
    return 0;
  }

  private void measure(JournalDatabase journal) throws StoreProblem, IOException {
    journal.prepare();
    try (var writing = new Entities(journal)) {
      for (int count : events) {
        writing.storeSession(id(count), count);
        writing.storeBlackboard(id(count), count);
      }
    }
    try (var reading = new Entities(journal)) {
      reading.recoverSession(id(events.getFirst()));
      reading.recoverBlackboard(id(events.getFirst()));
      System.out.println("| events | session comes back, ms | blackboard comes back, ms |");
      System.out.println("|---|---|---|");
      for (int count : events) {
        var sessions = new ArrayList<Double>();
        var boards = new ArrayList<Double>();
        for (int repeat = 0; repeat < repeats; repeat++) {
          sessions.add(reading.recoverSession(id(count)));
          boards.add(reading.recoverBlackboard(id(count)));
        }
        System.out.printf("| %d | %s | %s |%n", count, new Spread(sessions), new Spread(boards));
      }
    }
  }

  private static SessionId id(int events) {
    return new SessionId("aged-" + events);
  }

  /** Entities without a cluster, each for as long as it is needed. */
  private static final class Entities implements AutoCloseable {
    private final ActorSystem<SpawnProtocol.Command> system;
    private final InstantSource clock = InstantSource.system();

    Entities(JournalDatabase journal) {
      system = ActorSystem.create(SpawnProtocol.create(), "bench", config(journal));
    }

    private static Config config(JournalDatabase journal) {
      return ConfigFactory.load(
          ConfigFactory.parseMap(
                  Map.of("pekko.actor.provider", "local", "pekko.loglevel", "WARNING"))
              .withFallback(journal.plugins())
              .withFallback(ConfigFactory.parseResources("control.conf")));
    }

    private Behavior<Session.Command> session(SessionId id) {
      return Session.create(id, SessionSettings.create(system), clock, shard());
    }

    private Behavior<Blackboard.Command> blackboard(SessionId id) {
      return Blackboard.create(id, BlackboardSettings.create(system), clock, shard());
    }

    private ActorRef<ClusterSharding.ShardCommand> shard() {
      return system.ignoreRef();
    }

    /** A plan, and attempts that are given back until there are as many events as wanted. */
    void storeSession(SessionId id, int events) {
      ActorRef<Session.Command> session = spawn(session(id));
      List<TaskSpec> tasks =
          IntStream.range(0, TASKS)
              .mapToObj(i -> TaskSpec.of(TaskId.of(id, "t" + i), new AgentRole("worker"), "Work"))
              .toList();
      var workspace = new Workspace("/", new ArtifactRef("0".repeat(64), 1), 1, 1);
      SessionSnapshot _ =
          ask(session, to -> new Session.Open(new Goal("age"), workspace, null, null, to));
      Session.PlanReply _ =
          ask(session, to -> new Session.RecordPlan(new Plan(tasks, tasks.getLast().id()), to));
      for (int stored = 3; stored < events; ) {
        var begun = new ArrayList<CompletionStage<Session.BeginReply>>();
        for (TaskSpec task : tasks.subList(0, Math.min(IN_FLIGHT * 2, events - stored))) {
          begun.add(
              asking(
                  session,
                  to ->
                      new Session.Begin(
                          task.id(),
                          new AgentName(task.id().name()),
                          new WorkerId(task.id().name() + "-w1"),
                          system.ignoreRef(),
                          to)));
        }
        var released = new ArrayList<CompletionStage<Session.AttemptReply>>();
        for (var each : begun) {
          var granted = (Session.Begun) each.toCompletableFuture().join();
          released.add(
              asking(
                  session,
                  to ->
                      new Session.OfAttempt(
                          granted.task(),
                          granted.assignment().fence(),
                          new AttemptRequest.Release("not now"),
                          to)));
        }
        released.forEach(each -> each.toCompletableFuture().join());
        stored += released.size();
      }
      SessionSnapshot _ = ask(session, Session.GetSession::new);
    }

    /** Entries, of which later ones replace earlier ones. */
    void storeBlackboard(SessionId id, int events) {
      ActorRef<Blackboard.Command> board = spawn(blackboard(id));
      for (int stored = 0; stored < events; ) {
        var posted = new ArrayList<CompletionStage<Blackboard.PostReply>>();
        for (int i = 0; i < Math.min(IN_FLIGHT, events - stored); i++) {
          var draft =
              new Draft(
                  EntryPath.in(Section.FINDINGS, "p" + i % PATHS),
                  "Found in round %d.".formatted(stored),
                  List.of(),
                  Map.of());
          posted.add(
              asking(
                  board,
                  to ->
                      new Blackboard.Post(
                          draft, new Author.Swarm(), new Expectation.Anything(), to)));
        }
        posted.forEach(each -> each.toCompletableFuture().join());
        stored += posted.size();
      }
    }

    /** From the start of the entity to its first answer, in milliseconds. */
    double recoverSession(SessionId id) {
      long from = System.nanoTime();
      ActorRef<Session.Command> session = spawn(session(id));
      SessionSnapshot _ = ask(session, Session.GetSession::new);
      return since(from);
    }

    double recoverBlackboard(SessionId id) {
      long from = System.nanoTime();
      ActorRef<Blackboard.Command> board = spawn(blackboard(id));
      Blackboard.Entries _ =
          ask(board, to -> new Blackboard.Read(EnumSet.of(Section.CONTEXT), false, null, to));
      return since(from);
    }

    private static double since(long from) {
      return (System.nanoTime() - from) / 1e6;
    }

    private <C> ActorRef<C> spawn(Behavior<C> behavior) {
      CompletionStage<ActorRef<C>> spawned =
          AskPattern.ask(
              system,
              to -> new SpawnProtocol.Spawn<>(behavior, "", Props.empty(), to),
              PATIENCE,
              system.scheduler());
      return spawned.toCompletableFuture().join();
    }

    private <C, R> CompletionStage<R> asking(ActorRef<C> whom, Function<ActorRef<R>, C> question) {
      CompletableFuture<R> answer =
          AskPattern.<C, R>ask(whom, question::apply, PATIENCE, system.scheduler())
              .toCompletableFuture();
      return answer;
    }

    private <C, R> R ask(ActorRef<C> whom, Function<ActorRef<R>, C> question) {
      return this.<C, R>asking(whom, question).toCompletableFuture().join();
    }

    @Override
    public void close() {
      system.terminate();
      system.getWhenTerminated().toCompletableFuture().join();
    }
  }
}
