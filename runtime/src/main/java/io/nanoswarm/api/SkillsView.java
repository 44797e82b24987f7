package io.nanoswarm.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The skills that agents on this machine can have.
 *
 * @param workspace the folder whose own skills are among them
 */
public record SkillsView(String workspace, List<SkillView> skills) {

  /**
   * @param from {@code built-in}, {@code workspace} or {@code configured}
   * @param folder if it has one
   * @param needs as {@code bin:gh}
   * @param lacking those of its needs that are not met here
   * @param problem what is wrong with it, if something is
   */
  public record SkillView(
      String name,
      String from,
      @Nullable String folder,
      String description,
      List<String> needs,
      List<String> lacking,
      @Nullable String problem) {}
}
