package io.nanoswarm.blackboard;

/**
 * A quotation that a statement rests on.
 *
 * @param path of the file, relative to the workspace, with {@code /} between folders
 * @param firstLine from 1
 * @param lastLine at least {@code firstLine}
 * @param quote the lines as they stand there, joined by line feeds
 */
public record Evidence(String path, int firstLine, int lastLine, String quote) {
  public Evidence {
    if (firstLine < 1 || lastLine < firstLine) {
      throw new IllegalArgumentException(
          "lines: %d to %d of %s (expected: 1 <= first <= last)"
              .formatted(firstLine, lastLine, path));
    }
  }

  /** The place as editors and terminals know it: {@code path:line}; see {@link Place}. */
  public String place() {
    return new Place(path, firstLine).text();
  }
}
