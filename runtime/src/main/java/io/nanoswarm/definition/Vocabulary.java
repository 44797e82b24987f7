package io.nanoswarm.definition;

import java.util.List;

/**
 * What a definition may name that comes with the program.
 *
 * @param agents roles of built-in agents
 * @param skills names of built-in skills
 */
public record Vocabulary(List<String> agents, List<String> skills) {
  public Vocabulary {
    agents = List.copyOf(agents);
    skills = List.copyOf(skills);
  }
}
