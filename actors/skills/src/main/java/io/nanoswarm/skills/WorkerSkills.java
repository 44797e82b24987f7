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
import io.nanoswarm.skills.folder.BuiltInFolders;
import io.nanoswarm.skills.folder.FolderSkill;
import io.nanoswarm.skills.folder.ReadSkill;
import io.nanoswarm.skills.folder.SkillFolder;
import io.nanoswarm.skills.folder.SkillFolders;
import io.nanoswarm.skills.needs.NodeNeeds;
import io.nanoswarm.skills.process.ProcessSkills;
import io.nanoswarm.skills.schema.CheckedSkill;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The skills of a worker: sends each spec to those who know its kind, and lets none be called with
 * arguments that its schema does not allow.
 */
public final class WorkerSkills implements SkillLoader {
  private final SkillsSettings settings;
  private final NodeNeeds node;
  private final ClassSkills classes;
  private final ProcessSkills processes;
  private final BuiltInFolders folders;

  /**
   * @param cache a folder for what can be made again
   */
  public WorkerSkills(SkillsSettings settings, NodeNeeds node, Path cache) {
    this.settings = settings;
    this.node = node;
    classes = new ClassSkills(settings.javaTimeLimit(), node);
    processes = new ProcessSkills(settings.process(), node, cache, System.getenv());
    folders = new BuiltInFolders(cache);
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

  /** The names of all skills that come with the program. */
  public static List<String> builtIn() {
    return Stream.concat(
            Stream.of(ExecSkill.NAME, ReadSkill.NAME).map(SkillName::value),
            BuiltInFolders.names().stream())
        .toList();
  }

  /** Those that come with the program and are code. No node is asked for their cards. */
  static List<SkillCard> programmed(SkillsSettings settings) {
    return List.of(
        exec(settings).card(),
        new ReadSkill(new SkillFolders(settings.folders()), List::copyOf).card());
  }

  private static Skill exec(SkillsSettings settings) {
    return new ExecSkill(settings.exec(), ChildEnvironment.allowing(settings.environment()));
  }

  private Skill readSkill() throws NoSuchSkill {
    return new ReadSkill(new SkillFolders(settings.folders()).withBuiltIn(unpacked()), node);
  }

  private Path unpacked() throws NoSuchSkill {
    try {
      return folders.unpacked();
    } catch (IOException e) {
      throw new NoSuchSkill("the skills of the program cannot be unpacked: " + e, e);
    }
  }

  private Skill builtIn(SkillName name) throws NoSuchSkill {
    if (name.equals(ExecSkill.NAME)) {
      return exec(settings);
    }
    if (name.equals(ReadSkill.NAME)) {
      return readSkill();
    }
    if (BuiltInFolders.names().contains(name.value())) {
      return text(name, unpacked().resolve(name.value()));
    }
    throw new NoSuchSkill(
        "no skill '%s' comes with the program (expected: %s)"
            .formatted(name, String.join(", ", builtIn())));
  }

  private Skill ofFolder(SkillSpec.OfFolder spec) throws NoSuchSkill {
    Path folder = Path.of(spec.path());
    if (SkillFolders.hasText(folder)) {
      return text(spec.name(), folder);
    }
    if (ProcessSkills.isIn(folder)) {
      return processes.load(spec.name(), folder);
    }
    throw new NoSuchSkill(
        "skill %s: %s (expected: a folder with SKILL.md or skill.yaml)"
            .formatted(spec.name(), folder));
  }

  private Skill text(SkillName name, Path folder) throws NoSuchSkill {
    try {
      return new FolderSkill(name, SkillFolder.read(folder), node);
    } catch (SkillFolder.NotReadable e) {
      throw new NoSuchSkill("skill %s: %s".formatted(name, e.getMessage()), e);
    }
  }
}
