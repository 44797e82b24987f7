package io.nanoswarm.offline.imports;

import java.util.ArrayList;
import java.util.List;

/**
 * Blanks the comments of a file, and leaves its strings. Knows the quotes of the language just well
 * enough not to take a string for a comment.
 */
final class Comments {
  private final boolean singleQuotes;
  private final boolean backquotes;
  private boolean inComment;
  private boolean inBackquotes;
  private boolean inTextBlock;

  private Comments(boolean singleQuotes, boolean backquotes) {
    this.singleQuotes = singleQuotes;
    this.backquotes = backquotes;
  }

  /** Of a language with {@code //} and {@code /*}. */
  static List<String> blanked(SourceLanguage language, List<String> lines) {
    boolean single = language != SourceLanguage.RUST && language != SourceLanguage.C;
    boolean back = language == SourceLanguage.SCRIPT || language == SourceLanguage.GO;
    var comments = new Comments(single, back);
    var blanked = new ArrayList<String>(lines.size());
    for (String line : lines) {
      blanked.add(comments.blank(line));
    }
    return blanked;
  }

  private String blank(String line) {
    boolean plain =
        !inComment
            && !inBackquotes
            && !inTextBlock
            && line.indexOf('/') < 0
            && line.indexOf('"') < 0
            && line.indexOf('`') < 0;
    if (plain) {
      return line;
    }
    var kept = new StringBuilder(line.length());
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (inComment) {
        if (line.startsWith("*/", i)) {
          inComment = false;
          i++;
        }
      } else if (inTextBlock) {
        if (line.startsWith("\"\"\"", i)) {
          inTextBlock = false;
          i += 2;
        }
      } else if (inBackquotes || quote != 0) {
        kept.append(c);
        if (c == '\\' && i + 1 < line.length()) {
          kept.append(line.charAt(++i));
        } else if (inBackquotes ? c == '`' : c == quote) {
          inBackquotes = false;
          quote = 0;
        }
      } else if (line.startsWith("//", i)) {
        break;
      } else if (line.startsWith("/*", i)) {
        inComment = true;
        i++;
      } else if (line.startsWith("\"\"\"", i)) {
        inTextBlock = true;
        i += 2;
      } else {
        if (c == '"' || (c == '\'' && singleQuotes)) {
          quote = c;
        } else if (c == '`' && backquotes) {
          inBackquotes = true;
        }
        kept.append(c);
      }
    }
    return kept.toString();
  }
}
