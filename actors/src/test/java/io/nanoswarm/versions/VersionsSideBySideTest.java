package io.nanoswarm.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.typesafe.config.ConfigFactory;
import io.nanoswarm.cluster.versions.WireVersion;
import io.nanoswarm.session.SessionEvent;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.SerializationExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The rules of {@code docs/upgrades.md}: what an older program has written is understood, and what
 * a newer one may add is passed over. {@code wire/N.json} holds what the program of wire version N
 * says, one message to a line; files of released versions are never changed.
 *
 * <p>The file of the present version is written anew with {@code -Dnanoswarm.write-wire=true}.
 */
class VersionsSideBySideTest {
  private static final Path WIRE = Path.of("src/test/resources/wire");
  private static final Path STORED = Path.of("../persistence/src/test/resources");
  private static final int CBOR = 33;
  private static final Map<String, Integer> FAMILIES =
      Map.of(
          "events/session", 7001,
          "events/directory", 7002,
          "events/blackboard", 7010,
          "events/memory", 7011,
          "events/channel", 7012,
          "snapshots/session", 7101,
          "snapshots/directory", 7102,
          "snapshots/blackboard", 7110,
          "snapshots/memory", 7111,
          "snapshots/channel", 7112);
  private static final Set<String> MAPS =
      Set.of("parameters", "attributes", "programs", "runtimes", "running", "tasks", "counts");
  private static final ActorTestKit KIT =
      ActorTestKit.create(
          "wire",
          ConfigFactory.parseResources("swarm-serialization.conf")
              .withFallback(ConfigFactory.load()));
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper MESSAGES = WireText.mapper(KIT.system());

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private static Path file(int version) {
    return WIRE.resolve(version + ".json");
  }

  private static Map<String, JsonNode> said(int version) throws IOException {
    var said = new TreeMap<String, JsonNode>();
    JSON.readTree(Files.readString(file(version)))
        .properties()
        .forEach(entry -> said.put(entry.getKey(), entry.getValue()));
    return said;
  }

  private static Object read(String type, JsonNode said) {
    return WireText.inside(
        KIT.system(),
        () -> MESSAGES.readValue(MESSAGES.writeValueAsBytes(said), Class.forName(type)));
  }

  private static JsonNode written(Object message) {
    return WireText.inside(
        KIT.system(), () -> MESSAGES.readTree(MESSAGES.writeValueAsBytes(message)));
  }

  /** Fails with the line that has changed; either it changes back, or the rules are followed. */
  @Test
  void what_this_version_says_is_on_file() throws Exception {
    var text = WireText.of(KIT.system());
    if (Boolean.getBoolean("nanoswarm.write-wire")) {
      Files.writeString(file(WireVersion.OURS.speaks()), text);
    }
    var now = text.lines().toList();
    var onFile = Files.readAllLines(file(WireVersion.OURS.speaks()));

    assertThat(now)
        .as(
            "docs/upgrades.md says what may change; then write %s anew",
            file(WireVersion.OURS.speaks()))
        .isEqualTo(onFile);
  }

  @Test
  void there_is_a_file_of_every_version_that_is_understood() {
    IntStream.rangeClosed(WireVersion.OURS.understands(), WireVersion.OURS.speaks())
        .forEach(version -> assertThat(file(version)).exists());
  }

  @TestFactory
  Stream<DynamicTest> what_versions_say_that_are_understood_is_read_and_nothing_of_it_is_lost()
      throws IOException {
    var tests = new ArrayList<DynamicTest>();
    for (int i = WireVersion.OURS.understands(); i <= WireVersion.OURS.speaks(); i++) {
      int version = i;
      said(version)
          .forEach((type, said) ->
              tests.add(
                  dynamicTest(
                      "%d %s".formatted(version, type),
                      () -> {
                        var message = read(type, said);
                        checkNulls(message, type);
                        checkKept(said, written(message), type);
                      })));
    }
    return tests.stream();
  }

  /** What may be there or not is what is marked so; also in a version that does not know it. */
  private static void checkNulls(Object message, String at) throws ReflectiveOperationException {
    if (message instanceof Collection<?> all) {
      for (Object each : all) {
        checkNulls(each, at);
      }
    }
    if (!(message instanceof Record) || !message.getClass().getName().startsWith("io.nanoswarm.")) {
      return;
    }
    for (RecordComponent component : message.getClass().getRecordComponents()) {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      Object value = accessor.invoke(message);
      String name = at + "." + component.getName();
      if (value == null) {
        assertThat(isOptional(component)).as("%s is not told by an older node", name).isTrue();
      } else {
        checkNulls(value, name);
      }
    }
  }

