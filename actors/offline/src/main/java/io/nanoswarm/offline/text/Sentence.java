package io.nanoswarm.offline.text;

/**
 * A sentence that stands in a file.
 *
 * @param text without marks of comments and tags, on one line
 * @param line where it begins
 */
public record Sentence(String text, int line) {}
