package io.nanoswarm.offline.imports;

/**
 * One file depends on another, or points to it.
 *
 * @param from path of the file that says so
 * @param to path of another file, or of a folder if it ends with {@code /}
 * @param line where it is said, in {@code from}
 */
public record Link(String from, String to, int line) {
  public boolean toFolder() {
    return to.endsWith("/");
  }
}