  private static boolean isOptional(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  /** All that was said is there under the same name; what is new has not been said. */
  private static void checkKept(JsonNode said, JsonNode written, String at) {
    if (said.isObject()) {
      said.properties()
          .forEach(entry -> {
            String name = at + "." + entry.getKey();
            assertThat(written.has(entry.getKey())).as("%s is understood", name).isTrue();
            checkKept(entry.getValue(), written.get(entry.getKey()), name);
          });
      written
          .properties()
          .forEach(entry -> {
            if (!said.has(entry.getKey())) {
              assertThat(isNothing(entry.getValue()))
                  .as("%s.%s may be absent, as older nodes do not say it", at, entry.getKey())
                  .isTrue();
            }
          });
    } else if (said.isArray()) {
      assertThat(written).hasSameSizeAs(said);
      for (int i = 0; i < said.size(); i++) {
        checkKept(said.get(i), written.get(i), at + "[]");
      }
    } else {
      assertThat(written.asText()).as(at).isEqualTo(said.asText());
    }
  }

  private static boolean isNothing(JsonNode value) {
    return value.isNull()
        || (value.isContainerNode() && value.isEmpty())
        || (value.isBoolean() && !value.asBoolean())
        || (value.isNumber() && value.asInt() == 0);
  }

  @TestFactory
  Stream<DynamicTest> what_a_newer_node_adds_to_a_message_is_passed_over() throws IOException {
    return said(WireVersion.OURS.speaks()).entrySet().stream()
        .filter(entry -> entry.getValue().isObject())
        .map(entry ->
            dynamicTest(
                entry.getKey(),
                () -> {
                  String type = entry.getKey();
                  var more = read(type, withMore(entry.getValue().deepCopy(), true));
                  assertThat(written(more)).isEqualTo(written(read(type, entry.getValue())));
                }));
  }

  /** A field more in every object, but in maps, whose keys are no fields. */
  private static JsonNode withMore(JsonNode node, boolean isRecord) {
    if (node instanceof ObjectNode fields) {
      fields
          .properties()
          .forEach(entry -> withMore(entry.getValue(), !MAPS.contains(entry.getKey())));
      if (isRecord) {
        fields.putObject("aFieldOfTomorrow").put("deep", 1);
      }
    } else if (node instanceof ArrayNode all) {
      all.forEach(each -> withMore(each, isRecord));
    }
    return node;
  }

  @TestFactory
  Stream<DynamicTest> what_may_be_absent_from_a_message_may_be_left_out() throws Exception {
    var tests = new ArrayList<DynamicTest>();
    for (var entry : said(WireVersion.OURS.speaks()).entrySet()) {
      Class<?> type = Class.forName(entry.getKey());
      for (RecordComponent component : type.getRecordComponents()) {
        if (isOptional(component) && entry.getValue().has(component.getName())) {
          tests.add(
              dynamicTest(
                  entry.getKey() + " without " + component.getName(),
                  () -> {
                    ObjectNode less = entry.getValue().deepCopy();
                    less.remove(component.getName());
                    var back = written(read(entry.getKey(), less)).path(component.getName());
                    assertThat(back.isMissingNode() || isNothing(back)).isTrue();
                  }));
        }
      }
    }
    assertThat(tests).hasSizeGreaterThan(10);
    return tests.stream();
  }

  @TestFactory
  Stream<DynamicTest> what_a_newer_program_adds_to_an_event_or_snapshot_is_passed_over() {
    return FAMILIES.entrySet().stream()
        .flatMap(family ->
            stored(family.getKey()).stream()
                .map(file ->
                    dynamicTest(
                        family.getKey() + "/" + file.getFileName(),
                        () -> {
                          var onFile = JSON.readTree(Files.readString(file));
                          var more = ((ObjectNode) onFile.deepCopy()).put("aFieldOfTomorrow", 1);
                          assertThat(readStored(family.getValue(), more))
                              .isEqualTo(readStored(family.getValue(), onFile));
                        })));
  }

  private static List<Path> stored(String family) {
    try (var files = Files.list(STORED.resolve(family))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object readStored(int serializer, JsonNode stored) throws IOException {
    return SerializationExtension.get(KIT.system())
        .deserialize(JSON.writeValueAsBytes(stored), serializer, "")
        .get();
  }

  @Test
  void a_field_that_an_older_program_did_not_store_may_be_absent() throws Exception {
    var tried = new ArrayList<String>();
    for (Path file : stored("events/session")) {
      var onFile = (ObjectNode) JSON.readTree(Files.readString(file));
      var event = (SessionEvent) readStored(7001, onFile);
      for (RecordComponent component : event.getClass().getRecordComponents()) {
        if (isOptional(component) && onFile.has(component.getName())) {
          var less = onFile.deepCopy();
          less.remove(component.getName());
          checkNulls(readStored(7001, less), file.getFileName().toString());
          tried.add(component.getName());
        }
      }
    }
    assertThat(tried).isNotEmpty();
  }

  @Test
  void an_event_of_a_newer_program_is_refused_and_named() {
    assertThatThrownBy(() -> readStored(7001, JSON.readTree("{\"event\":\"task-cloned\"}")))
        .hasMessageContaining("task-cloned")
        .hasMessageContaining("known type ids");
  }

  @Test
  void a_message_of_a_type_that_is_not_known_is_not_made() {
    var made =
        SerializationExtension.get(KIT.system())
            .deserialize(new byte[] {(byte) 0xa0}, CBOR, "io.nanoswarm.session.Session$OfTomorrow");

    assertThat(made.isFailure()).isTrue();
  }
}
