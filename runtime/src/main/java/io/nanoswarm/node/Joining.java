package io.nanoswarm.node;

import io.nanoswarm.cluster.ClusterSettings;
import io.nanoswarm.cluster.NodeRole;
import io.nanoswarm.cluster.versions.WireVersion;
import io.nanoswarm.store.JournalDatabase;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.StreamSupport;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent.CurrentClusterState;
import org.apache.pekko.cluster.ClusterEvent.MemberEvent;
import org.apache.pekko.cluster.ClusterEvent.MemberExited;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.GetCurrentState;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.apache.pekko.cluster.typed.Subscribe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a node comes into its cluster, and out of it. */
final class Joining {
  private static final Logger LOG = LoggerFactory.getLogger(Joining.class);
  static final Duration STOP_WITHIN = Duration.ofSeconds(20);
  private static final Duration STATE_WITHIN = Duration.ofSeconds(5);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** What others of the list say counts before what the database has noted. */
  private static final int LOOKS_FOR_OTHERS = 3;

  /** Shards and singletons are handed over one after the other. */
  static final Duration LEAVE_WITHIN = Duration.ofSeconds(45);

  private Joining() {}

  private record Asked() implements CoordinatedShutdown.Reason {}

  /**
   * Joins the cluster that is found by the addresses in the settings; of a cluster of its own it
   * does not wait for anything.
   *
   * @throws NotJoined if it is no member within that time
   */
  static void join(ActorSystem<?> system, ClusterSettings settings, Duration within)
      throws NotJoined, InterruptedException {
    join(system, settings, () -> false, within);
  }

  /**
   * Joins, or founds the cluster if the hold on its journal says that there is none. Whoever is not
   * among the addresses that others look for it by does not found any.
   *
   * @throws NotJoined if it is no member within that time
   */
  static void join(
      ActorSystem<?> system, ClusterSettings settings, JournalDatabase.Hold hold, Duration within)
      throws NotJoined, InterruptedException {
    var self = Cluster.get(system).selfMember().address();
    boolean found = settings.join().contains(MachineNodes.name(self));
    join(system, settings, () -> found && hold.found(), within);
    hold.joined();
  }

  private static void join(
      ActorSystem<?> system, ClusterSettings settings, BooleanSupplier founds, Duration within)
      throws NotJoined, InterruptedException {
    var cluster = Cluster.get(system);
    Address self = cluster.selfMember().address();
    if (!settings.isClustered()) {
      cluster.manager().tell(new Join(self));
      return;
    }
    var up = new CompletableFuture<Done>();
    org.apache.pekko.cluster.Cluster.get(system).registerOnMemberUp(() -> up.complete(Done.done()));
    var others =
        settings.join().stream()
            .map(place -> address(system, place))
            .filter(address -> !address.equals(self))
            .toList();
    if (!others.isEmpty()) {
      cluster.manager().tell(new JoinSeedNodes(others));
    }
    boolean founded = false;
    boolean alone = others.isEmpty();
    for (long looks = 0; looks < within.toSeconds() && !isEnded(system); looks++) {
      if (!founded && (alone || looks >= LOOKS_FOR_OTHERS) && founds.getAsBoolean()) {
        LOG.info("no node is in a cluster on this journal: founding one");
        cluster.manager().tell(new Join(self));
        founded = true;
      }
      if (isDone(up, LOOK_EVERY)) {
        checkMembers(system);
        return;
      }
    }
    String asked = String.join(", ", settings.join());
    throw isRefused(system)
        ? new NotJoined(
            "%s: the cluster there does not let this node in (%s)"
                .formatted(asked, WireVersion.OURS.text()),
            "its nodes are of a version too far from this one, or have other settings that must be"
                + " the same: their log, or else this node's, says which; see docs/upgrades.md")
        : new NotJoined(
            "none of %s has let this node into a cluster within %d s"
                .formatted(asked, within.toSeconds()),
            "see whether they run, can be reached from here, and have TLS as this node does");
  }

