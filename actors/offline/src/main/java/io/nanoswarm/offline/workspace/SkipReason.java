package io.nanoswarm.offline.workspace;

import io.nanoswarm.blackboard.Place;
import io.nanoswarm.offline.document.UnreadableDocument;

/** Why something in a workspace is not read; the text is what people see. */
enum SkipReason {
  BINARY("binary"),
  BUILD_OUTPUT("build output"),
  EMPTY("empty"),
  EXCLUDED("the swarm's own data"),
  HIDDEN("hidden"),
  EXCLUDED_BY_USER("excluded by --exclude"),
  NOT_INCLUDED("not in --include"),
  IGNORED("ignored by .gitignore"),
  IGNORED_BY_IGNORE("ignored by .ignore"),
  IGNORED_BY_EXCLUDE("ignored by .git/info/exclude"),
  HUGE("larger than 1 MiB"),
  HUGE_PDF("PDF larger than 20 MiB"),
  ENCRYPTED_PDF("encrypted PDF"),
  DAMAGED_PDF("damaged PDF"),
  EMPTY_PDF("PDF with no text in it"),
  EXCESSIVE_PDF("PDF with too much in it"),
  LINK("symbolic link"),
  SPECIAL("not a regular file"),
  ENCODING("unknown encoding"),
  UNREADABLE("unreadable");

  private final String text;

  SkipReason(String text) {
    this.text = text;
  }

  static SkipReason huge(String path) {
    return Place.hasPages(path) ? HUGE_PDF : HUGE;
  }

  static SkipReason of(UnreadableDocument.Reason reason) {
    return switch (reason) {
      case ENCRYPTED -> ENCRYPTED_PDF;
      case DAMAGED -> DAMAGED_PDF;
      case NO_TEXT -> EMPTY_PDF;
      case TOO_MUCH -> EXCESSIVE_PDF;
    };
  }

  String text() {
    return text;
  }
}
