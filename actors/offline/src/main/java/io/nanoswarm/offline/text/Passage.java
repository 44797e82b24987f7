package io.nanoswarm.offline.text;

/**
 * A stretch of a file that belongs together: a function with its comment, a section, a paragraph.
 *
 * @param first line, from 1
 * @param last line, at most 39 after the first
 * @param name what it is called there, as {@code HashMap.resize} or {@code Nodes}; the file's name
 *     if it has none
 */
public record Passage(int first, int last, String name) {
  public static final int MAX_LINES = 40;
}
