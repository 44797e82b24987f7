package io.nanoswarm.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Texts that commands write for users, as they stand beside this class. */
final class Templates {
  private Templates() {}

  static String text(String name) {
    try (var in = Templates.class.getResourceAsStream("template/" + name)) {
      if (in == null) {
        throw new IllegalStateException("no template " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With every {@code {{word}}} in place of its value. */
  static String text(String name, Map<String, String> values) {
    String text = text(name);
    for (var each : values.entrySet()) {
      text = text.replace("{{" + each.getKey() + "}}", each.getValue());
    }
    return text;
  }
}
