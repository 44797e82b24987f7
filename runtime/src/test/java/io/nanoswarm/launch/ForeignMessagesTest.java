package io.nanoswarm.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import io.nanoswarm.SwarmMain;
import io.nanoswarm.serialization.CborSerializable;
import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.PoisonPill;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sender can have made from its bytes, on a control node and on a worker. */
class ForeignMessagesTest {
  private static final int JAVA = 1;

  record Word(String text) implements CborSerializable {}

  /** Of ours, and no message. */
  record Note(String text) {}

  private static final List<Class<?>> FOREIGN =
      List.of(
          HashMap.class,
          ProcessBuilder.class,
          Thread.class,
          ConfigUtil.class,
          PoisonPill.class,
          SwarmMain.class,
          Note.class);

  private static ActorSystem node(String layer) {
    var staying = ConfigFactory.parseString("pekko.coordinated-shutdown.exit-jvm = off");
    return ActorSystem.create(
        "foreign", ConfigFactory.load(staying.withFallback(ConfigFactory.parseResources(layer))));
  }

  private static Map<String, Integer> jackson(Config config) {
    var ids = new HashMap<String, Integer>();
    var serializers = config.getConfig("pekko.actor.serializers");
    var numbers = config.getConfig("pekko.actor.serialization-identifiers");
    serializers
        .root()
        .forEach((name, type) -> {
          if (type.unwrapped().toString().contains(".jackson.")) {
            String key =
                numbers.hasPath(ConfigUtil.quoteString(name)) ? name : type.unwrapped().toString();
            ids.put(name, numbers.getInt(ConfigUtil.quoteString(key)));
          }
        });
    return ids;
  }

  @ParameterizedTest
  @ValueSource(strings = {"control.conf", "worker.conf"})
  void a_class_that_a_sender_names_is_made_only_if_it_is_a_message_of_ours(String layer)
      throws Exception {
    var system = node(layer);
    try {
      var serialization = SerializationExtension.get(system);
      var config = system.settings().config();
      byte[] word = serialization.serialize(new Word("hello")).get();
      int cbor = serialization.findSerializerFor(new Word("hello")).identifier();
      assertThat(serialization.deserialize(word, cbor, Word.class.getName()).get())
          .isEqualTo(new Word("hello"));

      var serializers = jackson(config);
      assertThat(serializers).containsEntry("jackson-cbor", cbor).containsKey("jackson-json");
      for (var name : List.of("jackson-cbor", "jackson-json", "jackson-cbor-264")) {
        for (Class<?> type : FOREIGN) {
          var made = serialization.deserialize(word, serializers.get(name), type.getName());
          assertThat(made.isFailure()).as("%s by %s", type, name).isTrue();
          assertThat(made.failed().get())
              .as("%s by %s", type, name)
              .hasMessageMatching("(?s).*(listed as allowed|for security reasons).*");
        }
      }
    } finally {
      TestKit.shutdownActorSystem(system);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"control.conf", "worker.conf"})
  void nothing_but_types_of_ours_is_bound_to_a_serializer_that_makes_what_it_is_told(String layer) {
    var config = ConfigFactory.load(ConfigFactory.parseResources(layer));
    var serializers = jackson(config).keySet();
    config
        .getConfig("pekko.actor.serialization-bindings")
        .root()
        .forEach((type, serializer) -> {
          if (serializers.contains(serializer.unwrapped().toString())) {
            assertThat(type).startsWith("io.nanoswarm.");
          }
        });
    assertThat(config.getStringList("pekko.serialization.jackson.allowed-class-prefix")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"control.conf", "worker.conf"})
  void nothing_is_made_by_javas_own_serialization(String layer) throws Exception {
    var system = node(layer);
    try {
      var serialization = SerializationExtension.get(system);
      var bytes = new ByteArrayOutputStream();
      try (var out = new ObjectOutputStream(bytes)) {
        out.writeObject(new ArrayList<>(List.of("harmless")));
      }
      var made = serialization.deserialize(bytes.toByteArray(), JAVA, "");
      assertThat(made.isFailure()).isTrue();
      assertThat(made.failed().get()).hasMessageContaining("Java serialization");
      assertThat(serialization.serialize(new ArrayList<>()).isFailure()).isTrue();
    } finally {
      TestKit.shutdownActorSystem(system);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"control.conf", "worker.conf"})
  void nobody_may_start_actors_on_another_node(String layer) {
    var deployment =
        ConfigFactory.load(ConfigFactory.parseResources(layer))
            .getConfig("pekko.remote.deployment");
    assertThat(deployment.getBoolean("enable-allow-list")).isTrue();
    assertThat(deployment.getStringList("allowed-actor-classes")).isEmpty();
  }
}
