package io.nanoswarm.skill;

/** Makes skills from what a spec says of them, on the worker that hosts the agent. */
@FunctionalInterface
public interface SkillLoader {

  /**
   * Does not run the skill. One whose needs are not met here is loaded all the same: it says so
   * when it is called.
   *
   * @param code finds classes of the agent's own code
   * @throws NoSuchSkill if there is none; trying again is pointless
   */
  Skill load(SkillSpec spec, ClassLoader code) throws NoSuchSkill;
}
