package io.nanoswarm.entity;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.ShardCoordinator.AbstractShardAllocationStrategy;
import org.apache.pekko.cluster.typed.Cluster;
import scala.collection.immutable.IndexedSeq;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/**
 * Puts shards of the same number on the same node, whatever the type of their entities: a session
 * beside its blackboard and whoever drives it, so that what they tell each other does not leave the
 * JVM.
 *
 * <p>Guarantees: where a shard belongs follows from its number and the nodes that are there, and
 * from nothing else; a node that comes or goes moves just the shards that it gains or loses. While
 * shards move, which takes some seconds, those of a number may be apart.
 *
 * <p>Source: highest random weight, or rendezvous, hashing (Thaler and Ravishankar, Using
 * Name-Based Mappings to Increase Hit Rates, IEEE/ACM Transactions on Networking 6(1), 1998).
 */
public final class SameNode extends AbstractShardAllocationStrategy {
  /** Moved at a time; all of them in several rounds, ten seconds apart. */
  private static final int MOVED_TOGETHER = 20;

  private final Address self;

  /**
   * @param self the address of this node
   */
  SameNode(Address self) {
    this.self = self;
  }

  /** For one type of entity; each needs its own. */
  public static SameNode of(ActorSystem<?> system) {
    return new SameNode(Cluster.get(system).selfMember().address());
  }

  @Override
  public Future<ActorRef> allocateShard(
      ActorRef requester, String shard, Map<ActorRef, IndexedSeq<String>> regions) {
    return FutureConverters.asScala(
        CompletableFuture.completedStage(
            regions.isEmpty() ? requester : home(shard, regions.keySet())));
  }

  @Override
  public Future<Set<String>> rebalance(
      Map<ActorRef, IndexedSeq<String>> regions, Set<String> moving) {
    var misplaced = new LinkedHashSet<String>();
    if (moving.isEmpty()) {
      for (Map.Entry<ActorRef, IndexedSeq<String>> each : regions.entrySet()) {
        var shards = scala.jdk.javaapi.CollectionConverters.asJava(each.getValue());
        for (String shard : shards) {
          if (misplaced.size() < MOVED_TOGETHER
              && !home(shard, regions.keySet()).equals(each.getKey())) {
            misplaced.add(shard);
          }
        }
      }
    }
    return FutureConverters.asScala(CompletableFuture.completedStage(misplaced));
  }

  private ActorRef home(String shard, Collection<ActorRef> regions) {
    return regions.stream()
        .max(
            Comparator.comparingLong((ActorRef region) -> weight(shard, region))
                .thenComparing(region -> address(region).toString()))
        .orElseThrow();
  }

  private long weight(String shard, ActorRef region) {
    var hash = new CRC32C();
    hash.update((shard + "@" + address(region)).getBytes(StandardCharsets.UTF_8));
    // Mixed once more: such sums of similar texts are similar.
    return (hash.getValue() * 0x9E3779B97F4A7C15L) >>> 1;
  }

  private Address address(ActorRef region) {
    var address = region.path().address();
    return address.hasGlobalScope() ? address : self;
  }
}
