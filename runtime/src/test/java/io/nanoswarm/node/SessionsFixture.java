package io.nanoswarm.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.nanoswarm.agent.Gate;
import io.nanoswarm.api.AgentsView;
import io.nanoswarm.api.Opened;
import io.nanoswarm.api.SessionRequest;
import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.artifact.FileArtifactStore;
import io.nanoswarm.definition.SwarmDefinition;
import io.nanoswarm.definition.SwarmDefinition.Agent;
import io.nanoswarm.directory.SessionDirectory;
import io.nanoswarm.directory.SessionLine;
import io.nanoswarm.feed.SessionViews;
import io.nanoswarm.launch.SilentBus;
import io.nanoswarm.offline.OfflinePlanner;
import io.nanoswarm.offline.workspace.WorkspaceScan;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.Workspace;
import io.nanoswarm.skills.SkillNeeds;
import io.nanoswarm.skills.SkillsSettings;
import io.nanoswarm.supervisor.Isolation;
import io.nanoswarm.supervisor.Supervisor;
import io.nanoswarm.trace.Spans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.jspecify.annotations.Nullable;

/** Sessions of a node, before actors that answer as the test says. */
final class SessionsFixture implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  static final int MOST_UNFINISHED = 5;
  static final AgentRole REVIEWER = new AgentRole("reviewer");

  final ActorTestKit kit = ActorTestKit.create();
  final ExecutorService blocking = Executors.newVirtualThreadPerTaskExecutor();
  final Map<String, SessionState> stored = new ConcurrentHashMap<>();
  final List<SessionLine> lines = new CopyOnWriteArrayList<>();
  final TestProbe<Supervisor.Command> supervisor = kit.createTestProbe();
  final Random random = new Random(7);
  @Nullable ActorRef<ShardingEnvelope<Session.Command>> region;
  final List<SessionDirectory.NoteEnding> noted = new CopyOnWriteArrayList<>();
  Duration patience = Duration.ofSeconds(30);
  @Nullable SessionId silent;
  long minFree;
  Instant now = NOW;

  final Path folder;

  /**
   * @param folder empty; of the node, and of the workspace
   */
  SessionsFixture(Path folder) throws IOException {
    this.folder = folder;
    Files.writeString(
        Files.createDirectories(folder.resolve("workspace")).resolve("about.txt"), "about");
  }

  static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  static Throwable failure(CompletionStage<?> failing) {
    return failing
        .handle((_, failure) -> {
          assertThat(failure).isNotNull();
          return failure instanceof CompletionException ? failure.getCause() : failure;
        })
        .toCompletableFuture()
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
  }

  static SessionState.Active active(SessionId id) {
    var workspace = new Workspace("/", new ArtifactRef("0".repeat(64), 1), 1, 1);
    var opening =
        new SessionState.Opening(id, new Goal("goal"), workspace, NOW, null, null, null, null);
    return new SessionState.Active(opening, List.of(), null, 0, Map.of(), null, null);
  }

  /** Opens a session whose agents the supervisor grants. */
  String open(Sessions sessions, String instructions) {
    var opening = sessions.open(request(instructions));
    grant(supervisor.expectMessageClass(Supervisor.Ensure.class));
    return id(opening);
  }

  /** Agents of these roles are wished for next, in this order. */
  void grant(String... roles) {
    for (String role : roles) {
      var ensure = supervisor.expectMessageClass(Supervisor.Ensure.class);
      assertThat(ensure.spec().role().value()).isEqualTo(role);
      grant(ensure);
    }
  }

  static void grant(Supervisor.Ensure ensure) {
    ensure.replyTo().tell(new Supervisor.Ensured(REVIEWER, List.of()));
  }

  static String id(CompletionStage<Opened> opening) {
    return opening.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join().id();
  }

  static String refusal(CompletionStage<?> refused) {
    var outcome = refused.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS);
    return outcome
        .handle((_, failure) -> {
          assertThat(failure).isNotNull();
          var cause = failure instanceof CompletionException ? failure.getCause() : failure;
          assertThat(cause).isInstanceOf(SwarmProblem.class);
          return String.valueOf(cause.getMessage());
        })
        .join();
  }

  SessionRequest request(String instructions) {
    return new SessionRequest("Review.", workspace(), Map.of(), null, null, swarm(instructions));
  }

  String workspace() {
    return folder.resolve("workspace").toString();
  }

  static SwarmDefinition swarm(String instructions) {
    var agent =
        new Agent(
            null, "critic", 1, "", instructions, List.of(), List.of(), null, null, null, null);
    return new SwarmDefinition(
        "review", List.of(), Map.of("reviewer", agent), Map.of(), Map.of(), null);
  }

  /** Of a node that has just been started, on what is stored. */
  Sessions sessions() {
    var asking = new Asking(kit.system(), patience, new JournalHealth("repair it", () -> NOW));
    var gate =
        new Gate(
            region == null ? kit.spawn(storedSessions()) : region,
            silent(),
            silent(),
            silent(),
            silent(),
            silent(),
            silent());
    var parts =
        new ControlParts(
            gate,
            kit.spawn(directory()),
            silent(),
            supervisor.ref(),
            silent(),
            new SilentBus(),
            silent());
    var artifacts = new FileArtifactStore(folder.resolve("artifacts"));
    var usual = new OfflinePlanner(artifacts, blocking);
    var intakes =
        new Sessions.Intakes(
            new WorkspaceIntake(new WorkspaceScan(Set.of()), artifacts, blocking),
            new SwarmIntake(
                SwarmSetup.offline(),
                new SkillNeeds(SkillsSettings.of(ConfigFactory.load())),
                usual,
                artifacts,
                new KeptCode(folder.resolve("code")),
                blocking),
            new SwarmsInUse());
    var driven = new Driven(false);
    var node = new AgentsView.NodeView(1, "here", NOW, folder.toString());
    return new Sessions(
        new Sessions.Means(
            asking,
            parts,
            new AgentPool(asking, supervisor.ref()),
            intakes,
            new Admission(new AdmissionSettings(MOST_UNFINISHED, minFree), folder),
            Isolation.PROCESS,
            Spans.NONE,
            random,
            () -> now),
        new SessionViews(node, folder, driven::contains),
        driven);
  }

  <T> ActorRef<T> silent() {
    return kit.<T>createTestProbe().ref();
  }

  Behavior<ShardingEnvelope<Session.Command>> storedSessions() {
    return Behaviors.receiveMessage(envelope -> {
      var id = new SessionId(envelope.entityId());
      if (id.equals(silent)) {
        return Behaviors.same();
      }
      switch (envelope.message()) {
        // As one that works on a later question than whoever concludes it thinks.
        case Session.Conclude conclude -> conclude.replyTo().tell(snapshot(id));
        case Session.Open open -> {
          var opening =
              new SessionState.Opening(
                  id,
                  open.goal(),
                  open.workspace(),
                  NOW,
                  open.timeLimit(),
                  open.swarm(),
                  open.trace(),
                  open.agents());
          stored.put(
              id.value(),
              new SessionState.Active(opening, List.of(), null, 0, Map.of(), null, null));
          open.replyTo().tell(snapshot(id));
        }
        case Session.AskFurther ask -> {
          var asked =
              new SessionEvent.FollowUpAsked(
                  NOW, ask.number(), ask.goal(), ask.workspace(), ask.timeLimit());
          stored.computeIfPresent(id.value(), (_, state) -> state.apply(asked));
          ask.replyTo().tell(new Session.Done(snapshot(id)));
        }
        case Session.GetSession(ActorRef<SessionSnapshot> replyTo) -> replyTo.tell(snapshot(id));
        default -> throw new AssertionError("not expected: " + envelope);
      }
      return Behaviors.same();
    });
  }

  SessionSnapshot snapshot(SessionId id) {
    return new SessionSnapshot(
        id, stored.getOrDefault(id.value(), new SessionState.Absent()), Map.of());
  }

  int unfinished() {
    return Math.toIntExact(lines.stream().filter(line -> line.ending() == null).count());
  }

  static SessionLine line(SessionId id, @Nullable String ending) {
    return new SessionLine(
        id, "goal", "/shop", NOW, ending, ending == null ? null : NOW, null, null);
  }

  SessionDirectory.ReopenReply reopen(SessionDirectory.NoteReopening reopening) {
    var id = reopening.session();
    var known = lines.stream().filter(line -> line.session().equals(id)).findFirst();
    if (known.isEmpty()) {
      return new SessionDirectory.NotListed(id);
    }
    if (known.get().ending() == null) {
      return new SessionDirectory.Noted(id, null);
    }
    if (unfinished() >= reopening.most()) {
      return new SessionDirectory.TooManyUnfinished(unfinished());
    }
    lines.replaceAll(line -> line.session().equals(id) ? line(id, null) : line);
    return new SessionDirectory.Noted(id, now);
  }

  Behavior<SessionDirectory.Command> directory() {
    return Behaviors.receiveMessage(command -> {
      switch (command) {
        case SessionDirectory.ListSession list -> {
          int unfinished = unfinished();
          if (unfinished >= list.most()) {
            list.replyTo().tell(new SessionDirectory.TooManyUnfinished(unfinished));
          } else {
            lines.add(line(list.session(), null));
            list.replyTo().tell(new SessionDirectory.Listed(list.session()));
          }
        }
        case SessionDirectory.NoteReopening reopening ->
            reopening.replyTo().tell(reopen(reopening));
        case SessionDirectory.NoteEnding note -> {
          noted.add(note);
          var id = note.session();
          lines.replaceAll(line -> line.session().equals(id) ? line(id, note.ending()) : line);
        }
        case SessionDirectory.NoteFollowUp(var id, _, _, var replyTo) ->
            replyTo.tell(new SessionDirectory.Noted(id, null));
        case SessionDirectory.GetSessions(_, _, var replyTo) ->
            replyTo.tell(new SessionDirectory.Sessions(lines, false, false));
        default -> throw new AssertionError("not expected: " + command);
      }
      return Behaviors.same();
    });
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
    blocking.shutdownNow();
  }
}
