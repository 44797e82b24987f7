package io.nanoswarm.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.nanoswarm.agent.Gate;
import io.nanoswarm.api.AgentsView;
import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.blackboard.Author;
import io.nanoswarm.blackboard.Blackboard;
import io.nanoswarm.blackboard.BlackboardSettings;
import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.blackboard.Expectation;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.directory.SessionDirectory;
import io.nanoswarm.feed.SessionViews;
import io.nanoswarm.launch.SilentBus;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Plan;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSettings;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.TaskId;
import io.nanoswarm.session.TaskSpec;
import io.nanoswarm.session.Workspace;
import io.nanoswarm.store.H2File;
import io.nanoswarm.store.SessionRows;
import io.nanoswarm.supervisor.Isolation;
import io.nanoswarm.supervisor.Supervisor;
import io.nanoswarm.trace.Spans;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing is left of a session that is deleted, whoever is told something at that very moment: an
 * entity that was read just before its rows are deleted, and writes just after that. Real entities,
 * in a real H2 file.
 */
@Timeout(120)
class DeletionTest {
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final SessionId ID = new SessionId("gone");
  private static final TaskId TASK = TaskId.of(ID, "read");
  private static final Workspace WORKSPACE =
      new Workspace("/", new ArtifactRef("0".repeat(64), 1), 1, 1);

  @TempDir Path folder;
  private H2File journal;
  private ActorTestKit kit;
  private ActorRef<SessionDirectory.Command> directory;
  private volatile @Nullable ActorRef<Session.Command> session;
  private int posts;
  private volatile Instant now = NOW.minusSeconds(60);
  private Duration patience = PATIENCE;

