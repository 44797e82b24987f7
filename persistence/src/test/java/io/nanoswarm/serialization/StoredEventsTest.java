package io.nanoswarm.serialization;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import io.nanoswarm.blackboard.BlackboardEvent;
import io.nanoswarm.channel.DurableChannelEvent;
import io.nanoswarm.directory.DirectoryEvent;
import io.nanoswarm.memory.AgentMemoryEvent;
import io.nanoswarm.session.SessionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Events that are on somebody's disk: each file of {@code events/} was written by a release. */
class StoredEventsTest {
  private record Family(String folder, int serializer, Class<?> events) {}

  private static final List<Family> FAMILIES =
      List.of(
          new Family("session", 7001, SessionEvent.class),
          new Family("directory", 7002, DirectoryEvent.class),
          new Family("blackboard", 7010, BlackboardEvent.class),
          new Family("memory", 7011, AgentMemoryEvent.class),
          new Family("channel", 7012, DurableChannelEvent.class));

  private static final ObjectMapper JSON = new ObjectMapper();

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
    return FAMILIES.stream()
        .flatMap(family ->
            files(family).stream()
                .map(file ->
                    dynamicTest(
                        family.folder() + "/" + file.getFileName(),
                        () -> readAndWrite(family, file))));
  }

  @Test
  void every_event_has_a_stored_example() {
    for (Family family : FAMILIES) {
      Set<Class<?>> seen = new HashSet<>();
      files(family).forEach(file -> seen.add(read(family, file).getClass()));

      assertThat(seen).containsExactlyInAnyOrder(family.events().getPermittedSubclasses());
    }
  }

  private static void readAndWrite(Family family, Path file) throws IOException {
    var event = read(family, file);
    var serializer = serialization.findSerializerFor(event);

    assertThat(serializer.identifier()).isEqualTo(family.serializer());
    assertThat(JSON.readTree(serializer.toBinary(event)))
        .isEqualTo(JSON.readTree(Files.readString(file)));
  }

  private static Object read(Family family, Path file) {
    try {
      return serialization
          .deserialize(Files.readString(file).getBytes(UTF_8), family.serializer(), "")
          .get();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> files(Family family) {
    try (var files = Files.list(Path.of("src/test/resources/events", family.folder()))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