  /** Whether members, or what they sent of their configuration, do not fit this node. */
  private static boolean isRefused(ActorSystem<?> system) {
    return CoordinatedShutdown.get(system)
        .getShutdownReason()
        .filter(CoordinatedShutdown.incompatibleConfigurationDetectedReason()::equals)
        .isPresent();
  }

  /**
   * Whoever lets a node in compares itself with it, and no others.
   *
   * @throws NotJoined if a member does not fit this node; it has left then
   */
  private static void checkMembers(ActorSystem<?> system) throws NotJoined, InterruptedException {
    for (Member member : now(system).getMembers()) {
      var version = WireVersion.ofMember(member.appVersion().version());
      if (!version.fits(WireVersion.OURS)) {
        quietly("leaving the cluster", leave(system), LEAVE_WITHIN);
        throw new NotJoined(
            "%s is in the cluster (%s), which this node cannot be together with (%s)"
                .formatted(
                    MachineNodes.name(member.address()), version.text(), WireVersion.OURS.text()),
            "replace it by a version in between first; see docs/upgrades.md");
      }
    }
  }

  /** As whoever tells of changes has it; what {@link Cluster#state} says comes a little later. */
  private static CurrentClusterState now(ActorSystem<?> system) throws InterruptedException {
    var cluster = Cluster.get(system);
    try {
      return AskPattern.ask(
              cluster.subscriptions(), GetCurrentState::new, STATE_WITHIN, system.scheduler())
          .toCompletableFuture()
          .get();
    } catch (ExecutionException e) {
      LOG.warn("the members of the cluster are not told: [{}]", e.toString());
      return cluster.state();
    }
  }

  private static boolean isEnded(ActorSystem<?> system) {
    return system.getWhenTerminated().toCompletableFuture().isDone();
  }

