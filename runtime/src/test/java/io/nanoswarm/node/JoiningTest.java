package io.nanoswarm.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.nanoswarm.cluster.ClusterSettings;
import io.nanoswarm.cluster.versions.WireVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.cluster.typed.Join;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that come and go; some of versions that there are not yet. */
class JoiningTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String APP_VERSION = "pekko.cluster.app-version";
  private static final WireVersion NEXT =
      new WireVersion(WireVersion.OURS.speaks() + 1, WireVersion.OURS.speaks());
  private static final WireVersion TOO_FAR =
      new WireVersion(WireVersion.OURS.speaks() + 2, WireVersion.OURS.speaks() + 1);

  @TempDir Path folder;

  private final List<ActorSystem<?>> systems = new ArrayList<>();

  @AfterEach
  void stop() {
    systems.forEach(ActorTestKit::shutdown);
  }

  private static ClusterSettings settings(String join) {
    return ClusterSettings.of(
        ConfigFactory.parseMap(
                Map.of("swarm.cluster.join", join, "swarm.cluster.port", join.isEmpty() ? 0 : 1))
            .withFallback(ConfigFactory.load()));
  }

  private ActorSystem<?> node(Map<String, Object> version) {
    Config config =
        ConfigFactory.parseMap(version)
            .withFallback(
                ConfigFactory.parseString(
                    "pekko.loglevel = OFF, pekko.stdout-loglevel = OFF,"
                        + " pekko.coordinated-shutdown.exit-jvm = off,"
                        + " pekko.cluster.jmx.multi-mbeans-in-same-jvm = on"))
            .withFallback(ConfigFactory.parseResources("swarm-cluster.conf"))
            .withFallback(ConfigFactory.parseResources("swarm-serialization.conf"))
            .withFallback(ConfigFactory.load());
    ActorSystem<?> system = ActorSystem.create(Behaviors.empty(), ControlNode.SYSTEM_NAME, config);
    systems.add(system);
    return system;
  }

  private String founded(Map<String, Object> version) {
    var cluster = Cluster.get(node(version));
    cluster.manager().tell(new Join(cluster.selfMember().address()));
    return MachineNodes.name(cluster.selfMember().address());
  }

  @Test
  void a_node_that_the_others_have_let_go_has_left_in_order() throws Exception {
    var stays = node(Map.of());
    Cluster.get(stays).manager().tell(Join.create(Cluster.get(stays).selfMember().address()));
    var leaves = node(Map.of());
    Cluster.get(leaves).manager().tell(Join.create(Cluster.get(stays).selfMember().address()));
    Awaitility.await()
        .atMost(LONG)
        .until(() -> Cluster.get(leaves).selfMember().status().equals(MemberStatus.up()));
    var membership = new LastMembership(folder);
    membership.begun(settings("127.0.0.1:25520"));
    assertThat(folder.resolve("member")).exists();

    Joining.leave(leaves, membership, Joining.letGo(leaves))
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);

    assertThat(folder.resolve("member")).doesNotExist();
  }

  @Test
  void a_membership_does_not_end_before_it_is_heard_how() throws Exception {
    var stays = node(Map.of());
    Cluster.get(stays).manager().tell(Join.create(Cluster.get(stays).selfMember().address()));
    var leaves = node(Map.of());
    Cluster.get(leaves).manager().tell(Join.create(Cluster.get(stays).selfMember().address()));
    Awaitility.await()
        .atMost(LONG)
        .until(() -> Cluster.get(leaves).selfMember().status().equals(MemberStatus.up()));
    var membership = membership();
    var heard = Joining.letGo(leaves);
    var heardLate = new CompletableFuture<Boolean>();

    var endedAfterHearing = new CompletableFuture<Boolean>();
    CoordinatedShutdown.get(leaves)
        .addTask(
            CoordinatedShutdown.PhaseClusterExitingDone(),
            "ends",
            () -> {
              endedAfterHearing.complete(heardLate.isDone());
              return CompletableFuture.completedStage(Done.done());
            });

    var left = Joining.leave(leaves, membership, heardLate).toCompletableFuture();

    assertThat(heard.get(60, TimeUnit.SECONDS)).isTrue();
    assertThat(folder.resolve("member")).exists();
    heardLate.complete(true);
    left.get(60, TimeUnit.SECONDS);
    assertThat(endedAfterHearing).isCompletedWithValue(true);
    assertThat(folder.resolve("member")).doesNotExist();
  }

  @Test
  void a_node_that_has_ended_by_itself_can_be_closed_and_has_not_left_in_order() throws Exception {
    var lost = node(Map.of());
    Cluster.get(lost).manager().tell(Join.create(Cluster.get(lost).selfMember().address()));
    Awaitility.await()
        .atMost(LONG)
        .until(() -> Cluster.get(lost).selfMember().status().equals(MemberStatus.up()));
    var membership = new LastMembership(folder);
    membership.begun(settings("127.0.0.1:25520"));
    var letGo = Joining.letGo(lost);
    Cluster.get(lost).manager().tell(new Down(Cluster.get(lost).selfMember().address()));
    lost.getWhenTerminated().toCompletableFuture().get(60, TimeUnit.SECONDS);

    Joining.leave(lost, membership, letGo).toCompletableFuture().get(60, TimeUnit.SECONDS);

    assertThat(folder.resolve("member")).exists();
  }

  @Test
  void a_control_node_that_others_stay_for_takes_leave_of_them() {
    var stays = control();
    Cluster.get(stays).manager().tell(Join.create(Cluster.get(stays).selfMember().address()));
    var ends = controlBeside(stays);

    Joining.end(ends, membership(), Joining.letGo(ends), agents);

    assertThat(ends.getWhenTerminated()).isCompleted();
    assertThat(folder.resolve("member")).doesNotExist();
    assertThat(agents.told).containsExactly("finish");
    Awaitility.await()
        .atMost(LONG)
        .untilAsserted(() -> {
          assertThat(Cluster.get(stays).state().getMembers()).hasSize(1);
          assertThat(Cluster.get(stays).state().getUnreachable()).isEmpty();
        });
  }

  @Test
  void a_control_node_that_cannot_see_the_others_ends_and_leaves_their_agents_alone() {
    var unseen = control();
    Cluster.get(unseen).manager().tell(Join.create(Cluster.get(unseen).selfMember().address()));
    var ends = controlBeside(unseen);
    unseen.terminate();
    Awaitility.await()
        .atMost(LONG)
        .until(() -> Cluster.get(ends).state().getUnreachable().size() == 1);

    Joining.end(ends, membership(), Joining.letGo(ends), agents);

    assertThat(ends.getWhenTerminated()).isCompleted();
    assertThat(folder.resolve("member")).exists();
    assertThat(agents.told).isEmpty();
  }

  @Test
  void the_only_control_node_ends_all_agents_also_those_of_machines() {
    var ends = control();
    Cluster.get(ends).manager().tell(Join.create(Cluster.get(ends).selfMember().address()));
    beside(ends, "machine");

    Joining.end(ends, membership(), Joining.letGo(ends), agents);

    assertThat(ends.getWhenTerminated()).isCompleted();
    assertThat(agents.told).containsExactly("stopAll");
  }

  @Test
  void a_control_node_that_has_not_joined_just_ends() {
    var ends = control();

    Joining.end(ends, membership(), Joining.letGo(ends), agents);

    assertThat(ends.getWhenTerminated()).isCompleted();
    assertThat(agents.told).isEmpty();
  }

  private final Told agents = new Told();

  private static final class Told implements Joining.Agents {
    private final List<String> told = new ArrayList<>();

    @Override
    public void finish() {
      told.add("finish");
    }

    @Override
    public void stopAll() {
      told.add("stopAll");
    }
  }

  private LastMembership membership() {
    var membership = new LastMembership(folder);
    membership.begun(settings("127.0.0.1:25520"));
    return membership;
  }

  private ActorSystem<?> control() {
    return ofRole("control");
  }

  private ActorSystem<?> controlBeside(ActorSystem<?> first) {
    return beside(first, "control");
  }

  /** Up, as both of them know. */
  private ActorSystem<?> beside(ActorSystem<?> first, String role) {
    var second = ofRole(role);
    Cluster.get(second).manager().tell(Join.create(Cluster.get(first).selfMember().address()));
    Awaitility.await()
        .atMost(LONG)
        .until(() ->
            List.of(first, second).stream()
                .map(each -> Cluster.get(each).state().getMembers().spliterator())
                .allMatch(members ->
                    StreamSupport.stream(members, false)
                            .filter(member -> member.status().equals(MemberStatus.up()))
                            .count()
                        == 2));
    return second;
  }

  /** Takes no leave by itself, and puts nobody out for as long as a test takes. */
  private ActorSystem<?> ofRole(String role) {
    return node(
        Map.of(
            "pekko.cluster.roles", List.of(role),
            "pekko.coordinated-shutdown.run-by-actor-system-terminate", "off",
            "pekko.cluster.split-brain-resolver.stable-after", "1h"));
  }

  @Test
  void a_node_of_the_next_version_is_let_in() {
    var place = founded(WireVersion.OURS.told());
    var node = node(NEXT.told());

    assertThatCode(() -> Joining.join(node, settings(place), LONG)).doesNotThrowAnyException();
  }

  @Test
  void a_node_of_a_version_too_far_away_is_refused_and_says_so() {
    var place = founded(TOO_FAR.told());
    var node = node(WireVersion.OURS.told());

    assertThatThrownBy(() -> Joining.join(node, settings(place), LONG))
        .isInstanceOf(NotJoined.class)
        .hasMessageContaining(place + ": the cluster there does not let this node in")
        .hasMessageContaining(WireVersion.OURS.text());
  }

  /** As when a version in between has let it in. */
  @Test
  void a_node_that_finds_a_member_that_does_not_fit_leaves() {
    Map<String, Object> told = new HashMap<>(WireVersion.OURS.told());
    told.keySet().removeIf(key -> key.contains("checkers"));
    told.put(APP_VERSION, TOO_FAR.told().get(APP_VERSION));
    var place = founded(told);
    var node = node(WireVersion.OURS.told());

    assertThatThrownBy(() -> Joining.join(node, settings(place), LONG))
        .isInstanceOf(NotJoined.class)
        .hasMessageContaining(place + " is in the cluster (" + TOO_FAR.text())
        .hasMessageContaining("cannot be together");
    assertThat(node.getWhenTerminated()).isCompleted();
  }
}
