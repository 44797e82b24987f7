package io.nanoswarm.cluster.downing;

import io.nanoswarm.cluster.NodeRole;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.Reachability;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.sbr.DowningStrategy;
import org.apache.pekko.cluster.sbr.KeepMajority;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Keeps the side with most control nodes, as Pekko's <i>keep majority</i> does; but what members
 * say of each other counts by what they are.
 *
 * <p>Guarantees: only control nodes put a control node out. Where others do not hear one that
 * control nodes hear, it is they who go. A machine or a worker that some hear and some do not goes
 * alone: with <i>keep majority</i>, whoever does not hear it would go with it, and agents' JVMs
 * that start on a busy machine took control nodes along. Of control nodes that hear each other only
 * through others, the most that all hear each other stay, and of as many those with the lowest
 * addresses; with <i>keep majority</i> both ends of a link that is broken go.
 */
final class MajorityOfControlNodes extends DowningStrategy {
  private static final String CONTROL = NodeRole.CONTROL.id();

  /** As many are tried in all combinations; with more, both ends of a broken link go. */
  private static final int MOST_TRIED = 12;

  private final KeepMajority majority;

  MajorityOfControlNodes(String dataCenter, UniqueAddress self) {
    super(dataCenter, self);
    majority = new KeepMajority(dataCenter, Option.apply(CONTROL), self);
  }

  @Override
  public Option<String> role() {
    return Option.apply(CONTROL);
  }

  @Override
  public void remove(Member member) {
    super.remove(member);
    majority.remove(member);
  }

  @Override
  public Decision decide() {
    tell();
    return majority.decide();
  }

  @Override
  public scala.collection.immutable.Set<UniqueAddress> nodesToDown(Decision decision) {
    tell();
    if (decision.isIndirectlyConnected()) {
      var staying = fullyConnected().orElse(null);
      if (staying != null) {
        var going = new HashSet<>(unheard());
        controls().stream().map(Member::uniqueAddress).forEach(going::add);
        going.removeAll(staying);
        return scala(going);
      }
    }
    return majority.nodesToDown(decision);
  }

  /**
   * What the one that decides is told: the members as they count, and nobody's word but controls'.
   */
  private void tell() {
    var unheard = unheard();
    for (Member member : members(all())) {
      if (unheard.contains(member.uniqueAddress())) {
        majority.addUnreachable(member);
      } else {
        majority.addReachable(member);
      }
    }
    majority.setReachability(
        reachability()
            .filterRecords(record -> isControl(record.observer()) && isControl(record.subject())));
    majority.setSeenBy(seenBy());
  }

  /**
   * Who counts as not heard: those that are not, and those that do not hear a control node which
   * takes part nevertheless. On a side that hears no control node at all it is the others' word.
   */
  Set<UniqueAddress> unheard() {
    var unheard = new HashSet<>(CollectionConverters.asJava(unreachable()));
    boolean anyHeard =
        controls().stream().anyMatch(member -> !unheard.contains(member.uniqueAddress()));
    for (Member member : controls()) {
      var observers = observers(member.uniqueAddress());
      if (!observers.isEmpty()
          && observers.stream().noneMatch(this::isControl)
          && (anyHeard || seenBy().contains(member.address()))) {
        unheard.remove(member.uniqueAddress());
        unheard.addAll(observers);
      }
    }
    return unheard;
  }

  /**
   * The members, but those that are on their way out whatever is decided: changes among the unheard
   * of these are news.
   */
  Set<UniqueAddress> unheardThatMatter() {
    var unheard = unheard();
    return members(all()).stream()
        .filter(MajorityOfControlNodes::stays)
        .map(Member::uniqueAddress)
        .filter(unheard::contains)
        .collect(Collectors.toSet());
  }

  /**
   * Who decides on this side: its first control node, or its first machine where it has none. Both
   * ends of a broken link may find themselves to be the one; they decide the same.
   */
  boolean isDecidedBy(UniqueAddress self) {
    var unheard = unheard();
    var heard =
        members(all()).stream()
            .filter(MajorityOfControlNodes::stays)
            .filter(member -> !unheard.contains(member.uniqueAddress()))
            .toList();
    return first(heard, CONTROL)
        .or(() -> first(heard, NodeRole.MACHINE.id()))
        .filter(member -> member.uniqueAddress().equals(self))
        .isPresent();
  }

  private static Optional<Member> first(List<Member> members, String role) {
    return members.stream()
        .filter(member -> member.hasRole(role))
        .min((a, b) -> Member.addressOrdering().compare(a.address(), b.address()));
  }

  private Optional<Set<UniqueAddress>> fullyConnected() {
    var controls =
        controls().stream()
            .map(Member::uniqueAddress)
            .sorted((a, b) -> Member.addressOrdering().compare(a.address(), b.address()))
            .toList();
    if (controls.size() > MOST_TRIED) {
      return Optional.empty();
    }
    List<UniqueAddress> best = List.of();
    // Those of lower addresses have higher bits: of as many the first that is found has them.
    for (int bits = (1 << controls.size()) - 1; bits > 0; bits--) {
      if (Integer.bitCount(bits) > best.size()) {
        var some = chosen(controls, bits);
        if (hearEachOther(some)) {
          best = some;
        }
      }
    }
    return best.size() * 2 > controls.size() ? Optional.of(Set.copyOf(best)) : Optional.empty();
  }

  private static List<UniqueAddress> chosen(List<UniqueAddress> of, int bits) {
    var chosen = new ArrayList<UniqueAddress>();
    for (int i = 0; i < of.size(); i++) {
      if ((bits >> (of.size() - 1 - i) & 1) == 1) {
        chosen.add(of.get(i));
      }
    }
    return chosen;
  }

  private boolean hearEachOther(Collection<UniqueAddress> some) {
    return CollectionConverters.asJava(reachability().records()).stream()
        .noneMatch(record -> some.contains(record.observer()) && some.contains(record.subject()));
  }

  private Set<UniqueAddress> observers(UniqueAddress subject) {
    return CollectionConverters.asJava(reachability().records()).stream()
        .filter(record -> record.subject().equals(subject))
        .map(Reachability.Record::observer)
        .collect(Collectors.toSet());
  }

  private List<Member> controls() {
    return members(all()).stream()
        .filter(MajorityOfControlNodes::stays)
        .filter(member -> member.hasRole(CONTROL))
        .toList();
  }

  private boolean isControl(UniqueAddress node) {
    return members(all()).stream()
        .anyMatch(member -> member.uniqueAddress().equals(node) && member.hasRole(CONTROL));
  }

  private static boolean stays(Member member) {
    return !member.status().equals(MemberStatus.down())
        && !member.status().equals(MemberStatus.exiting());
  }

  private scala.collection.immutable.SortedSet<Member> all() {
    return allMembersInDC();
  }

  private static Collection<Member> members(scala.collection.immutable.SortedSet<Member> set) {
    return CollectionConverters.asJava(set);
  }

  private static scala.collection.immutable.Set<UniqueAddress> scala(Set<UniqueAddress> set) {
    return CollectionConverters.asScala(set).toSet();
  }
}
