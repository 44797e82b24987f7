package io.nanoswarm.offline.imports;

import io.nanoswarm.offline.imports.FileFacts.Named;
import io.nanoswarm.offline.imports.FileFacts.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the imports of JavaScript and TypeScript, old and new. */
final class ScriptLines {
  private static final Pattern FROM =
      Pattern.compile(
          "(?:\\bfrom\\s*|\\bimport\\s*\\(?\\s*|\\brequire\\s*\\(\\s*)([\"'`])([^\"'`$]+)\\1");

  private ScriptLines() {}

  static FileFacts read(List<String> lines) {
    var imports = new ArrayList<Named>();
    var starts = new ArrayList<Start>();
    if (!lines.isEmpty() && lines.getFirst().startsWith("#!")) {
      starts.add(new Start("script", "", 1));
    }
    List<String> code = Comments.blanked(SourceLanguage.SCRIPT, lines);
    for (int i = 0; i < code.size(); i++) {
      String line = code.get(i);
      if (line.length() > 2000 || (line.indexOf('\'') < 0 && line.indexOf('"') < 0)) {
        continue;
      }
      Matcher from = FROM.matcher(line);
      while (from.find()) {
        imports.add(new Named(from.group(2), i + 1));
      }
    }
    return new FileFacts("", List.of(), imports, List.of(), starts);
  }
}
