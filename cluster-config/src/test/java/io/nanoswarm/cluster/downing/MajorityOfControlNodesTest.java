package io.nanoswarm.cluster.downing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.Reachability;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.util.Version;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

/** Who goes when some members do not hear others, as seen by one of them. */
class MajorityOfControlNodesTest {
  private final Map<String, Member> members = new LinkedHashMap<>();
  private Reachability reachability = Reachability.empty();
  private final Set<String> unheard = new HashSet<>();

  MajorityOfControlNodesTest() {
    for (String name : new String[] {"control1", "control2", "control3", "control4", "control5"}) {
      members.put(name, member(name, "control", "machine"));
    }
    members.remove("control4");
    members.remove("control5");
    members.put("machine1", member("machine1", "machine"));
    members.put("machine2", member("machine2", "machine"));
    members.put("worker1", member("worker1", "worker"));
    members.put("worker2", member("worker2", "worker"));
  }

  @Test
  void the_side_with_most_control_nodes_stays() {
    nobodyHears("control1", "worker1");

    assertThat(goes("control2")).containsExactlyInAnyOrder("control1", "worker1");
  }

  @Test
  void the_side_without_most_control_nodes_goes_as_a_whole() {
    for (String other : new String[] {"control2", "control3", "machine2", "worker2"}) {
      doesNotHear("control1", other);
      doesNotHear("machine1", other);
      unheard.add(other);
    }

    assertThat(goes("control1")).containsExactlyInAnyOrder("control1", "machine1", "worker1");
  }

  @Test
  void of_two_halves_the_one_with_the_lowest_address_stays() {
    members.remove("control3");
    nobodyHears("control2");
    assertThat(goes("control1")).containsExactly("control2");
  }

  /** With keep majority the control node that does not hear it would go as well. */
  @Test
  void a_worker_that_one_control_node_does_not_hear_goes_alone() {
    doesNotHear("control1", "worker1");
    doesNotHear("worker1", "control1");

    assertThat(goes("control1")).containsExactly("worker1");
    assertThat(goes("control2")).containsExactly("worker1");
  }

  @Test
  void a_machine_that_does_not_hear_a_control_node_goes_and_the_control_node_stays() {
    doesNotHear("machine1", "control2");

    assertThat(goes("control1")).containsExactly("machine1");
    assertThat(goes("control2")).containsExactly("machine1");
  }

  @Test
  void a_machine_that_does_not_hear_the_only_control_node_takes_no_other_machine_along() {
    members.remove("control2");
    members.remove("control3");
    doesNotHear("machine1", "control1");

    assertThat(goes("control1")).containsExactly("machine1");
    assertThat(goes("machine2")).containsExactly("machine1");
  }

  @Test
  void machines_that_no_control_node_is_with_go() {
    nobodyHears("control1", "control2", "control3", "worker2");

    for (String machine : new String[] {"machine1", "machine2"}) {
      assertThat(decides(machine)).isTrue();
      assertThat(goes(machine)).containsExactly(machine);
    }
  }

  @Test
  void what_workers_say_of_a_control_node_changes_nothing_if_control_nodes_say_it_as_well() {
    nobodyHears("control3");

    assertThat(goes("control1")).containsExactly("control3");
  }

  /** With keep majority both ends of the link would go, which leaves one of three. */
  @Test
  void of_two_control_nodes_that_do_not_hear_each_other_the_one_with_the_higher_address_goes() {
    doesNotHear("control1", "control2");
    doesNotHear("control2", "control1");

    for (String each : new String[] {"control1", "control2", "control3"}) {
      assertThat(goes(each)).as("as %s decides".formatted(each)).containsExactly("control2");
    }
  }

  @Test
  void a_control_node_that_hears_no_other_but_through_machines_goes() {
    for (String other : new String[] {"control2", "control3"}) {
      doesNotHear("control1", other);
      doesNotHear(other, "control1");
    }

    assertThat(goes("control2")).containsExactly("control1");
    assertThat(decides("machine1")).as("it hears them all").isFalse();
  }

  @Test
  void whom_only_a_control_node_that_goes_does_not_hear_stays() {
    for (String other : new String[] {"control2", "control3"}) {
      doesNotHear("control1", other);
      doesNotHear(other, "control1");
    }
    doesNotHear("control1", "machine2");
    doesNotHear("control1", "worker2");

    assertThat(goes("control2")).containsExactly("control1");
  }

  @Test
  void a_machine_that_hears_no_control_node_but_others_that_do_goes_alone() {
    for (String control : new String[] {"control1", "control2", "control3"}) {
      doesNotHear("machine1", control);
    }
    members.keySet().forEach(unheard::add); // a change that nobody has seen yet

    for (String each : new String[] {"control1", "machine1"}) {
      assertThat(goes(each)).as("as %s decides".formatted(each)).containsExactly("machine1");
    }
    assertThat(decides("machine2")).isFalse();
  }

