package io.nanoswarm.node;

import io.nanoswarm.api.ReadyView;
import io.nanoswarm.journal.JournalTrouble;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.ClusterSharding;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.pattern.Patterns;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this node can do what it is there for.
 *
 * <p>Guarantees: it is looked at, not remembered: the journal is read, and the shards' coordinators
 * are asked whether they know this node. An answer comes within {@link Means#within}, and holds for
 * {@link #KEPT}: however many ask, the journal is read once in that time, and never while an
 * earlier query hangs. Reasons name nothing that is worth protecting. May be used from any thread.
 */
final class Readiness {
  private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
  private static final Duration KEPT = Duration.ofSeconds(1);

  /** Reads something of the journal. */
  @FunctionalInterface
  interface JournalQuery {
    void read() throws Exception;
  }

  /**
   * What it is found out by.
   *
   * @param blocking for the query
   * @param closing whether the node is about to end
   * @param within the time that journal and coordinators have
   */
  record Means(
      ActorSystem<?> system,
      JournalQuery query,
      JournalHealth journal,
      Executor blocking,
      BooleanSupplier closing,
      Duration within,
      InstantSource clock) {}

  /**
   * @param reasons why it is not ready; empty if it is
   * @param query how long the journal took, null if it did not answer
   */
  record Looked(List<String> reasons, @Nullable Duration query) {
    ReadyView view() {
      return new ReadyView(reasons.isEmpty(), reasons);
    }
  }

  private record Latest(Instant at, CompletionStage<Looked> looked) {}

  private final Means means;
  private @Nullable Latest latest;
  private @Nullable CompletableFuture<Duration> query;

  Readiness(Means means) {
    this.means = means;
  }

  synchronized CompletionStage<Looked> now() {
    Instant now = means.clock().instant();
    Latest last = latest;
    if (last == null || !now.isBefore(last.at().plus(KEPT))) {
      last = new Latest(now, look());
      latest = last;
    }
    return last.looked();
  }

  private CompletionStage<Looked> look() {
    return journal().thenCombine(unserved(), this::looked);
  }

  private Looked looked(Optional<Duration> journal, List<String> unserved) {
    var reasons = new ArrayList<String>();
    if (means.closing().getAsBoolean()) {
      reasons.add("the node is closing");
    }
    MemberStatus status = Cluster.get(means.system()).selfMember().status();
    if (!status.equals(MemberStatus.up())) {
      reasons.add(
          "the node is %s in its cluster (expected: up)"
              .formatted(status.toString().toLowerCase(Locale.ROOT)));
    }
    if (journal.isEmpty()) {
      reasons.add("the journal does not answer");
    } else if (means
        .journal()
        .trouble()
        .filter(trouble -> trouble.act() == JournalTrouble.Act.WRITE)
        .isPresent()) {
      reasons.add("the journal could not be written a moment ago");
    }
    if (!unserved.isEmpty()) {
      reasons.add("shards are not served from here: " + String.join(", ", unserved));
    }
    return new Looked(List.copyOf(reasons), journal.orElse(null));
  }

  /** How long a query took; empty if it failed, or one has not ended in time. */
  private synchronized CompletionStage<Optional<Duration>> journal() {
    CompletableFuture<Duration> running = query;
    if (running == null || running.isDone()) {
      running = CompletableFuture.supplyAsync(this::read, means.blocking());
      query = running;
    }
    return running
        .copy()
        .orTimeout(means.within().toMillis(), TimeUnit.MILLISECONDS)
        .handle((took, failure) -> {
          if (failure != null) {
            LOG.warn("the journal does not answer: [{}]", failure.toString());
          }
          return Optional.ofNullable(took);
        });
  }

  private Duration read() {
    Instant began = means.clock().instant();
    try {
      means.query().read();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return Duration.between(began, means.clock().instant());
  }

  /** The kinds of entities whose coordinator does not know this node. */
  private CompletionStage<List<String>> unserved() {
    var sharding = ClusterSharding.get(Adapter.toClassic(means.system()));
    CompletionStage<List<String>> all = CompletableFuture.completedStage(List.of());
    for (String type : new TreeSet<>(sharding.getShardTypeNames())) {
      all =
          all.thenCombine(
              isServed(sharding, type),
              (before, served) ->
                  served ? before : Stream.concat(before.stream(), Stream.of(type)).toList());
    }
    return all;
  }

  private CompletionStage<Boolean> isServed(ClusterSharding sharding, String type) {
    var self = Cluster.get(means.system()).selfMember().address();
    return Patterns.ask(
            sharding.shardRegion(type), ShardRegion.getCurrentRegionsInstance(), means.within())
        .handle((reply, failure) ->
            failure == null
                && reply instanceof ShardRegion.CurrentRegions regions
                && regions.getRegions().contains(self));
  }
}
