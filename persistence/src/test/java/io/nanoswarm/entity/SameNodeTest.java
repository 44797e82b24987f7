package io.nanoswarm.entity;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.IndexedSeq;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

class SameNodeTest {
  private static final int SHARDS = 300;
  private static final List<String> NUMBERS =
      IntStream.range(0, SHARDS).mapToObj(Integer::toString).toList();
  private static final List<String> THREE = List.of("10.0.0.1", "10.0.0.2", "10.0.0.3");

  /** Knows of other nodes; that they are not there does not matter. */
  private static final ActorTestKit kit =
      ActorTestKit.create(
          ConfigFactory.parseString(
                  "pekko { actor.provider = cluster, remote.artery.canonical { hostname ="
                      + " \"127.0.0.1\", port = 0 }, cluster.jmx.enabled = off }")
              .withFallback(ConfigFactory.load()));

  private final SameNode strategy = new SameNode(address("10.0.0.1"));

  @AfterAll
  static void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void shards_of_a_number_go_to_the_same_node_whatever_the_type_of_their_entities() {
    assertThat(homes("blackboard", THREE)).isEqualTo(homes("session", THREE));
  }

  @Test
  void it_does_not_matter_which_node_decides() {
    ActorRef here = Adapter.toClassic(kit.spawn(Behaviors.ignore()));
    var regions = new HashMap<ActorRef, IndexedSeq<String>>();
    regions.put(here, none());
    regions.put(region("session", "10.0.0.2"), none());
    regions.put(region("session", "10.0.0.3"), none());

    var homes = homes("session", THREE);
    for (String number : NUMBERS) {
      String host = allocate(number, regions).path().address().host().getOrElse(() -> "10.0.0.1");
      assertThat(host).isEqualTo(homes.get(number));
    }
  }

  @Test
  void every_node_has_a_fair_share() {
    assertThat(shares(homes("session", THREE)).values())
        .hasSize(3)
        .allSatisfy(share -> assertThat(share).isBetween(75L, 125L));
  }

  @Test
  void a_node_that_goes_moves_its_own_shards_and_no_other() {
    var before = homes("session", THREE);
    var after = homes("session", List.of("10.0.0.1", "10.0.0.3"));

    for (String number : NUMBERS) {
      if (!before.get(number).equals("10.0.0.2")) {
        assertThat(after.get(number)).isEqualTo(before.get(number));
      }
    }
    assertThat(shares(after).values()).allSatisfy(share -> assertThat(share).isBetween(115L, 185L));
  }

  @Test
  void a_node_that_comes_takes_its_share_and_moves_nothing_else() {
    var before = homes("session", THREE);
    var after = homes("session", List.of("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"));

    var moved = NUMBERS.stream().filter(n -> !after.get(n).equals(before.get(n))).toList();

    assertThat(moved).hasSizeBetween(50, 100);
    assertThat(moved).allSatisfy(number -> assertThat(after).containsEntry(number, "10.0.0.4"));
  }

  @Test
  void where_nobody_has_a_region_a_shard_stays_with_who_asks() {
    ActorRef asking = region("session", "10.0.0.2");

    assertThat(
            FutureConverters.asJava(strategy.allocateShard(asking, "1", Map.of()))
                .toCompletableFuture()
                .join())
        .isEqualTo(asking);
  }

  @Test
  void what_is_misplaced_moves_by_twenties_until_everything_is_at_home() {
    ActorRef fourth = region("session", "10.0.0.4");
    Map<ActorRef, List<String>> placed = new HashMap<>();
    homes("session", THREE)
        .forEach((number, host) ->
            placed.computeIfAbsent(region("session", host), _ -> new ArrayList<>()).add(number));
    placed.put(fourth, new ArrayList<>());

    int rounds = 0;
    for (Set<String> moving = rebalance(placed, Set.of());
        !moving.isEmpty();
        moving = rebalance(placed, Set.of())) {
      assertThat(moving).hasSizeLessThanOrEqualTo(20);
      assertThat(rebalance(placed, moving)).isEmpty();
      Set<String> leaving = Set.copyOf(moving);
      placed.values().forEach(each -> each.removeAll(leaving));
      placed.get(fourth).addAll(leaving);
      rounds++;
    }

    assertThat(rounds).isBetween(3, 5);
    var homes = homes("session", List.of("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"));
    placed.forEach((region, numbers) ->
        assertThat(numbers)
            .allSatisfy(number ->
                assertThat(homes).containsEntry(number, region.path().address().host().get())));
    assertThat(placed.values().stream().flatMap(List::stream))
        .hasSize(SHARDS)
        .doesNotHaveDuplicates();
  }

  private Set<String> rebalance(Map<ActorRef, List<String>> placed, Set<String> moving) {
    var regions = new HashMap<ActorRef, IndexedSeq<String>>();
    placed.forEach((region, numbers) ->
        regions.put(region, CollectionConverters.asScala(List.copyOf(numbers)).toVector()));
    return new HashSet<>(
        FutureConverters.asJava(strategy.rebalance(regions, moving)).toCompletableFuture().join());
  }

  private Map<String, String> homes(String type, List<String> hosts) {
    var regions = new HashMap<ActorRef, IndexedSeq<String>>();
    hosts.forEach(host -> regions.put(region(type, host), none()));
    return NUMBERS.stream()
        .collect(
            Collectors.toMap(
                number -> number,
                number -> allocate(number, regions).path().address().host().get()));
  }

  private ActorRef allocate(String number, Map<ActorRef, IndexedSeq<String>> regions) {
    ActorRef asking = regions.keySet().iterator().next();
    return FutureConverters.asJava(strategy.allocateShard(asking, number, regions))
        .toCompletableFuture()
        .join();
  }

  private static Map<String, Long> shares(Map<String, String> homes) {
    return homes.values().stream()
        .collect(Collectors.groupingBy(host -> host, Collectors.counting()));
  }

  private static IndexedSeq<String> none() {
    return CollectionConverters.asScala(List.<String>of()).toVector();
  }

  private static Address address(String host) {
    return new Address("pekko", kit.system().name(), host, 25520);
  }

  private static ActorRef region(String type, String host) {
    return Adapter.toClassic(
        ActorRefResolver.get(kit.system())
            .resolveActorRef("%s/system/sharding/%s".formatted(address(host), type)));
  }
}