  @Test
  void of_two_machines_that_do_not_hear_each_other_one_goes_and_of_a_worker_and_a_machine_it() {
    doesNotHear("machine1", "machine2");
    doesNotHear("machine2", "machine1");
    doesNotHear("worker1", "machine1");

    assertThat(goes("control1")).containsExactlyInAnyOrder("machine2", "worker1");
  }

  @Test
  void who_is_on_its_way_out_has_no_say() {
    doesNotHear("control1", "control2");
    doesNotHear("control1", "machine1");
    members.put("control1", members.get("control1").copy(MemberStatus.down()));

    assertThat(goes("control3")).isEmpty();
  }

  @Test
  void who_joins_counts_against_a_side_and_not_for_it() {
    doesNotHear("control1", "control2");
    doesNotHear("control2", "control1");
    doesNotHear("control1", "control3");
    doesNotHear("control3", "control1");
    for (String name : new String[] {"control4", "control5"}) {
      members.put(name, member(name, "control").copy(MemberStatus.up()));
      members.put(name, joining(name));
      doesNotHear("control2", name);
      doesNotHear("control3", name);
    }

    assertThat(as("control1").isDecidedBy(address("control1"))).isTrue();
    assertThat(goes("control1")).contains("control1");
  }

  @Test
  void the_most_control_nodes_that_all_hear_each_other_stay_though_others_have_lower_addresses() {
    members.put("control4", member("control4", "control"));
    members.put("control5", member("control5", "control"));
    doesNotHear("control1", "control3");
    doesNotHear("control3", "control1");
    doesNotHear("control1", "control4");
    doesNotHear("control4", "control1");

    assertThat(goes("control2")).containsExactly("control1");
  }

  @Test
  void with_those_that_are_cut_off_goes_a_worker_that_nobody_hears() {
    doesNotHear("control1", "control2");
    doesNotHear("control2", "control1");
    nobodyHears("worker2");

    assertThat(goes("control3")).containsExactlyInAnyOrder("control2", "worker2");
  }

  @Test
  void the_first_control_node_of_a_side_decides_and_a_machine_only_without_any() {
    assertThat(decides("control1")).isTrue();
    assertThat(decides("control2")).isFalse();
    assertThat(decides("worker1")).isFalse();

    nobodyHears("control1");
    assertThat(decides("control2")).isTrue();

    nobodyHears("control2", "control3");
    assertThat(decides("machine1")).isTrue();
    assertThat(decides("machine2")).isTrue();
    assertThat(decides("worker1")).isFalse();
  }

  @Test
  void who_goes_anyway_is_no_news() {
    nobodyHears("worker1");
    assertThat(as("control1").unheardThatMatter()).hasSize(1);

    members.put("worker1", members.get("worker1").copy(MemberStatus.down()));
    assertThat(as("control1").unheardThatMatter()).isEmpty();
  }

  private void nobodyHears(String... names) {
    var lost = Set.of(names);
    for (String name : names) {
      unheard.add(name);
      members.keySet().stream()
          .filter(each -> !lost.contains(each) && !unheard.contains(each))
          .forEach(each -> doesNotHear(each, name));
    }
  }

  private void doesNotHear(String observer, String subject) {
    reachability = reachability.unreachable(address(observer), address(subject));
  }

  private MajorityOfControlNodes as(String self) {
    var strategy = new MajorityOfControlNodes("default", address(self));
    members.values().forEach(strategy::add);
    CollectionConverters.asJava(reachability.allUnreachableOrTerminated())
        .forEach(subject -> {
          var member = members.get(name(subject));
          if (!name(subject).equals(self)) {
            strategy.addUnreachable(member);
          }
        });
    strategy.setReachability(reachability);
    strategy.setSeenBy(
        CollectionConverters.asScala(
                members.keySet().stream()
                    .filter(name -> !unheard.contains(name))
                    .map(name -> address(name).address())
                    .collect(Collectors.toSet()))
            .toSet());
    return strategy;
  }

  private Set<String> goes(String self) {
    var strategy = as(self);
    return CollectionConverters.asJava(strategy.nodesToDown(strategy.decide())).stream()
        .map(MajorityOfControlNodesTest::name)
        .collect(Collectors.toSet());
  }

  private boolean decides(String self) {
    return as(self).isDecidedBy(address(self));
  }

  private static String name(UniqueAddress address) {
    return address.address().host().get();
  }

  private static UniqueAddress address(String name) {
    return new UniqueAddress(Address.apply("pekko", "swarm", name, 25_520), 1L);
  }

  private static Member joining(String name) {
    var up = member(name, "control");
    return new Member(up.uniqueAddress(), 1, MemberStatus.joining(), up.roles(), Version.Zero());
  }

  private static Member member(String name, String... roles) {
    var all =
        CollectionConverters.asScala(
                Stream.concat(Stream.of(roles), Stream.of("dc-default"))
                    .collect(Collectors.toSet()))
            .toSet();
    @SuppressWarnings("unchecked")
    var typed = (scala.collection.immutable.Set<String>) (Object) all;
    return new Member(address(name), 1, MemberStatus.up(), typed, Version.Zero());
  }
}
