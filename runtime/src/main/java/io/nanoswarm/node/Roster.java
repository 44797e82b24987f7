package io.nanoswarm.node;

import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.supervisor.Isolation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The agents that a session works with.
 *
 * @param members one for each role
 */
record Roster(List<Member> members) {
  private static final int MAX_OF_A_ROLE = 256;

  /**
   * @param count how many of them
   * @param isolation null for that of the session
   */
  record Member(AgentSpec spec, int count, @Nullable Isolation isolation) {
    AgentRole role() {
      return spec.role();
    }
  }

  Roster {
    members = List.copyOf(members);
  }

  static Roster of(List<AgentSpec> specs, Map<AgentRole, Integer> counts) {
    return new Roster(
        specs.stream()
            .map(spec -> new Member(spec, counts.getOrDefault(spec.role(), 1), null))
            .toList());
  }

  Optional<Member> member(AgentRole role) {
    return members.stream().filter(member -> member.role().equals(role)).findFirst();
  }

  /** The agents of some roles. */
  Roster of(Set<AgentRole> roles) {
    return new Roster(members.stream().filter(each -> roles.contains(each.role())).toList());
  }

  Set<AgentRole> roles() {
    return members.stream().map(Member::role).collect(Collectors.toSet());
  }

  int agents() {
    return members.stream().mapToInt(Member::count).sum();
  }

  /**
   * With as many agents of a role as a request asks for, isolated as it says.
   *
   * @param isolation null for that which each has
   * @throws SwarmProblem if it names a role that nobody has, or an absurd number
   */
  Roster with(Map<String, Integer> asked, @Nullable Isolation isolation) {
    asked.forEach(this::check);
    var counted = new LinkedHashMap<AgentRole, Member>();
    members.forEach(member ->
        counted.put(
            member.role(),
            new Member(
                member.spec(),
                asked.getOrDefault(member.role().value(), member.count()),
                isolation == null ? member.isolation() : isolation)));
    return new Roster(List.copyOf(counted.values()));
  }

  private void check(String role, int count) {
    if (members.stream().noneMatch(member -> member.role().value().equals(role))) {
      throw new SwarmProblem(
          SwarmProblem.Kind.BAD_REQUEST,
          "no agent has the role '%s'".formatted(role),
          "the roles are "
              + members.stream()
                  .map(member -> member.role().value())
                  .collect(Collectors.joining(", ")));
    }
    if (count < 1 || count > MAX_OF_A_ROLE) {
      throw new SwarmProblem(
          SwarmProblem.Kind.BAD_REQUEST,
          "%s=%d (expected: 1 to %d)".formatted(role, count, MAX_OF_A_ROLE),
          "about 25 agents run well on two cores");
    }
  }
}
