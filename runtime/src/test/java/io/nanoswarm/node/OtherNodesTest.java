package io.nanoswarm.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.nanoswarm.agent.Gate;
import io.nanoswarm.api.AgentsView;
import io.nanoswarm.api.Progress;
import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.cluster.WorkerId;
import io.nanoswarm.directory.SessionDirectory;
import io.nanoswarm.directory.SessionLine;
import io.nanoswarm.feed.FeedItem;
import io.nanoswarm.feed.SessionFeed;
import io.nanoswarm.feed.SessionFeeds;
import io.nanoswarm.feed.SessionViews;
import io.nanoswarm.launch.SilentBus;
import io.nanoswarm.session.AgentName;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.AttemptRequest;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Outcome;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSettings;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.session.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is on one node reaches another, however much of it there is: the directory and a session on
 * one actor system, who asks on a second one, and the network of a cluster with its largest message
 * between them.
 */
@Timeout(240)
class OtherNodesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LARGEST_MESSAGE = 4 * 1024 * 1024;
  private static final SessionId ID = new SessionId("large");
  private static final AgentRole ROLE = new AgentRole("reader");

  private final ActorTestKit there = node();
  private final ActorTestKit here = node();
  private final SessionViews views =
      new SessionViews(
          new AgentsView.NodeView(1, "here", NOW, "/data"), Path.of("/boards"), _ -> true);

  @TempDir Path folder;

  @AfterEach
  void stop() {
    here.shutdownTestKit();
    there.shutdownTestKit();
  }

  /** As in a cluster, and on a journal in memory. */
  private static ActorTestKit node() {
    return ActorTestKit.create(
        "other-nodes",
        ConfigFactory.load(
            ConfigFactory.parseMap(
                    Map.of(
                        "pekko.loglevel", "ERROR",
                        "pekko.cluster.jmx.multi-mbeans-in-same-jvm", "on",
                        "pekko.coordinated-shutdown.exit-jvm", "off",
                        "pekko.persistence.journal.plugin", "pekko.persistence.journal.inmem",
                        "pekko.persistence.snapshot-store.plugin",
                            "pekko.persistence.no-snapshot-store"))
                .withFallback(ConfigFactory.parseResources("layers/cluster.conf"))
                .withFallback(ConfigFactory.parseResources("control.conf"))));
  }

  private <T> ActorRef<T> fromHere(ActorRef<T> ref) {
    return ActorRefResolver.get(here.system())
        .resolveActorRef(ActorRefResolver.get(there.system()).toSerializationFormat(ref));
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(120, TimeUnit.SECONDS).join();
  }

  private static <C, R> CompletionStage<R> ask(
      ActorSystem<?> system, ActorRef<C> whom, Function<ActorRef<R>, C> question) {
    return AskPattern.ask(whom, question::apply, Duration.ofSeconds(60), system.scheduler());
  }

  private static int size(ActorSystem<?> system, Object message) {
    return SerializationExtension.get(system).serialize(message).get().length;
  }

  private Asking asking() {
    return new Asking(here.system(), PATIENCE, new JournalHealth("repair it", () -> NOW));
  }

  /** What a node here knows of the directory and the session there. */
  private SessionListing listing(
      ActorRef<SessionDirectory.Command> directory, ActorRef<Session.Command> session) {
    var parts =
        new ControlParts(
            gate(session),
            fromHere(directory),
            silent(),
            silent(),
            silent(),
            new SilentBus(),
            silent());
    return new SessionListing(
        asking(), parts, new Admission(new AdmissionSettings(200, 0), folder), () -> NOW);
  }

  private Gate gate(ActorRef<Session.Command> session) {
    Behavior<ShardingEnvelope<Session.Command>> region =
        Behaviors.receiveMessage(envelope -> {
          session.tell(envelope.message());
          return Behaviors.same();
        });
    return new Gate(
        fromHere(there.spawn(region)), silent(), silent(), silent(), silent(), silent(), silent());
  }

  private <T> ActorRef<T> silent() {
    return here.<T>createTestProbe().ref();
  }

  @Test
  void a_list_of_sessions_that_is_larger_than_a_message_may_be_reaches_another_node() {
    var directory = there.spawn(SessionDirectory.create(() -> NOW));
    List<SessionId> ids =
        IntStream.range(0, 2500).mapToObj("s%05d"::formatted).map(SessionId::new).toList();
    list(directory, ids);

    List<SessionLine> lines =
        join(listing(directory, there.<Session.Command>createTestProbe().ref()).lines());

    assertThat(lines).extracting(SessionLine::session).containsExactlyElementsOf(ids);
    assertThat(lines.stream().mapToLong(line -> line.toString().length()).sum())
        .isGreaterThan(LARGEST_MESSAGE);
  }

  private void list(ActorRef<SessionDirectory.Command> directory, List<SessionId> ids) {
    for (SessionId id : ids) {
      SessionDirectory.ListReply listed =
          join(
              ask(
                  there.system(),
                  directory,
                  to ->
                      new SessionDirectory.ListSession(
                          id, "goal", "/srv/" + "x".repeat(2000), 0, to)));
      assertThat(listed).isEqualTo(new SessionDirectory.Listed(id));
    }
  }

  /** With so many tasks, and such texts, that it is larger than any message. */
  private ActorRef<Session.Command> largeSession() {
    ActorRef<Session.Command> session =
        there.spawn(
            Session.create(
                ID,
                new SessionSettings(
                    Duration.ofMinutes(5), Duration.ZERO, Duration.ofMinutes(5), 1_000_000, 1),
                () -> NOW,
                there.system().ignoreRef()));
    var workspace = new Workspace("/", new ArtifactRef("0".repeat(64), 1), 1, 1);
    OtherNodesTest.<Session.Command, SessionSnapshot>ask(
        there.system(),
        session,
        to -> new Session.Open(new Goal("goal"), workspace, null, null, to));
    Session.PlanReply planned =
        join(ask(there.system(), session, to -> new Session.RecordPlan(largePlan(), to)));
    assertThat(planned).isInstanceOf(Session.PlanStored.class);
    return session;
  }

  private static Plan largePlan() {
    var tasks = new ArrayList<TaskSpec>();
    var ids = new ArrayList<TaskId>();
    for (int i = 1; i < Plan.MAX_TASKS; i++) {
      TaskId id = TaskId.of(ID, "part-%05d".formatted(i));
      ids.add(id);
      tasks.add(TaskSpec.of(id, ROLE, "Part " + i).withInstructions("Read this. ".repeat(40)));
    }
    TaskId answer = TaskId.of(ID, "answer");
    tasks.add(TaskSpec.of(answer, ROLE, "Answer").withAfter(ids));
    return new Plan(tasks, answer);
  }

  @Test
  void a_session_of_as_many_tasks_as_there_may_be_reaches_another_node_whole() {
    var session = largeSession();
    SessionSnapshot atHome = join(ask(there.system(), session, Session.GetSession::new));
    assertThat(size(there.system(), atHome)).isGreaterThan(LARGEST_MESSAGE);

    SessionSnapshot seen =
        join(listing(there.<SessionDirectory.Command>createTestProbe().ref(), session).stored(ID));

    assertThat(seen).isEqualTo(atHome);
    assertThat(((SessionState.Active) seen.state()).tasks()).hasSize(Plan.MAX_TASKS);
  }

  @Test
  void a_large_session_is_read_by_several_at_once_and_again_and_again() {
    var listing = listing(there.<SessionDirectory.Command>createTestProbe().ref(), largeSession());
    var one = listing.stored(ID);
    var other = listing.stored(ID);

    assertThat(join(one)).isEqualTo(join(other)).isEqualTo(join(listing.stored(ID)));
  }

  @Test
  void a_large_session_on_another_node_is_followed_from_its_plan_on() {
    var session = largeSession();
    var listener = here.<FeedItem>createTestProbe();
    follow(session, listener);

    var snapshot = await(listener, Progress.Snapshot.class);
    assertThat(snapshot.session().tasks()).hasSize(Plan.MAX_TASKS);

    var first = TaskId.of(ID, "part-00001");
    complete(session, first);

    assertThat(await(listener, Progress.TaskBegan.class).task()).isEqualTo(first.name());
    assertThat(await(listener, Progress.TaskEnded.class).task()).isEqualTo(first.name());
  }

  private void follow(ActorRef<Session.Command> session, TestProbe<FeedItem> listener) {
    var links =
        new SessionFeed.Links(
            gate(session),
            new SilentBus(),
            () -> CompletableFuture.completedFuture(views.noAgents()),
            views,
            "here",
            () -> NOW);
    here.spawn(SessionFeeds.create())
        .tell(new SessionFeeds.Follow(ID, links, new SessionFeed.Subscribe(null, listener.ref())));
  }

  private static <T extends Progress> T await(TestProbe<FeedItem> listener, Class<T> type) {
    return listener
        .fishForMessage(
            PATIENCE,
            item ->
                type.isInstance(item.progress())
                    ? FishingOutcomes.complete()
                    : FishingOutcomes.continueAndIgnore())
        .stream()
        .map(item -> type.cast(item.progress()))
        .toList()
        .getLast();
  }

  private void complete(ActorRef<Session.Command> session, TaskId task) {
    Session.BeginReply begun =
        join(
            ask(
                there.system(),
                session,
                to ->
                    new Session.Begin(
                        task,
                        new AgentName("reader-1"),
                        new WorkerId("worker-1"),
                        there.system().ignoreRef(),
                        to)));
    var fence = ((Session.Begun) begun).assignment().fence();
    Session.AttemptReply settled =
        join(
            ask(
                there.system(),
                session,
                to ->
                    new Session.OfAttempt(
                        task,
                        fence,
                        new AttemptRequest.Settle(new Outcome.Completed("done")),
                        to)));
    assertThat(settled).isInstanceOf(Session.Accepted.class);
  }
}
