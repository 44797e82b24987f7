package io.nanoswarm.node;

import com.typesafe.config.ConfigOrigin;

/** Where a value comes from, as people are told. */
final class SettingOrigin {
  static final String DEFAULT = "default";

  private SettingOrigin() {}

  /** {@code default}, a variable, {@code command line}, or a file and its line. */
  static String of(ConfigOrigin origin) {
    String text = origin.description();
    if (text.startsWith("$") || text.equals(LayeredSettings.COMMAND_LINE)) {
      return text;
    }
    if (text.startsWith("system properties")) {
      return "system property";
    }
    String file = origin.filename() != null ? origin.filename() : origin.resource();
    String name = file == null ? text : file;
    if (name.endsWith("reference.conf")) {
      return DEFAULT;
    }
    int layer = name.lastIndexOf("layers/");
    String shown = origin.resource() != null && layer >= 0 ? name.substring(layer) : name;
    return origin.lineNumber() > 0 ? shown + ":" + origin.lineNumber() : shown;
  }
}
