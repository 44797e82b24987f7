package io.nanoswarm.skills;

import io.nanoswarm.skill.NoSuchSkill;
import io.nanoswarm.skill.Skill;
import io.nanoswarm.skill.SkillLoader;
import io.nanoswarm.skill.SkillSpec;
import java.nio.file.Files;
import java.nio.file.Path;

/** The skills of a worker: sends each spec to those who know its kind. */
public final class WorkerSkills implements SkillLoader {

  @Override
  public Skill load(SkillSpec spec, ClassLoader code) throws NoSuchSkill {
    return switch (spec) {
      case SkillSpec.BuiltIn _ ->
          throw new NoSuchSkill("no skill '%s' comes with the program".formatted(spec.name()));
      case SkillSpec.OfClass _ ->
          throw new NoSuchSkill("skill %s: no class can be a skill yet".formatted(spec.name()));
      case SkillSpec.OfFolder folder -> ofFolder(folder);
    };
  }

  private static Skill ofFolder(SkillSpec.OfFolder spec) throws NoSuchSkill {
    Path folder = Path.of(spec.path());
    if (!Files.isDirectory(folder)) {
      throw new NoSuchSkill("skill %s: %s is no folder".formatted(spec.name(), folder));
    }
    throw new NoSuchSkill(
        "skill %s: %s (expected: SKILL.md or skill.yaml in it)".formatted(spec.name(), folder));
  }
}
