package io.nanoswarm.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The skills that agents can have.
 *
 * @param workspace the folder whose own skills are among them, null if they are a swarm's
 * @param swarm the name of the swarm whose skills they are, null if they are those of this machine
 */
public record SkillsView(
    @Nullable String workspace, @Nullable String swarm, List<SkillView> skills) {

  /**
   * @param from {@code built-in}, {@code workspace}, {@code configured} or {@code swarm}
   * @param folder if it has one
   * @param needs as {@code bin:gh}
   * @param lacking those of its needs that are not met here
   * @param problem what is wrong with it, if something is
   * @param agents roles of the swarm's agents that have it; null if they are not a swarm's
   */
  public record SkillView(
      String name,
      String from,
      @Nullable String folder,
      String description,
      List<String> needs,
      List<String> lacking,
      @Nullable String problem,
      @Nullable List<String> agents) {}
}
