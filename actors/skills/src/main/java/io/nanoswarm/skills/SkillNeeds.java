package io.nanoswarm.skills;

import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.session.Need;
import io.nanoswarm.skill.SkillCard;
import io.nanoswarm.skill.SkillName;
import io.nanoswarm.skill.SkillSpec;
import io.nanoswarm.skills.code.DeclaredNeeds;
import io.nanoswarm.skills.folder.BuiltInFolders;
import io.nanoswarm.skills.folder.SkillFolder;
import io.nanoswarm.skills.folder.SkillFolders;
import io.nanoswarm.skills.process.ProcessOutlines;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What skills need of a node, by what stands in their folders and in the files of their classes;
 * none is loaded for it. Whether a node has it is not judged here.
 *
 * <p>What cannot be read needs nothing: whoever loads the skill tells what is wrong with it.
 */
public final class SkillNeeds {
  private final SkillsSettings settings;

  public SkillNeeds(SkillsSettings settings) {
    this.settings = settings;
  }

  /** Where folders of skills are looked for, beside those of a workspace. */
  public List<Path> folders() {
    return settings.folders();
  }

  /**
   * The same agent, needing what its skills need as well, each once and in order. Blocks.
   *
   * @param code where the jars and folders of its code are on this node
   */
  public AgentSpec addedTo(AgentSpec agent, List<String> code) {
    return agent.withNeeds(
        Stream.concat(
                agent.needs().stream(),
                agent.skills().stream().flatMap(skill -> of(skill, code).stream()))
            .distinct()
            .toList());
  }

  private List<Need> of(SkillSpec spec, List<String> code) {
    return switch (spec) {
      case SkillSpec.BuiltIn(var name) -> builtIn(name);
      case SkillSpec.OfClass(_, var implementation) -> DeclaredNeeds.of(implementation, code);
      case SkillSpec.OfFolder(_, var path) -> inFolder(Path.of(path));
    };
  }

  private List<Need> builtIn(SkillName name) {
    if (BuiltInFolders.names().contains(name.value())) {
      return BuiltInFolders.needs(name.value());
    }
    return WorkerSkills.programmed(settings).stream()
        .filter(card -> card.name().equals(name))
        .findFirst()
        .map(SkillCard::needs)
        .orElse(List.of());
  }

  private List<Need> inFolder(Path folder) {
    if (!SkillFolders.hasText(folder)) {
      return ProcessOutlines.needs(folder, settings.process());
    }
    try {
      return SkillFolder.read(folder).needs();
    } catch (SkillFolder.NotReadable _) {
      return List.of();
    }
  }
}
