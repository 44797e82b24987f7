package io.nanoswarm.skills;

import io.nanoswarm.skill.NoSuchSkill;
import io.nanoswarm.skill.Skill;
import io.nanoswarm.skill.SkillCard;
import io.nanoswarm.skill.SkillLoader;
import io.nanoswarm.skill.SkillName;
import io.nanoswarm.skill.SkillSpec;
import io.nanoswarm.skills.code.ClassSkills;
import io.nanoswarm.skills.exec.ChildEnvironment;
import io.nanoswarm.skills.exec.ExecSkill;
import io.nanoswarm.skills.folder.FolderSkill;
import io.nanoswarm.skills.folder.ReadSkill;
import io.nanoswarm.skills.folder.SkillFolder;
import io.nanoswarm.skills.folder.SkillFolders;
import io.nanoswarm.skills.needs.NodeNeeds;
import io.nanoswarm.skills.process.ProcessSkills;
import io.nanoswarm.skills.schema.CheckedSkill;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The skills of a worker: sends each spec to those who know its kind, and lets none be called with
 * arguments that its schema does not allow.
 */
public final class WorkerSkills implements SkillLoader {
  private final SkillsSettings settings;
  private final NodeNeeds node;
  private final ClassSkills classes;
  private final ProcessSkills processes;

  /**
   * @param cache a folder for what can be made again
   */
  public WorkerSkills(SkillsSettings settings, NodeNeeds node, Path cache) {
    this.settings = settings;
    this.node = node;
    classes = new ClassSkills(settings.javaTimeLimit());
    processes = new ProcessSkills(settings.process(), node, cache, System.getenv());
  }

  @Override
  public Skill load(SkillSpec spec, ClassLoader code) throws NoSuchSkill {
    var skill =
        switch (spec) {
          case SkillSpec.BuiltIn(var name) -> builtIn(name);
          case SkillSpec.OfClass named -> classes.load(named, code);
          case SkillSpec.OfFolder folder -> ofFolder(folder);
        };
    try {
      return new CheckedSkill(spec.name(), skill);
    } catch (IllegalArgumentException e) {
      throw new NoSuchSkill("skill %s: %s".formatted(spec.name(), e.getMessage()), e);
    }
  }

  /** What comes with the program. */
  static List<SkillCard> builtIn(SkillsSettings settings, NodeNeeds node) {
    return List.of(exec(settings).card(), readSkill(settings, node).card());
  }

  private static Skill exec(SkillsSettings settings) {
    return new ExecSkill(settings.exec(), ChildEnvironment.allowing(settings.environment()));
  }

  private static Skill readSkill(SkillsSettings settings, NodeNeeds node) {
    return new ReadSkill(new SkillFolders(settings.folders()), node);
  }

  private Skill builtIn(SkillName name) throws NoSuchSkill {
    if (name.equals(ExecSkill.NAME)) {
      return exec(settings);
    }
    if (name.equals(ReadSkill.NAME)) {
      return readSkill(settings, node);
    }
    throw new NoSuchSkill(
        "no skill '%s' comes with the program (expected: %s, %s)"
            .formatted(name, ExecSkill.NAME, ReadSkill.NAME));
  }

  private Skill ofFolder(SkillSpec.OfFolder spec) throws NoSuchSkill {
    Path folder = Path.of(spec.path());
    if (Files.isRegularFile(folder.resolve(SkillFolder.FILE))) {
      try {
        return new FolderSkill(spec.name(), SkillFolder.read(folder), node);
      } catch (SkillFolder.NotReadable e) {
        throw new NoSuchSkill("skill %s: %s".formatted(spec.name(), e.getMessage()), e);
      }
    }
    if (ProcessSkills.isIn(folder)) {
      return processes.load(spec.name(), folder);
    }
    throw new NoSuchSkill(
        "skill %s: %s (expected: a folder with SKILL.md or skill.yaml)"
            .formatted(spec.name(), folder));
  }
}
