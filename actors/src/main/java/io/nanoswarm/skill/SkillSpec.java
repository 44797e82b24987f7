package io.nanoswarm.skill;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Says which skill is meant, as data: where a worker finds it, by the name it is called with. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "skill")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SkillSpec.BuiltIn.class, name = "built-in"),
  @JsonSubTypes.Type(value = SkillSpec.OfClass.class, name = "class"),
  @JsonSubTypes.Type(value = SkillSpec.OfFolder.class, name = "folder")
})
public sealed interface SkillSpec {
  SkillName name();

  /** One that comes with the program, as {@code exec}. */
  record BuiltIn(SkillName name) implements SkillSpec {}

  /**
   * A class beside the agent's own: a {@link Skill}, or one with a public method {@code Object
   * execute(Map<String, Object>)}, which need not know of us.
   */
  record OfClass(SkillName name, String implementation) implements SkillSpec {}

  /**
   * A folder on the worker's machine with a {@code SKILL.md}, or with the manifest of a process.
   *
   * @param path absolute
   */
  record OfFolder(SkillName name, String path) implements SkillSpec {}
}
