package io.nanoswarm.offline.text;

/**
 * One line of a file and what it is.
 *
 * @param text as it stands in the file
 * @param prose what it says to people, without marks of comments; empty if it says nothing; of code
 *     in HTML, what it says to the machine
 */
record Line(Kind kind, String text, String prose) {
  enum Kind {
    BLANK,
    HEADING,
    PROSE,
    CODE,
    /** Licences, imports and lines no person wrote: not searched. */
    NOISE
  }

  /** Documents with pages have very many of it. */
  static final Line EMPTY = new Line(Kind.BLANK, "", "");

  int indentation() {
    int width = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != ' ' && c != '\t') {
        break;
      }
      width += c == '\t' ? 4 : 1;
    }
    return width;
  }
}
