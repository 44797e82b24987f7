package io.nanoswarm.definition;

import java.nio.file.Path;
import java.util.List;

/**
 * What a definition may name without saying where it is.
 *
 * @param agents roles of built-in agents
 * @param skills names of built-in skills
 * @param folders where skills are looked for before that, in order
 */
public record Vocabulary(List<String> agents, List<String> skills, List<Path> folders) {
  public Vocabulary {
    agents = List.copyOf(agents);
    skills = List.copyOf(skills);
    folders = List.copyOf(folders);
  }
}