  @BeforeEach
  void aSessionThatIsOver() throws Exception {
    journal = new H2File(folder.resolve("journal"), folder.resolve("artifacts"));
    journal.prepare();
    kit = ActorTestKit.create("deletion", config(journal));
    directory = kit.spawn(SessionDirectory.create(() -> now));
    this.<SessionDirectory.Command, SessionDirectory.ListReply>ask(
        directory, to -> new SessionDirectory.ListSession(ID, "goal", "/", 10, to));
    var opened = kit.spawn(session());
    this.<Session.Command, SessionSnapshot>ask(
        opened, to -> new Session.Open(new Goal("goal"), WORKSPACE, null, null, to));
    var plan = new Plan(List.of(TaskSpec.of(TASK, new AgentRole("reader"), "Read")), TASK);
    this.<Session.Command, Session.PlanReply>ask(opened, to -> new Session.RecordPlan(plan, to));
    opened.tell(new Session.Abandon(TASK, "nobody can"));
    this.<Session.Command, SessionSnapshot>ask(
        opened, to -> new Session.Conclude(1, new Ending.Failed("no answer"), to));
    post(kit.spawn(blackboard()));
    this.<Session.Command, SessionSnapshot>ask(opened, to -> new Session.Leave(false, to));
    assertThat(rows()).isGreaterThan(3);
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private static Config config(H2File journal) {
    return ConfigFactory.load(
        ConfigFactory.parseMap(Map.of("pekko.actor.provider", "local", "pekko.loglevel", "OFF"))
            .withFallback(journal.plugins())
            .withFallback(ConfigFactory.parseResources("control.conf")));
  }

  @Test
  void a_retry_at_the_moment_of_the_deletion_leaves_nothing() {
    deleteWhile(late -> wish(late, to -> new Session.Retry(List.of(), to)));
  }

  @Test
  void a_further_question_at_the_moment_of_the_deletion_leaves_nothing() {
    deleteWhile(
        late -> wish(late, to -> new Session.AskFurther(2, new Goal("why?"), WORKSPACE, null, to)));
  }

  @Test
  void a_discard_at_the_moment_of_the_deletion_leaves_nothing() {
    deleteWhile(late -> wish(late, to -> new Session.Discard(TASK, "enough", to)));
  }

  @Test
  void a_post_at_the_moment_of_the_deletion_leaves_nothing() {
    var board = kit.spawn(blackboard());
    post(board);
    deleteWhile(_ -> post(board));
  }

  private void wish(
      ActorRef<Session.Command> late, Function<ActorRef<Session.WishReply>, Session.Command> wish) {
    assertThat(this.<Session.Command, Session.WishReply>ask(late, wish))
        .isInstanceOf(Session.Done.class);
  }

  /**
   * @param late what is done to the session just after its rows were deleted for the first time
   */
  private void deleteWhile(Consumer<ActorRef<Session.Command>> late) {
    var written = new AtomicInteger();
    Executor blocking =
        job ->
            Thread.startVirtualThread(() -> {
              if (session == null) {
                session = kit.spawn(session());
                this.<Session.Command, SessionSnapshot>ask(session, Session.GetSession::new);
              }
              job.run();
            });
    ActorRef<ShardingEnvelope<Session.Command>> sessions =
        kit.spawn(
            Behaviors.receiveMessage(envelope -> {
              var early = session == null ? kit.spawn(session()) : session;
              Thread.startVirtualThread(() -> {
                if (session != null && written.get() == 0) {
                  late.accept(session);
                  written.set(rows());
                }
                early.tell(envelope.message());
              });
              return Behaviors.same();
            }));

    var deleted = keeping(sessions, blocking).delete(List.of(ID)).toCompletableFuture();

    assertThat(deleted.orTimeout(60, TimeUnit.SECONDS).join().sessions()).isEqualTo(1);
    assertThat(written).as("rows that came too late").hasPositiveValue();
    assertThat(rows()).isZero();
    kit.createTestProbe().expectTerminated(session);
  }

  @Test
  void a_session_that_is_about_to_go_on_is_not_deleted() {
    directory.tell(new SessionDirectory.NoteEnding(ID, "failed", NOW, null));
    now = NOW.plusSeconds(1);
    this.<SessionDirectory.Command, SessionDirectory.ReopenReply>ask(
        directory, to -> new SessionDirectory.NoteReopening(ID, 1, to));
    int before = rows();
    var deleted = keeping(readAnew(), Runnable::run).delete(List.of(ID)).toCompletableFuture();

    assertThat(deleted.orTimeout(60, TimeUnit.SECONDS).handle((_, failure) -> failure).join())
        .hasMessageContaining("session gone is not over; nothing was deleted");
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void what_is_too_old_is_deleted_though_an_older_node_does_not_know_what_was_deleted_before() {
    directory.tell(new SessionDirectory.NoteEnding(ID, "failed", NOW, null));
    // It is noted by the directory's clock: before that is put forward.
    this.<SessionDirectory.Command, SessionDirectory.Sessions>ask(
        directory, replyTo -> new SessionDirectory.GetSessions(null, true, replyTo));
    patience = Duration.ofSeconds(5);
    var known = directory;
    directory =
        kit.spawn(
            Behaviors.receiveMessage(command -> {
              if (!(command instanceof SessionDirectory.GetRemoved)) {
                known.tell(command);
              }
              return Behaviors.same();
            }));
    var settings = new RetentionSettings(Duration.ofDays(1), 0, Duration.ofHours(1));
    now = NOW.plus(Duration.ofDays(2));

    var deleted = keeping(readAnew(), Runnable::run).deleteOld(settings).toCompletableFuture();

    assertThat(deleted.orTimeout(60, TimeUnit.SECONDS).join().sessions()).isEqualTo(1);
    assertThat(rows()).isZero();
  }

  private ActorRef<ShardingEnvelope<Session.Command>> readAnew() {
    return kit.spawn(
        Behaviors.receiveMessage(envelope -> {
          kit.spawn(session()).tell(envelope.message());
          return Behaviors.same();
        }));
  }

  private Keeping keeping(ActorRef<ShardingEnvelope<Session.Command>> region, Executor blocking) {
    var asking = new Asking(kit.system(), patience, new JournalHealth("repair it", () -> NOW));
    var gate = new Gate(region, silent(), silent(), silent(), silent(), silent(), silent());
    ActorRef<Supervisor.Command> supervisor = silent();
    var parts =
        new ControlParts(
            gate, directory, silent(), supervisor, silent(), new SilentBus(), silent());
    var node = new AgentsView.NodeView(1, "here", NOW, folder.toString());
    var sessions =
        new Sessions(
            new Sessions.Means(
                asking,
                parts,
                new AgentPool(asking, supervisor),
                new Sessions.Intakes(null, null, null),
                new Admission(new AdmissionSettings(10, 0), folder),
                Isolation.PROCESS,
                Spans.NONE,
                new Random(7),
                () -> NOW),
            new SessionViews(node, folder, _ -> false),
            new Driven(false));
    var places =
        new Keeping.Places(
            new SessionRows(journal),
            folder,
            folder.resolve("boards"),
            folder.resolve("artifacts"),
            blocking);
    return new Keeping(sessions, asking, parts, places, () -> now);
  }

  private <T> ActorRef<T> silent() {
    return kit.<T>createTestProbe().ref();
  }

  private int rows() {
    try (var connection = journal.connect();
        var statement = connection.createStatement();
        var found =
            statement.executeQuery(
                "SELECT COUNT(*) FROM \"event_journal\" WHERE \"persistence_id\" LIKE '%|gone%'")) {
      found.next();
      return found.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Behavior<Session.Command> session() {
    return Session.create(ID, SessionSettings.create(kit.system()), () -> NOW, kit.spawn(shard()));
  }

  /** Has sessions that want to leave stop, as shards do. */
  private static Behavior<ClusterSharding.ShardCommand> shard() {
    return Behaviors.receiveMessage(asked -> {
      var entity = ((ClusterSharding.Passivate<?>) asked).entity();
      Adapter.toClassic(entity).tell(PoisonPill.getInstance(), null);
      return Behaviors.same();
    });
  }

  private Behavior<Blackboard.Command> blackboard() {
    return Blackboard.create(
        ID, BlackboardSettings.create(kit.system()), () -> NOW, kit.system().ignoreRef());
  }

  private void post(ActorRef<Blackboard.Command> board) {
    posts++;
    var draft =
        new Draft(EntryPath.in(Section.FINDINGS, "p" + posts), "found", List.of(), Map.of());
    assertThat(
            this.<Blackboard.Command, Blackboard.PostReply>ask(
                board,
                to ->
                    new Blackboard.Post(draft, new Author.Swarm(), new Expectation.Anything(), to)))
        .isInstanceOf(Blackboard.Posted.class);
  }

  private <C, R> R ask(ActorRef<C> whom, Function<ActorRef<R>, C> question) {
    return AskPattern.<C, R>ask(whom, question::apply, PATIENCE, kit.scheduler())
        .toCompletableFuture()
        .join();
  }
}
