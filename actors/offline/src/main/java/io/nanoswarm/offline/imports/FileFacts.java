package io.nanoswarm.offline.imports;

import java.util.List;

/**
 * What one file says of itself and of others, in its own words. It follows from the file's path and
 * content alone.
 *
 * @param space the package or namespace that it declares; empty if it declares none
 * @param names what it declares at its top, where others import single names
 * @param imports what it says it needs
 * @param uses names it mentions that may be declared beside it, each with its first line; just for
 *     languages that need no import for those
 * @param starts where programs begin in it
 */
public record FileFacts(
    String space, List<String> names, List<Named> imports, List<Named> uses, List<Start> starts) {
  static final FileFacts NONE = new FileFacts("", List.of(), List.of(), List.of(), List.of());

  /** A name, and the line that it stands in. */
  public record Named(String name, int line) {}

  /**
   * Where a program begins.
   *
   * @param kind as {@code Java main}
   * @param name what is started; empty if it is called like its file
   */
  public record Start(String kind, String name, int line) {}

  public FileFacts {
    names = List.copyOf(names);
    imports = List.copyOf(imports);
    uses = List.copyOf(uses);
    starts = List.copyOf(starts);
  }
}
