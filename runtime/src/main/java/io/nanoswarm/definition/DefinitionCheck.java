package io.nanoswarm.definition;

import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.definition.SwarmDefinition.Agent;
import io.nanoswarm.definition.SwarmDefinition.PlannedTask;
import io.nanoswarm.session.AgentRole;
import io.nanoswarm.session.SessionId;
import io.nanoswarm.session.TaskId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What makes a definition that is well formed invalid all the same. Pure. */
public final class DefinitionCheck {
  public static final int MOST_INSTANCES = 256;
  public static final int LEAST_HEAP = 32;
  public static final int MOST_HEAP = 65_536;
  private static final SessionId ANY = new SessionId("any");

  private final SwarmDefinition definition;
  private final Vocabulary vocabulary;
  private final List<Flaw> flaws = new ArrayList<>();

  private DefinitionCheck(SwarmDefinition definition, Vocabulary vocabulary) {
    this.definition = definition;
    this.vocabulary = vocabulary;
  }

  /** Everything that is wrong, in the order of the definition; empty for a valid one. */
  public static List<Flaw> flaws(SwarmDefinition definition, Vocabulary vocabulary) {
    var check = new DefinitionCheck(definition, vocabulary);
    check.all();
    return List.copyOf(check.flaws);
  }

  private void all() {
    if (definition.agents().isEmpty()) {
      flaw("agents", "a swarm needs at least one agent");
    }
    definition.agents().forEach(this::agent);
    definition.skills().forEach(this::skill);
    definition.plan().forEach(this::task);
    answer();
    circle();
  }

  private void agent(String role, Agent agent) {
    String at = "agents." + role;
    valid(at, role, AgentRole::new);
    if ((agent.implementation() == null) == (agent.builtIn() == null)) {
      flaw(at, "an agent has either a `class` or is `builtin`");
    }
    if (agent.implementation() != null && definition.code().isEmpty()) {
      flaw(at + ".class", "there is no `code` to find %s in".formatted(agent.implementation()));
    }
    if (agent.builtIn() != null) {
      known(at + ".builtin", "built-in agent", agent.builtIn(), vocabulary.agents());
    }
    between(at + ".instances", agent.instances(), 1, MOST_INSTANCES, "");
    if (agent.heapMegabytes() != null) {
      between(at + ".heap", agent.heapMegabytes(), LEAST_HEAP, MOST_HEAP, " MB");
    }
    if (agent.isolation() != null && !Set.of("process", "shared").contains(agent.isolation())) {
      flaw(at + ".isolation", "'%s' (expected: process or shared)".formatted(agent.isolation()));
    }
    if (agent.restarts() != null) {
      between(at + ".restarts.limit", agent.restarts().limit(), 1, 1000, "");
      if (!agent.restarts().within().isPositive()) {
        flaw(at + ".restarts.within", "%s (expected: > 0)".formatted(agent.restarts().within()));
      }
    }
    skillsOf(at, agent);
  }

  private void skillsOf(String at, Agent agent) {
    var known = new ArrayList<>(definition.skills().keySet());
    known.addAll(vocabulary.skills());
    var named = new HashSet<String>();
    for (int i = 0; i < agent.skills().size(); i++) {
      String skill = agent.skills().get(i);
      String place = "%s.skills[%d]".formatted(at, i);
      known(place, "skill", skill, known);
      if (!named.add(skill)) {
        flaw(place, "skill '%s' is named twice".formatted(skill));
      }
    }
  }

  private void skill(String name, SwarmDefinition.Skill skill) {
    String at = "skills." + name;
    if (!name.matches("[a-zA-Z0-9_-]{1,64}")) {
      flaw(at, "'%s' (expected: letters, digits, _ and -, at most 64)".formatted(name));
    }
    if ((skill.folder() == null) == (skill.implementation() == null)) {
      flaw(at, "a skill has either a `folder` or a `class`");
    }
    if (skill.implementation() != null && definition.code().isEmpty()) {
      flaw(at + ".class", "there is no `code` to find %s in".formatted(skill.implementation()));
    }
  }

  private void task(String name, PlannedTask task) {
    String at = "plan." + name;
    valid(at, name, text -> TaskId.of(ANY, text));
    if (task.role().isEmpty()) {
      flaw(at, "`role` is missing (expected: %s)".formatted(listed(definition.agents().keySet())));
    } else {
      known(at + ".role", "role", task.role(), definition.agents().keySet());
    }
    for (int i = 0; i < task.after().size(); i++) {
      known(
          "%s.after[%d]".formatted(at, i), "task", task.after().get(i), definition.plan().keySet());
    }
    if (task.result() != null) {
      valid(at + ".result", task.result() + ".md", EntryPath::new);
    }
  }

  private void answer() {
    if (definition.answer() != null && definition.plan().isEmpty()) {
      flaw("answer", "there is no `plan` whose task could answer");
    } else if (definition.answer() != null) {
      known("answer", "task", definition.answer(), definition.plan().keySet());
    } else if (!definition.plan().isEmpty()) {
      flaw("plan", "`answer` is missing: it says which task answers the goal");
    }
  }

  /** Removes tasks that wait for none that is left, until nothing moves. */
  private void circle() {
    var left = new ArrayList<>(definition.plan().keySet());
    while (left.removeIf(
        name -> {
          var task = definition.plan().get(name);
          return task == null || task.after().stream().noneMatch(left::contains);
        })) {}
    if (!left.isEmpty()) {
      flaw(
          "plan." + left.getFirst() + ".after",
          "these tasks wait for each other: " + String.join(", ", left));
    }
  }

  private void between(String at, int found, int least, int most, String unit) {
    if (found < least || found > most) {
      flaw(at, "%d%s (expected: %d to %d%s)".formatted(found, unit, least, most, unit));
    }
  }

  private void known(String at, String kind, String found, Collection<String> known) {
    if (!known.contains(found)) {
      flaw(at, "there is no %s '%s'%s".formatted(kind, found, suggestion(found, known)));
    }
  }

  /** What was meant, perhaps, and otherwise what there is. */
  static String suggestion(String found, Collection<String> known) {
    return Similar.to(found, known)
        .map("; did you mean '%s'?"::formatted)
        .orElse(known.isEmpty() ? "" : " (expected: %s)".formatted(listed(known)));
  }

  private static String listed(Collection<String> known) {
    return String.join(", ", known);
  }

  private <T> void valid(String at, String found, Function<String, T> form) {
    try {
      var _ = form.apply(found);
    } catch (IllegalArgumentException e) {
      flaw(at, String.valueOf(e.getMessage()));
    }
  }

  private void flaw(String at, String text) {
    flaws.add(new Flaw(at, text));
  }
}
