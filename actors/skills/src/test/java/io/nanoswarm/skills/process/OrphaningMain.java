package io.nanoswarm.skills.process;

import java.nio.file.Path;

/** A JVM that has a skill's process running, and waits to be killed. */
final class OrphaningMain {
  private OrphaningMain() {}

  public static void main(String[] args) throws Exception {
    var skill = new SkillFolder(Path.of(args[0]), Path.of(args[1])).load();
    System.out.println(SkillFolder.text(SkillFolder.call(skill, "{}")));
    Thread.currentThread().join();
  }
}
