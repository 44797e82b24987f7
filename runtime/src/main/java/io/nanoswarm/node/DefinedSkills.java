package io.nanoswarm.node;

import io.nanoswarm.definition.SwarmDefinition;
import io.nanoswarm.skill.SkillName;
import io.nanoswarm.skill.SkillSpec;
import java.util.Objects;

/** What the names of skills mean in a definition. */
final class DefinedSkills {
  private DefinedSkills() {}

  /** A skill that is not defined comes with the program. */
  static SkillSpec spec(SwarmDefinition definition, String skill) {
    var name = new SkillName(skill);
    var defined = definition.skills().get(skill);
    if (defined == null) {
      return new SkillSpec.BuiltIn(name);
    }
    return defined.folder() == null
        ? new SkillSpec.OfClass(name, Objects.requireNonNull(defined.implementation()))
        : new SkillSpec.OfFolder(name, defined.folder());
  }
}
