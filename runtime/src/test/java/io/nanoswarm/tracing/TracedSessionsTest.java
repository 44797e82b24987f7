package io.nanoswarm.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.artifact.ArtifactRef;
import io.nanoswarm.session.Ending;
import io.nanoswarm.session.Goal;
import io.nanoswarm.session.Session;
import io.nanoswarm.session.SessionAwake;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.SessionSnapshot;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.SessionTrace;
import io.nanoswarm.session.SessionUpdate;
import io.nanoswarm.session.Workspace;
import io.nanoswarm.trace.EndedSpan;
import io.nanoswarm.trace.TraceContext;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LogCapturingExtension;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sessions and their journal are played by the test. */
@ExtendWith(LogCapturingExtension.class)
class TracedSessionsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final SessionId SESSION = new SessionId("goal");
  private static final TraceContext CALLER =
      new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  private static final Workspace WORKSPACE =
      new Workspace("/shop", new ArtifactRef("0123456789abcdef".repeat(4), 1), 1, 1);
  private static final ActorTestKit kit = ActorTestKit.create("traces");

  private record Wanted(SessionId session, CompletableFuture<List<SessionEvent>> events) {}

  private final TestProbe<ShardingEnvelope<Session.Command>> sessions = kit.createTestProbe();
  private final TestProbe<Wanted> reads = kit.createTestProbe();
  private final TestProbe<EndedSpan> spans = kit.createTestProbe();

  /** Once it is told of sessions. */
  @BeforeEach
  void start() {
    var started = kit.<Boolean>createTestProbe();
    var means =
        new TracedSessions.Means(
            sessions.ref(),
            session -> {
              var wanted = new Wanted(session, new CompletableFuture<>());
              reads.ref().tell(wanted);
              return wanted.events();
            },
            spans.ref()::tell,
            () -> NOW);
    kit.spawn(
        Behaviors.<TracedSessions.Command>setup(context -> {
          var behavior = Behavior.start(TracedSessions.create(means), context);
          started.ref().tell(true);
          return behavior;
        }));
    started.receiveMessage();
  }

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void few_sessions_are_read_at_once_and_the_others_in_their_turn() {
    for (int i = 0; i <= FewReads.AT_ONCE; i++) {
      awake(new SessionId("goal-" + i), entity());
    }
    var first = reads.receiveSeveralMessages(FewReads.AT_ONCE);
    reads.expectNoMessage();

    first.getFirst().events().completeExceptionally(new IOException("the database is away"));

    assertThat(first).extracting(Wanted::session).doesNotContain(reads.receiveMessage().session());
    reads.expectNoMessage();
  }

  @Test
  void a_session_that_leaves_its_node_is_followed_no_longer_and_not_read_in_vain() {
    for (int i = 0; i < FewReads.AT_ONCE; i++) {
      awake(new SessionId("goal-" + i), entity());
    }
    var running = reads.receiveSeveralMessages(FewReads.AT_ONCE);
    sessions.receiveSeveralMessages(FewReads.AT_ONCE);
    var entity = entity();
    awake(SESSION, entity);
    var watcher = watcher();

    kit.stop(entity);
    sessions.expectTerminated(watcher);

    running.forEach(read -> read.events().complete(List.of()));
    reads.expectNoMessage();
  }

  @Test
  void a_session_that_ends_and_leaves_memory_before_it_is_read_is_told_whole() {
    var entity = entity();
    awake(SESSION, entity);
    var watcher = watcher();
    var opened =
        new SessionEvent.SessionOpened(
            NOW, SESSION, new Goal("why?"), WORKSPACE, null, null, CALLER, null);
    var over = new SessionEvent.SessionConcluded(NOW.plusSeconds(1), new Ending.Cancelled("no"));
    var state = new SessionState.Absent().apply(opened).apply(over);
    watcher.tell(
        new SessionUpdate(new SessionSnapshot(SESSION, state, Map.of()), List.of(over), null));

    kit.stop(entity);
    reads.receiveMessage().events().complete(List.of(opened, over));

    assertThat(spans.receiveMessage().name()).isEqualTo("session");
    sessions.expectTerminated(watcher);
  }

  private ActorRef<SessionUpdate> watcher() {
    return ((Session.Watch) sessions.receiveMessage().message()).watcher();
  }

  private static ActorRef<Session.Command> entity() {
    return kit.spawn(Behaviors.<Session.Command>ignore());
  }

  private static void awake(SessionId session, ActorRef<Session.Command> entity) {
    var awake = new SessionAwake(session, new SessionTrace(session, CALLER), entity);
    kit.system().eventStream().tell(new EventStream.Publish<>(awake));
  }
}
