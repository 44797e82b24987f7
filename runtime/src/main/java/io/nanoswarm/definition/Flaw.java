package io.nanoswarm.definition;

/**
 * Something that is wrong with a definition.
 *
 * @param at where it stands, as {@code agents.reviewer.heap} or {@code plan.read.after[1]}
 * @param text what was found, what was expected, and a suggestion if there is one
 */
public record Flaw(String at, String text) {
  @Override
  public String toString() {
    return at.isEmpty() ? text : at + ": " + text;
  }
}
