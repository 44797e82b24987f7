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
 * <p>Guarantees: only control nodes put a control node out. Of two others that do not hear each
 * other one goes; where one does not hear a control node that control nodes hear, it does. With
 * <i>keep majority</i> whoever does not hear a member that others hear goes with it, and agents'
 * JVMs that start on a busy machine took control nodes along. Of control nodes that hear each other
 * only through others, the most that all hear each other stay, and of as many those with the lowest
 * addresses; with <i>keep majority</i> both ends of a link that is broken go. A machine that hears
 * no control node, nor anybody who does, puts out itself and nobody else.
 */
final class MajorityOfControlNodes extends DowningStrategy {
  private static final String CONTROL = NodeRole.CONTROL.id();

  /** As many are tried in all combinations; with more, both ends of a broken link go. */
  private static final int MOST_TRIED = 12;

  private final UniqueAddress self;
  private final KeepMajority majority;

  MajorityOfControlNodes(String dataCenter, UniqueAddress self) {
    super(dataCenter, self);
    this.self = self;
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
    if (hearsNoControl()) {
      // Whatever the others of this side hear: this one serves nobody any more.
      return scala(Set.of(self));
    }
    if (decision.isIndirectlyConnected()) {
      var staying = fullyConnected().orElse(null);
      if (staying != null) {
        return scala(goingBeside(staying));
      }
    }
    return majority.nodesToDown(decision);
  }

  /** The control nodes that do not stay, and whom those that stay do not hear, or who not them. */
  private Set<UniqueAddress> goingBeside(Set<UniqueAddress> staying) {
    var going = new HashSet<UniqueAddress>();
    controls().stream()
        .map(Member::uniqueAddress)
        .filter(control -> !staying.contains(control))
        .forEach(going::add);
    for (Reachability.Record record : records()) {
      if (staying.contains(record.observer()) && !isControl(record.subject())) {
        going.add(record.subject());
      } else if (staying.contains(record.subject()) && !isControl(record.observer())) {
        going.add(record.observer());
      }
    }
    return going;
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
            .filterRecords(record ->
                counts(record) && isControl(record.observer()) && isControl(record.subject())));
    majority.setSeenBy(seenBy());
  }

  /**
   * Who counts as not heard. Whom a control node does not hear; and of two others that do not hear
   * each other, or of one and a control node that control nodes hear, the lesser. On a side that
   * hears no control node at all, each member's own word counts.
   */
  Set<UniqueAddress> unheard() {
    var unheard = new HashSet<>(CollectionConverters.asJava(unreachable()));
    boolean anyHeard =
        controls().stream().anyMatch(member -> !unheard.contains(member.uniqueAddress()));
    var lesser = new HashSet<UniqueAddress>();
    for (Member member : members(all())) {
      var subject = member.uniqueAddress();
      if (!stays(member) || !isSubject(subject)) {
        continue;
      }
      var observers = observers(subject);
      boolean ownWord = !anyHeard && observers.contains(self);
      if (!ownWord && observers.stream().noneMatch(this::isControl)) {
        unheard.remove(subject);
        observers.forEach(observer -> lesser.add(lesser(observer, subject)));
      }
    }
    unheard.addAll(lesser);
    return unheard;
  }

  /**
   * Workers are less than machines, and machines than control nodes; of as much, who comes later.
   */
  private UniqueAddress lesser(UniqueAddress one, UniqueAddress other) {
    int ranks = Integer.compare(rank(one), rank(other));
    int order =
        ranks == 0 ? Member.addressOrdering().compare(other.address(), one.address()) : ranks;
    return order < 0 ? one : other;
  }

  private int rank(UniqueAddress node) {
    return isControl(node) ? 2 : has(node, NodeRole.MACHINE.id()) ? 1 : 0;
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
   * Who decides on this side: its first control node; where there is none, each machine for itself.
   * Both ends of a broken link may find themselves to be the one; they decide the same.
   */
  boolean isDecidedBy(UniqueAddress node) {
    return isControl(node)
        ? first(heardControls()).filter(member -> member.uniqueAddress().equals(node)).isPresent()
        : has(node, NodeRole.MACHINE.id()) && hearsNoControl();
  }

  /** By this member's own word. */
  private boolean hearsNoControl() {
    return controls().stream()
        .allMatch(member ->
            !member.uniqueAddress().equals(self)
                && observers(member.uniqueAddress()).contains(self));
  }

  /** Those that are, or are about to be, in the cluster to stay. */
  private List<Member> heardControls() {
    var unheard = unheard();
    return controls().stream()
        .filter(member -> !member.status().equals(MemberStatus.joining()))
        .filter(member -> !unheard.contains(member.uniqueAddress()))
        .toList();
  }

  private static Optional<Member> first(List<Member> members) {
    return members.stream()
        .min((a, b) -> Member.addressOrdering().compare(a.address(), b.address()));
  }

  /**
   * Only those that are up count for a side, and all against it: who joins or leaves may be counted
   * otherwise by others. Of two halves it is the one with the lowest address.
   */
  private Optional<Set<UniqueAddress>> fullyConnected() {
    var all = controls();
    var controls =
        all.stream()
            .filter(member -> member.status().equals(MemberStatus.up()))
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
    int majority = Integer.compare(best.size() * 2, all.size());
    boolean stays =
        majority == 0 ? best.contains(first(all).orElseThrow().uniqueAddress()) : majority > 0;
    return stays ? Optional.of(Set.copyOf(best)) : Optional.empty();
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
    return records().stream()
        .noneMatch(record -> some.contains(record.observer()) && some.contains(record.subject()));
  }

  private Set<UniqueAddress> observers(UniqueAddress subject) {
    return records().stream()
        .filter(record -> record.subject().equals(subject))
        .map(Reachability.Record::observer)
        .collect(Collectors.toSet());
  }

  /** What is said by those whose word counts. */
  private List<Reachability.Record> records() {
    return CollectionConverters.asJava(reachability().records()).stream()
        .filter(this::counts)
        .toList();
  }

  /** Who is on its way out has no say any more. */
  private boolean counts(Reachability.Record record) {
    return members(all()).stream()
        .anyMatch(member -> member.uniqueAddress().equals(record.observer()) && stays(member));
  }

  private boolean isSubject(UniqueAddress node) {
    return CollectionConverters.asJava(reachability().records()).stream()
        .anyMatch(record -> record.subject().equals(node));
  }

  private List<Member> controls() {
    return members(all()).stream()
        .filter(MajorityOfControlNodes::stays)
        .filter(member -> member.hasRole(CONTROL))
        .toList();
  }

  private boolean isControl(UniqueAddress node) {
    return has(node, CONTROL);
  }

  private boolean has(UniqueAddress node, String role) {
    return members(all()).stream()
        .anyMatch(member -> member.uniqueAddress().equals(node) && member.hasRole(role));
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
