package io.nanoswarm.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.nanoswarm.blackboard.BlackboardEvent;
import io.nanoswarm.channel.DurableChannelEvent;
import io.nanoswarm.directory.DirectoryEvent;
import io.nanoswarm.memory.AgentMemoryEvent;
import io.nanoswarm.session.SessionEvent;
import io.nanoswarm.session.SessionState;
import io.nanoswarm.session.TaskRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Events and snapshots that are on somebody's disk: each file of {@code events/} and {@code
 * snapshots/} was written by a release.
 */
class StoredEventsTest {
  private static final Map<StoredFamily, Class<?>> EVENTS =
      Map.of(
          new StoredFamily("events/session", 7001), SessionEvent.class,
          new StoredFamily("events/directory", 7002), DirectoryEvent.class,
          new StoredFamily("events/blackboard", 7010), BlackboardEvent.class,
          new StoredFamily("events/memory", 7011), AgentMemoryEvent.class,
          new StoredFamily("events/channel", 7012), DurableChannelEvent.class);

  private static final StoredFamily SESSIONS = new StoredFamily("snapshots/session", 7101);

  private static final List<StoredFamily> SNAPSHOTS =
      List.of(
          SESSIONS,
          new StoredFamily("snapshots/directory", 7102),
          new StoredFamily("snapshots/blackboard", 7110),
          new StoredFamily("snapshots/memory", 7111),
          new StoredFamily("snapshots/channel", 7112));

  private static final ActorTestKit kit =
      ActorTestKit.create(
          ConfigFactory.parseResources("swarm-serialization.conf")
              .withFallback(ConfigFactory.load()));
  private static final Serialization serialization = SerializationExtension.get(kit.system());

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @TestFactory
  Stream<DynamicTest> stored_events_are_read_and_written_again_the_same() {
    return EVENTS.keySet().stream().flatMap(family -> family.readAndWritten(serialization));
  }

  @TestFactory
  Stream<DynamicTest> stored_snapshots_are_read_and_written_again_the_same() {
    return SNAPSHOTS.stream().flatMap(family -> family.readAndWritten(serialization));
  }

  @Test
  void every_event_has_a_stored_example() {
    EVENTS.forEach((family, events) ->
        assertThat(classes(family.examples(serialization)))
            .containsExactlyInAnyOrder(events.getPermittedSubclasses()));
  }

  @Test
  void a_stored_session_has_a_task_in_every_phase() {
    var tasks =
        SESSIONS
            .examples(serialization)
            .filter(SessionState.Active.class::isInstance)
            .map(SessionState.Active.class::cast)
            .flatMap(active -> active.tasks().values().stream());

    assertThat(classes(tasks.map(TaskRecord::phase)))
        .containsExactlyInAnyOrder(TaskRecord.Phase.class.getPermittedSubclasses());
  }

  private static Set<Class<?>> classes(Stream<?> objects) {
    Set<Class<?>> classes = new HashSet<>();
    objects.forEach(each -> classes.add(each.getClass()));
    return classes;
  }
}
