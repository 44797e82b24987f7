package io.nanoswarm.skills;

import io.nanoswarm.skill.SkillCard;
import io.nanoswarm.skills.folder.SkillFolder;
import io.nanoswarm.skills.folder.SkillFolders;
import io.nanoswarm.skills.needs.NodeNeeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Lists the skills that agents on this machine can have. Runs none, and starts nothing. */
public final class SkillListing {
  private final SkillsSettings settings;
  private final SkillFolders folders;
  private final NodeNeeds node;

  public SkillListing(SkillsSettings settings, NodeNeeds node) {
    this.node = node;
    this.settings = settings;
    folders = new SkillFolders(settings.folders());
  }

  /** First those of the program, then the folders as they are looked for. */
  public List<ListedSkill> in(Path workspace) {
    var listed = new ArrayList<ListedSkill>();
    WorkerSkills.builtIn(settings, node).forEach(card -> listed.add(builtIn(card)));
    folders.in(workspace).forEach(found -> listed.add(folder(found)));
    return List.copyOf(listed);
  }

  private ListedSkill builtIn(SkillCard card) {
    return new ListedSkill(
        card.name().value(),
        "built-in",
        null,
        card.description(),
        card.needs(),
        node.lacking(card.needs()),
        Optional.empty());
  }

  private ListedSkill folder(SkillFolders.Found found) {
    String source = found.source().name().toLowerCase(Locale.ROOT);
    try {
      var folder = SkillFolder.read(found.folder());
      var needs = folder.needs(node);
      return new ListedSkill(
          found.name(),
          source,
          found.folder(),
          folder.description(),
          needs,
          node.lacking(needs),
          folder.problem());
    } catch (SkillFolder.NotReadable e) {
      return new ListedSkill(
          found.name(),
          source,
          found.folder(),
          found.name(),
          List.of(),
          List.of(),
          Optional.ofNullable(e.getMessage()));
    }
  }
}
