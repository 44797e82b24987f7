package io.nanoswarm.blackboard;

/** A named region of a blackboard. Stored by name. */
public enum Section {
  /** One entry, {@code context.md}: the goal, the workspace, the plan. */
  CONTEXT("context.md"),
  FINDINGS("findings"),
  DESIGNS("designs"),
  CRITIQUES("critiques"),
  /** The answer. */
  FINAL("final");

  private final String folder;

  Section(String folder) {
    this.folder = folder;
  }

  /** What the section is called in paths and in the mirrored folder tree. */
  public String folder() {
    return folder;
  }
}
