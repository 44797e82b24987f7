package io.nanoswarm.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nanoswarm.api.SettingView;
import io.nanoswarm.cluster.Layer;
import io.nanoswarm.node.LayeredSettings.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LayeredSettingsTest {
  private static final Map<String, String> JOINED =
      Map.of("swarm.cluster.join", "a:1", "swarm.cluster.port", "1");

  @TempDir Path folder;

  private static Sources environment(String... pairs) {
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      variables.put(pairs[i], pairs[i + 1]);
    }
    return Sources.of(variables);
  }

  private Sources file(String text) throws IOException {
    return environment().with(Files.writeString(folder.resolve("own.conf"), text));
  }

  private static Map<String, SettingView> shown(LayeredSettings settings) {
    return SettingsInForce.list(settings.config()).stream()
        .collect(Collectors.toMap(SettingView::key, Function.identity()));
  }

  @Test
  void the_layer_follows_from_what_is_started() {
    assertThat(environment().control(Map.of()).layer()).isEqualTo(Layer.LOCAL);
    assertThat(environment().control(JOINED).layer()).isEqualTo(Layer.CLUSTER);
    assertThat(
            environment("NANOSWARM_JOIN", "a:1", "NANOSWARM_PORT", "1").control(Map.of()).layer())
        .isEqualTo(Layer.CLUSTER);
    assertThat(environment().machine(JOINED).layer()).isEqualTo(Layer.CLUSTER);
    assertThat(environment().of(Layer.LOAD).control(Map.of()).layer()).isEqualTo(Layer.LOAD);
    assertThat(environment("NANOSWARM_LAYER", "kubernetes").machine(JOINED).layer())
        .isEqualTo(Layer.KUBERNETES);
  }

  @Test
  void who_starts_no_node_sees_also_what_no_node_could_start_with() {
    var joining = environment("NANOSWARM_JOIN", "a:1");
    assertThatThrownBy(() -> joining.control(Map.of())).hasMessageContaining("swarm.cluster.port");

    assertThat(joining.shown().config().getString("swarm.cluster.join")).isEqualTo("a:1");
  }

  @Test
  void a_layer_that_there_is_not_or_that_does_not_fit_is_refused() {
    assertThatThrownBy(() -> environment("NANOSWARM_LAYER", "clutser").control(Map.of()))
        .hasMessage("NANOSWARM_LAYER: 'clutser' (expected: local, cluster, kubernetes, load)");
    assertThatThrownBy(() -> environment("NANOSWARM_LAYER", "local").control(JOINED))
        .hasMessageContaining("NANOSWARM_LAYER: 'local' with swarm.cluster.join 'a:1'")
        .hasMessageContaining("expected: cluster or kubernetes");
  }

  @Test
  void what_is_set_nearer_to_the_person_goes_first() throws IOException {
    String port = "swarm.cluster.port";
    var own = file("swarm.cluster.port = 2");
    var both = Sources.of(Map.of("NANOSWARM_PORT", "3")).with(folder.resolve("own.conf"));
    String layer = "NANOSWARM_LAYER";

    assertThat(shown(environment().control(Map.of())).get(port).from()).isEqualTo("default");
    assertThat(shown(environment(layer, "kubernetes").control(Map.of())).get(port))
        .isEqualTo(new SettingView(port, "25520", "layers/kubernetes.conf:8"));
    assertThat(shown(own.named("kubernetes").control(Map.of())).get(port))
        .isEqualTo(new SettingView(port, "2", folder.resolve("own.conf") + ":1"));
    assertThat(shown(both.control(Map.of())).get(port))
        .isEqualTo(new SettingView(port, "\"3\"", "$NANOSWARM_PORT"));
    assertThat(shown(both.control(Map.of(port, "4"))).get(port))
        .isEqualTo(new SettingView(port, "\"4\"", "command line"));
  }

  @Test
  void pekkos_settings_of_a_persons_file_go_before_those_of_the_layer() throws IOException {
    String size = "pekko.remote.artery.advanced.maximum-frame-size";
    var found = file(size + " = 8 MiB").control(JOINED);

    assertThat(found.config().getBytes(size)).isEqualTo(8L << 20);
    assertThat(shown(found)).containsKey(size);
    assertThat(shown(environment().control(JOINED)).get(size).from())
        .startsWith("layers/cluster.conf:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "swarm.session.leese = 5s | :1: swarm.session.leese: \"5s\" (expected: a key that exists;"
            + " did you mean swarm.session.lease?)",
        "session.lease = 5s | :1: session.lease: \"5s\" (expected: a key that exists; did you mean"
            + " swarm.session.lease?)",
        "swarm.queue.max-offers = 5 | did you mean swarm.task-queue.max-offers?",
        "swarm.nothing.like.it = 5 | (expected: a key that exists: see `swarm config`)",
        "swarm.session = 5 | :1: swarm.session: 5 (expected: a group of keys, as"
            + " swarm.session.adopt-within)",
        "swarm.session.lease { a = 1 } | swarm.session.lease.a: 1 (expected: a key that exists",
        "swarm.session.lease = soon | :1: swarm.session.lease: \"soon\" (expected: a time, as 10s"
            + " or 5 minutes)",
        "swarm.memory.max-value-bytes = [1] | :1: swarm.memory.max-value-bytes: [1] (expected: a"
            + " size,",
        "swarm.workspace.copy = maybe | :1: swarm.workspace.copy: \"maybe\" (expected: on or off)",
        "swarm.cluster.join = [a] | :1: swarm.cluster.join: [\"a\"] (expected: a text)",
        "swarm.session.lease = null | swarm.session.lease: null (expected: a time,",
        "swarm.session.snapshot-every = 0 | :1: swarm.session: snapshot-every 0, keep-snapshots 2"
            + " (expected: both >= 1)",
        "swarm.endpoint.port = 70000 | :1: swarm.endpoint.port: 70000 (expected: 0 to 65535)",
        "swarm.supervisor.jitter = 2 | :1: swarm.supervisor.jitter: 2.0 (expected: 0 to 1)",
        "swarm.supervisor.starts-at-once = few | :1: swarm.supervisor.starts-at-once: 'few'"
            + " (expected: a number of at least 1, or one as in 2 per core)",
        "swarm.session.adopt-within = 1 minute | :1, layers/local.conf:6: swarm.session:"
            + " adopt-within PT1M (expected: >= 0, shorter than the lease of PT15S)",
        "swarm.agent-host.send-again-every = 20s | :1: swarm.agent-host.send-again-every: PT20S,"
            + " swarm.task-queue.claim-expiry: PT10S (expected: the first is shorter",
        "swarm.skills.process.describe-within = 2m | swarm.supervisor.hello-within: PT1M (expected:"
            + " the first is shorter",
        "swarm.session.lease = ${nowhere} | own.conf: 1: Could not resolve substitution",
        "swarm.session { | own.conf: 1",
      })
  void what_makes_no_sense_is_refused_with_place_key_value_and_what_was_expected(
      String text, String told) throws IOException {
    var sources = file(text);

    assertThatThrownBy(() -> sources.control(Map.of()))
        .isInstanceOf(SettingsProblem.class)
        .hasMessageContaining(told);
  }

  @Test
  void a_variable_is_named_where_it_makes_no_sense() {
    assertThatThrownBy(() -> environment("NANOSWARM_PORT", "x").control(Map.of()))
        .hasMessage(
            "$NANOSWARM_PORT: swarm.cluster.port: 'x' (expected: a number from 0 to 65535)");
  }

  @Test
  void a_file_that_there_is_not_is_refused() {
    assertThatThrownBy(() -> environment("NANOSWARM_CONFIG", "/no/such.conf").control(Map.of()))
        .hasMessageContaining("/no/such.conf: no file that can be read");
  }

  @Test
  void secrets_are_not_shown() throws IOException {
    assertThat(SettingsInForce.masked("db.password", "\"hush\"")).isEqualTo("\"***\"");
    assertThat(SettingsInForce.masked("url", "\"jdbc:postgresql://a/b?x=1&password=hush&y=2\""))
        .isEqualTo("\"jdbc:postgresql://a/b?x=1&password=***&y=2\"");
    assertThat(SettingsInForce.masked("url", "\"http://me:hush@a/b\""))
        .isEqualTo("\"http://me:***@a/b\"");
    assertThat(SettingsInForce.masked("password-file", "\"/run/x\"")).isEqualTo("\"/run/x\"");
    var own = file("pekko-persistence-jdbc.shared-databases.slick.db.password = hush");
    assertThat(shown(own.control(Map.of())).values())
        .noneMatch(setting -> setting.value().contains("hush"));
  }

  @ParameterizedTest
  @EnumSource(Layer.class)
  void a_layer_has_only_keys_that_it_changes(Layer layer) {
    var with = environment("NANOSWARM_LAYER", layer.word()).control(Map.of()).config();
    var without =
        com.typesafe.config.ConfigFactory.load(
            com.typesafe.config.ConfigFactory.parseResources("control.conf"));

    layer
        .config()
        .entrySet()
        .forEach(entry -> {
          assertThat(with.getValue(entry.getKey()).unwrapped())
              .isEqualTo(entry.getValue().unwrapped());
          assertThat(without.getValue(entry.getKey()).unwrapped())
              .as(entry.getKey())
              .isNotEqualTo(entry.getValue().unwrapped());
        });
  }
}
