package io.nanoswarm.offline.workspace;

/** Why something in a workspace is not read; the text is what people see. */
enum SkipReason {
  BINARY("binary"),
  BUILD_OUTPUT("build output"),
  EMPTY("empty"),
  EXCLUDED("the swarm's own data"),
  HIDDEN("hidden"),
  IGNORED("ignored by .gitignore"),
  HUGE("larger than 1 MiB"),
  LINK("symbolic link"),
  SPECIAL("not a regular file"),
  ENCODING("unknown encoding"),
  UNREADABLE("unreadable");

  private final String text;

  SkipReason(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
