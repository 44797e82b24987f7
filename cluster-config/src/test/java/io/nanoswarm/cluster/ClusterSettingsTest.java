package io.nanoswarm.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSettingsTest {

  @Test
  void a_node_that_is_told_nothing_keeps_to_its_machine_and_to_itself() {
    var settings = ClusterSettings.of(ConfigFactory.parseResources("reference.conf").resolve());

    assertThat(settings)
        .isEqualTo(
            new ClusterSettings(
                "127.0.0.1",
                "",
                0,
                List.of(),
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                null));
    assertThat(settings.isClustered()).isFalse();
  }

  @Test
  void places_to_join_are_separated_by_commas_with_or_without_spaces() {
    var settings = of("10.0.0.1", "25520", "10.0.0.1:25520, node-2.example:25521,[fe80::1]:25522,");

    assertThat(settings.join())
        .containsExactly("10.0.0.1:25520", "node-2.example:25521", "[fe80::1]:25522");
    assertThat(settings.isClustered()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "node",
        "node:",
        ":25520",
        "node:0",
        "node:65536",
        "node:99999",
        "node:abc",
        "node:25520:25521",
        "user@node:25520",
        "pekko://node:25520",
        "a node:25520",
        "::1:25520",
        "[node]:25520"
      })
  void a_place_that_is_none_is_refused_naming_key_value_and_what_was_expected(String place) {
    assertThatThrownBy(() -> of("10.0.0.1", "25520", "10.0.0.1:25520," + place))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "swarm.cluster.join: '%s' (expected: host:port, with commas between several)", place);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "65536", "first", "1.5"})
  void a_port_that_is_none_is_refused_naming_key_value_and_what_was_expected(String port) {
    assertThatThrownBy(() -> of("10.0.0.1", port, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("swarm.cluster.port: '%s' (expected: a number from 0 to 65535)", port);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "::1", "10.0.0.1:25520", "a host", "user@host", "a/b", "[a]"})
  void a_host_that_is_none_is_refused_naming_key_value_and_what_was_expected(String host) {
    assertThatThrownBy(() -> of(host, "25520", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "swarm.cluster.host: '%s' (expected: a name or an address, an IPv6 one in brackets)",
            host.strip());
  }

  @Test
  void a_node_that_others_have_to_find_needs_a_port() {
    assertThatThrownBy(() -> of("10.0.0.1", "0", "10.0.0.1:25520"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("swarm.cluster.port: 0 (expected: a fixed port");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "node-1.example", "[::1]", "[fe80::5efe:10.0.0.1]"})
  void the_address_of_a_node_is_read_back_as_it_was_told(String host) {
    var told = of(host, "25520", host + ":25520").pekko(NodeRole.CONTROL);

    var address =
        new Address(
            "pekko",
            "nanoswarm",
            told.getString("pekko.remote.artery.canonical.hostname"),
            told.getInt("pekko.remote.artery.canonical.port"));
    assertThat(AddressFromURIString.parse(address.toString())).isEqualTo(address);
  }

  @Test
  void a_node_listens_on_another_address_than_the_one_it_is_reached_by_if_it_is_told_to() {
    var told = bound("control-0.control.example", "10.0.0.7").pekko(NodeRole.CONTROL);

    assertThat(told.getString("pekko.remote.artery.canonical.hostname"))
        .isEqualTo("control-0.control.example");
    assertThat(told.getString("pekko.remote.artery.bind.hostname")).isEqualTo("10.0.0.7");
    assertThat(of("10.0.0.1", "25520", "").pekko(NodeRole.CONTROL))
        .satisfies(
            alike -> assertThat(alike.getString("pekko.remote.artery.bind.hostname")).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"::", "10.0.0.1:25520", "a host", "user@host", "a/b"})
  void what_cannot_be_listened_on_is_refused_naming_key_value_and_what_was_expected(String host) {
    assertThatThrownBy(() -> bound("node-1.example", host))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("swarm.cluster.bind-host: '%s' (expected: a name", host);
  }

  @Test
  void a_node_is_open_to_strangers_if_it_listens_where_they_can_reach_it() {
    assertThat(bound("127.0.0.1", "0.0.0.0").isOpenToStrangers()).isTrue();
    assertThat(bound("10.0.0.1", "127.0.0.1").isOpenToStrangers()).isFalse();
    assertThat(bound("10.0.0.1", "").isOpenToStrangers()).isTrue();
    assertThat(bound("127.0.0.1", "").isOpenToStrangers()).isFalse();
  }

  @Test
  void roles_are_told_by_their_names() {
    assertThat(of("a", "1", "").pekko(NodeRole.CONTROL, NodeRole.MACHINE))
        .satisfies(told ->
            assertThat(told.getStringList("pekko.cluster.roles"))
                .containsExactly("control", "machine"));
  }

  private static ClusterSettings of(String host, String port, String join) {
    return of(
        Map.of(
            "swarm.cluster.host", host,
            "swarm.cluster.port", port,
            "swarm.cluster.join", join));
  }

  private static ClusterSettings bound(String host, String bindHost) {
    return of(
        Map.of(
            "swarm.cluster.host", host,
            "swarm.cluster.bind-host", bindHost,
            "swarm.cluster.port", "25520"));
  }

  private static ClusterSettings of(Map<String, String> told) {
    Config config =
        ConfigFactory.parseMap(told)
            .withFallback(ConfigFactory.parseResources("reference.conf"))
            .resolve();
    return ClusterSettings.of(config);
  }
}
