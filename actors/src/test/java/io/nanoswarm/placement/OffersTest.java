package io.nanoswarm.placement;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.nanoswarm.session.Need;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffersTest {
  private static final Offers LAPTOP =
      new Offers(
          Map.of("gh", "2.40.1", "jq", "", "python3", "3.9.18"),
          Map.of(
              "java", List.of("25.0.1"), "python", List.of("3.9.18", "3.11.7"), "node", List.of()),
          Set.of("HOME"),
          "linux",
          8 * 1024,
          4,
          Set.of("gpu"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bin:gh",
        "bin:gh>=2.9",
        "bin:gh>=2.40.1",
        "bin:jq",
        "bin:gh=2.40",
        "bin:rg|gh",
        "runtime:java>=25",
        "runtime:python=3.11",
        "runtime:python>=3.10",
        "runtime:ruby|python=3.9",
        "runtime:node",
        "os:darwin|linux",
        "env:HOME",
        "os:linux",
        "label:gpu",
        "memory:8g",
        "memory:512m",
        "cores:4"
      })
  void what_is_there_is_not_lacking(String need) {
    assertThat(LAPTOP.lacking(List.of(new Need(need)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bin:kubectl",
        "bin:gh>=2.41",
        "bin:python3>=3.11",
        "bin:jq>=1.6",
        "bin:gh=2.4",
        "bin:rg|kubectl",
        "runtime:ruby",
        "runtime:python=3.1",
        "runtime:python=3.10",
        "runtime:python>=3.12",
        "runtime:node>=18",
        "env:GH_TOKEN",
        "env:HOME>=1",
        "os:darwin",
        "label:tpu",
        "memory:9g",
        "memory:much",
        "cores:5",
        "cores:all",
        "colour:blue"
      })
  void what_is_not_there_is_lacking(String need) {
    assertThat(LAPTOP.lacking(List.of(new Need(need)))).containsExactly(new Need(need));
  }

  @Test
  void lacking_names_each_need_once_and_in_order() {
    var needs = Stream.of("bin:b", "bin:gh", "bin:a", "bin:b").map(Need::new).toList();

    assertThat(LAPTOP.lacking(needs)).containsExactly(new Need("bin:b"), new Need("bin:a"));
  }

  @Test
  void an_alternative_of_a_need_has_its_version() {
    assertThat(new Need("bin:a|b|a>=2").alternatives())
        .containsExactly(new Need("bin:a>=2"), new Need("bin:b>=2"));
    assertThat(new Need("bin:a").alternatives()).containsExactly(new Need("bin:a"));
  }

  @Test
  void systems_are_known_by_any_of_their_names() {
    assertThat(Stream.of("Linux", "Mac OS X", "macos", "darwin", "Windows 11", "win32"))
        .extracting(Offers::osName)
        .containsExactly("linux", "darwin", "darwin", "darwin", "windows", "windows");
  }

  @Test
  void offers_travel_between_nodes() {
    var kit = ActorTestKit.create(ConfigFactory.parseResources("swarm-serialization.conf"));
    try {
      assertThat(kit.serializationTestKit().verifySerialization(LAPTOP, true)).isEqualTo(LAPTOP);
    } finally {
      kit.shutdownTestKit();
    }
  }

  @Test
  void a_refusal_says_what_no_node_offers() {
    var lacking =
        Stream.of("bin:gh", "bin:python3>=3.11", "runtime:python=3.9", "bin:ag|rg", "env:GH_TOKEN")
            .map(Need::new)
            .toList();

    assertThat(new Placed(lacking, lacking, 2).refusal())
        .hasValue(
            "no node offers gh, python3 3.11 or newer, python 3.9, ag or rg, env GH_TOKEN; 2 nodes"
                + " up");
    assertThat(new Placed(lacking, List.of(), 1).refusal()).isEmpty();
  }
}