  private static boolean isDone(CompletableFuture<Done> up, Duration within)
      throws InterruptedException {
    try {
      up.get(within.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a member is up, or is not yet", e);
    }
  }

  private static Address address(ActorSystem<?> system, String place) {
    return AddressFromURIString.parse("pekko://%s@%s".formatted(system.name(), place));
  }

  /** Whether another control node goes on when this one ends. */
  static boolean othersStay(ActorSystem<?> system) {
    var cluster = Cluster.get(system);
    var state = cluster.state();
    return StreamSupport.stream(state.getMembers().spliterator(), false)
        .filter(member -> !state.getUnreachable().contains(member))
        .anyMatch(member -> isControl(member) && !member.equals(cluster.selfMember()));
  }

  private static boolean isControl(Member member) {
    return member.hasRole(NodeRole.CONTROL.id()) && member.status().equals(MemberStatus.up());
  }

  /** Completes with the reason if the cluster goes on without this node. */
  static CompletionStage<String> lost(ActorSystem<?> system, BooleanSupplier asked) {
    return system
        .getWhenTerminated()
        .thenCompose(_ ->
            asked.getAsBoolean()
                ? new CompletableFuture<>()
                : CompletableFuture.completedStage(
                    "the other nodes of the cluster have gone on without this one"));
  }

  /** What does not end in time ends with this JVM: the workers by their leash, the rest anyway. */
  static void quietly(String what, CompletionStage<?> end, Duration within) {
    boolean interrupted = Thread.interrupted();
    try {
      end.toCompletableFuture().get(within.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      interrupted = true;
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("[{}] did not end in order: [{}]", what, e.toString());
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Whether this node is a member and no other node is, as far as it knows; its own workers are
   * none.
   */
  static boolean isAlone(ActorSystem<?> system) {
    var cluster = Cluster.get(system);
    return cluster.selfMember().status().equals(MemberStatus.up())
        && StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
            .filter(member -> !member.equals(cluster.selfMember()))
            .noneMatch(member ->
                member.hasRole(NodeRole.CONTROL.id()) || member.hasRole(NodeRole.MACHINE.id()));
  }

  /**
   * Whether this node is a member and no other control node is, reachable or not: the supervisor
   * runs here then, and nobody else needs the agents. One that merely sees no other must not end
   * what goes on without it.
   */
  private static boolean isOnlyControl(ActorSystem<?> system) {
    var cluster = Cluster.get(system);
    return cluster.selfMember().status().equals(MemberStatus.up())
        && StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
            .filter(member -> !member.equals(cluster.selfMember()))
            .noneMatch(member -> member.hasRole(NodeRole.CONTROL.id()));
  }

  /** The agents that a control node may have a say about when it ends; both calls block. */
  interface Agents {
    /** Has those of this node finish what they work on. */
    void finish();

    /** Has those of the whole cluster ended. */
    void stopAll();
  }

  /**
   * Ends a control node in order, whether it has come up or not: takes leave if another goes on,
   * and ends all agents if there is no other. One that cannot see the others just ends, and its
   * machine ends its workers. When this returns, the actor system has ended, unless an actor is
   * stuck.
   */
  static void end(
      ActorSystem<?> system,
      LastMembership membership,
      CompletableFuture<Boolean> letGo,
      Agents agents) {
    if (othersStay(system)) {
      agents.finish();
      quietly("leaving the cluster", leave(system, membership, letGo), LEAVE_WITHIN);
    } else {
      if (isAlone(system)) {
        membership.ended();
      }
      if (isOnlyControl(system)) {
        agents.stopAll();
      }
      system.terminate();
    }
    quietly("actor system", system.getWhenTerminated(), STOP_WITHIN);
  }

  /**
   * Hands over what this node holds, takes leave of the others, and ends the actor system. The
   * membership does not end before this node has heard how the others let it go, which is waited
   * for as long as the phase of the shutdown has: the news is lost with the membership otherwise,
   * since whoever tells it is stopped.
   *
   * @param membership is told when the others have let the node go; not if they could not agree on
   *     it, or have put it out
   * @param letGo of this node
   */
  static CompletionStage<Done> leave(
      ActorSystem<?> system, LastMembership membership, CompletableFuture<Boolean> letGo) {
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseClusterExiting(),
            "note-that-it-has-left",
            () ->
                hasNotJoined(system)
                    ? CompletableFuture.completedStage(Done.done())
                    : letGo.thenApply(inOrder -> {
                      if (inOrder) {
                        membership.ended();
                      }
                      return Done.done();
                    }));
    return leave(system);
  }

  private static boolean hasNotJoined(ActorSystem<?> system) {
    return !Cluster.get(system).state().getMembers().iterator().hasNext();
  }

  /**
   * Completes with true when this node hears that the others have let it go, and with false when
   * its membership ends otherwise; asked for when it starts, since it may have ended by itself when
   * it is closed. What it knows of itself is read elsewhere, and comes there later than the phase
   * that waits for it is over.
   */
  static CompletableFuture<Boolean> letGo(ActorSystem<?> system) {
    var cluster = Cluster.get(system);
    var self = cluster.selfMember().uniqueAddress();
    var letGo = new CompletableFuture<Boolean>();
    Behavior<MemberEvent> listener =
        Behaviors.setup(context -> {
          cluster.subscriptions().tell(Subscribe.create(context.getSelf(), MemberEvent.class));
          return Behaviors.receive(MemberEvent.class)
              .onMessage(
                  MemberExited.class,
                  exited -> exited.member().uniqueAddress().equals(self),
                  _ -> {
                    letGo.complete(true);
                    return Behaviors.same();
                  })
              .onMessage(
                  MemberRemoved.class,
                  removed -> removed.member().uniqueAddress().equals(self),
                  _ -> {
                    letGo.complete(false);
                    return Behaviors.same();
                  })
              .onAnyMessage(_ -> Behaviors.same())
              .onSignal(
                  PostStop.class,
                  _ -> {
                    letGo.complete(false);
                    return Behaviors.same();
                  })
              .build();
        });
    var _ = system.systemActorOf(listener, "let-go", Props.empty());
    return letGo;
  }

  private static CompletionStage<Done> leave(ActorSystem<?> system) {
    return CoordinatedShutdown.get(system).runAll(new Asked());
  }
}
