package io.nanoswarm.terminal;

import java.util.regex.Pattern;

/** A line of code in quiet colours: comments stand back, texts in quotes stand out a little. */
final class QuietCode {
  private static final Pattern PART =
      Pattern.compile(
          "(?<comment>^\\s*(?:/?\\*|#|--\\s|//|<!--).*|(?<=\\s)(?://|#\\s).*)"
              + "|(?<quoted>\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.){1,40}')");

  private QuietCode() {}

  static Line add(Line line, String code) {
    var parts = PART.matcher(code);
    int at = 0;
    while (parts.find()) {
      line.text(code.substring(at, parts.start()));
      line.text(parts.group("comment") != null ? Tone.DIM : Tone.QUOTED, parts.group());
      at = parts.end();
    }
    return line.text(code.substring(at));
  }
}
