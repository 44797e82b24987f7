package io.nanoswarm.skills.process;

import io.nanoswarm.session.Need;
import io.nanoswarm.skill.NoSuchSkill;
import io.nanoswarm.skills.interpreter.Interpreters;
import io.nanoswarm.skills.interpreter.Surroundings;
import io.nanoswarm.skills.needs.NodeNeeds;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells of folders with a {@code skill.yaml} what can be told without starting anything of theirs.
 * Thread safe.
 */
public final class ProcessOutlines {
  private final ProcessLimits limits;
  private final NodeNeeds node;
  private final Surroundings surroundings;
  private final Interpreters interpreters;

  /**
   * What is known of one.
   *
   * @param description empty if its tool says it, which would have to be started
   * @param lacking those of its needs that are not met here
   * @param problem what else keeps it from being started, if something does
   */
  public record Outline(
      String description, List<Need> needs, List<Need> lacking, Optional<String> problem) {
    public Outline {
      needs = List.copyOf(needs);
      lacking = List.copyOf(lacking);
    }
  }

  /**
   * @param environment of this JVM
   */
  public ProcessOutlines(
      ProcessSkillSettings settings, NodeNeeds node, Map<String, String> environment) {
    this.limits = settings.limits();
    this.node = node;
    this.surroundings = new Surroundings(environment);
    this.interpreters = new Interpreters(surroundings, Launch.ANSWER_WITHIN);
  }

  /** Never fails. Blocks while interpreters of this machine are asked for their versions. */
  public Outline of(Path folder) {
    try {
      var manifest = ManifestReader.read(folder, limits);
      String description = manifest.description();
      return new Outline(
          description == null ? "" : description,
          manifest.allNeeds(),
          node.lacking(manifest.allNeeds()),
          problem(manifest));
    } catch (NoSuchSkill e) {
      return new Outline("", List.of(), List.of(), Optional.of(String.valueOf(e.getMessage())));
    }
  }

  private Optional<String> problem(ProcessManifest manifest) {
    try {
      new RuntimeSearch(manifest, surroundings, interpreters).all();
      return Optional.empty();
    } catch (Unready e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** What the skill of a folder needs of a node; nothing if its manifest cannot be read as one. */
  public static List<Need> needs(Path folder, ProcessSkillSettings settings) {
    try {
      return ManifestReader.read(folder, settings.limits()).allNeeds();
    } catch (NoSuchSkill _) {
      return List.of();
    }
  }
}
