package io.nanoswarm.skills;

import io.nanoswarm.agent.AgentSpec;
import io.nanoswarm.session.Need;
import io.nanoswarm.skill.SkillCard;
import io.nanoswarm.skill.SkillName;
import io.nanoswarm.skill.SkillSpec;
import io.nanoswarm.skills.folder.BuiltInFolders;
import io.nanoswarm.skills.folder.SkillFolder;
import io.nanoswarm.skills.folder.SkillFolders;
import io.nanoswarm.skills.needs.NodeNeeds;
import io.nanoswarm.skills.process.ProcessOutlines;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What skills need of a node, by what stands in their folders; none is loaded for it.
 *
 * <p>Not known here is what a class needs. A folder that cannot be read needs nothing: whoever
 * loads its skill tells what is wrong with it.
 */
public final class SkillNeeds {
  private final SkillsSettings settings;
  private final NodeNeeds node;
  private final ProcessOutlines processes;

  /**
   * @param node chooses where one of several will do
   */
  public SkillNeeds(SkillsSettings settings, NodeNeeds node) {
    this.settings = settings;
    this.node = node;
    this.processes = new ProcessOutlines(settings.process(), node, Map.of());
  }

  /** The same agent, needing what its skills need as well. Blocks. */
  public AgentSpec addedTo(AgentSpec agent) {
    return agent.withNeeds(
        Stream.concat(agent.needs().stream(), of(agent.skills()).stream()).distinct().toList());
  }

  /** Each need once, in the order of the skills. Blocks. */
  List<Need> of(Collection<SkillSpec> skills) {
    return skills.stream().flatMap(each -> of(each).stream()).distinct().toList();
  }

  private List<Need> of(SkillSpec spec) {
    return switch (spec) {
      case SkillSpec.BuiltIn(var name) -> builtIn(name);
      case SkillSpec.OfClass _ -> List.of();
      case SkillSpec.OfFolder(_, var path) -> inFolder(Path.of(path));
    };
  }

  private List<Need> builtIn(SkillName name) {
    if (BuiltInFolders.names().contains(name.value())) {
      return BuiltInFolders.needs(name.value(), node);
    }
    return WorkerSkills.programmed(settings, node).stream()
        .filter(card -> card.name().equals(name))
        .findFirst()
        .map(SkillCard::needs)
        .orElse(List.of());
  }

  private List<Need> inFolder(Path folder) {
    if (!SkillFolders.hasText(folder)) {
      return processes.needs(folder);
    }
    try {
      return SkillFolder.read(folder).needs(node);
    } catch (SkillFolder.NotReadable _) {
      return List.of();
    }
  }
}
