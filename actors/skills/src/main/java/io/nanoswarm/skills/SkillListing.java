package io.nanoswarm.skills;

import io.nanoswarm.session.Need;
import io.nanoswarm.skill.SkillCard;
import io.nanoswarm.skill.SkillName;
import io.nanoswarm.skill.SkillSpec;
import io.nanoswarm.skills.code.DeclaredNeeds;
import io.nanoswarm.skills.folder.BuiltInFolders;
import io.nanoswarm.skills.folder.SkillFolder;
import io.nanoswarm.skills.folder.SkillFolders;
import io.nanoswarm.skills.needs.NodeNeeds;
import io.nanoswarm.skills.process.ProcessOutlines;
import io.nanoswarm.skills.process.ProcessSkills;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lists the skills that agents on this machine can have. Loads none, runs none and writes nothing;
 * programs of this machine may be asked for their versions.
 */
public final class SkillListing {
  private static final String BUILT_IN = "built-in";
  private static final String SWARM = "swarm";

  private final SkillsSettings settings;
  private final SkillFolders folders;
  private final ProcessOutlines processes;
  private final NodeNeeds node;

  public SkillListing(SkillsSettings settings, NodeNeeds node) {
    this.node = node;
    this.settings = settings;
    folders = new SkillFolders(settings.folders());
    processes = new ProcessOutlines(settings.process(), node, System.getenv());
  }

  /** First the code of the program, then the folders as they are looked for. */
  public List<ListedSkill> in(Path workspace) {
    var listed = new ArrayList<ListedSkill>();
    WorkerSkills.programmed(settings).forEach(card -> listed.add(programmed(card)));
    var found =
        folders.in(workspace, folder -> SkillFolders.hasText(folder) || ProcessSkills.isIn(folder));
    found.forEach(each -> listed.add(folder(each.name(), word(each.source()), each.folder())));
    BuiltInFolders.names().stream()
        .filter(name -> found.stream().noneMatch(each -> each.name().equals(name)))
        .forEach(name -> listed.add(builtIn(name)));
    return List.copyOf(listed);
  }

  /**
   * The skill that a spec names.
   *
   * @param code jars and folders where its class is, if it is one; just its file is read
   */
  public ListedSkill of(SkillSpec spec, List<String> code) {
    return switch (spec) {
      case SkillSpec.BuiltIn(var name) -> builtIn(name);
      case SkillSpec.OfClass(var name, var implementation) ->
          listed(
              name.value(),
              SWARM,
              null,
              implementation,
              DeclaredNeeds.of(implementation, code),
              Optional.empty());
      case SkillSpec.OfFolder(var name, var path) -> folder(name.value(), SWARM, Path.of(path));
    };
  }

  private static String word(SkillFolders.Source source) {
    return switch (source) {
      case WORKSPACE -> "workspace";
      case CONFIGURED -> "configured";
      case BUILT_IN -> BUILT_IN;
    };
  }

  private ListedSkill builtIn(SkillName name) {
    return BuiltInFolders.names().contains(name.value())
        ? builtIn(name.value())
        : WorkerSkills.programmed(settings).stream()
            .filter(card -> card.name().equals(name))
            .findFirst()
            .map(this::programmed)
            .orElseGet(() ->
                listed(
                    name.value(),
                    BUILT_IN,
                    null,
                    name.value(),
                    List.of(),
                    Optional.of("no skill of this name comes with the program")));
  }

  private ListedSkill builtIn(String name) {
    return listed(
        name,
        BUILT_IN,
        null,
        BuiltInFolders.description(name),
        BuiltInFolders.needs(name),
        Optional.empty());
  }

  private ListedSkill programmed(SkillCard card) {
    return listed(
        card.name().value(), BUILT_IN, null, card.description(), card.needs(), Optional.empty());
  }

  private ListedSkill folder(String name, String source, Path folder) {
    return SkillFolders.hasText(folder)
        ? text(name, source, folder)
        : process(name, source, folder);
  }

  private ListedSkill text(String name, String source, Path place) {
    try {
      var folder = SkillFolder.read(place);
      return listed(name, source, place, folder.description(), folder.needs(), folder.problem());
    } catch (SkillFolder.NotReadable e) {
      return listed(name, source, place, name, List.of(), Optional.ofNullable(e.getMessage()));
    }
  }

  private ListedSkill process(String name, String source, Path place) {
    if (!ProcessSkills.isIn(place)) {
      return listed(
          name,
          source,
          place,
          name,
          List.of(),
          Optional.of("%s has no SKILL.md and no skill.yaml".formatted(place)));
    }
    var outline = processes.of(place);
    return new ListedSkill(
        name,
        source,
        place,
        outline.description().isEmpty() ? name : outline.description(),
        outline.needs(),
        outline.lacking(),
        outline.problem());
  }

  private ListedSkill listed(
      String name,
      String source,
      @Nullable Path folder,
      String description,
      List<Need> needs,
      Optional<String> problem) {
    return new ListedSkill(name, source, folder, description, needs, node.lacking(needs), problem);
  }
}
