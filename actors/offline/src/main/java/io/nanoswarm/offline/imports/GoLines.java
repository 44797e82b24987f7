package io.nanoswarm.offline.imports;

import io.nanoswarm.offline.imports.FileFacts.Named;
import io.nanoswarm.offline.imports.FileFacts.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the imports of Go, one by one or in a block. */
final class GoLines {
  private static final Pattern PACKAGE = Pattern.compile("^package\\s+(\\w+)");
  private static final Pattern ONE = Pattern.compile("^import\\s+(?:[\\w.]+\\s+)?\"([^\"]+)\"");
  private static final Pattern INSIDE = Pattern.compile("^\\s*(?:[\\w.]+\\s+)?\"([^\"]+)\"");
  private static final Pattern MAIN = Pattern.compile("^func\\s+main\\s*\\(");

  private GoLines() {}

  static FileFacts read(List<String> lines) {
    String space = "";
    boolean inside = false;
    var imports = new ArrayList<Named>();
    var starts = new ArrayList<Start>();
    List<String> code = Comments.blanked(SourceLanguage.GO, lines);
    for (int i = 0; i < code.size(); i++) {
      String line = code.get(i);
      Matcher declared = PACKAGE.matcher(line);
      Matcher imported = (inside ? INSIDE : ONE).matcher(line);
      if (space.isEmpty() && declared.find()) {
        space = declared.group(1);
      } else if (imported.find()) {
        imports.add(new Named(imported.group(1), i + 1));
      } else if (line.startsWith("import")) {
        inside = line.indexOf('(') >= 0;
      } else if (inside && line.indexOf(')') >= 0) {
        inside = false;
      } else if (space.equals("main") && MAIN.matcher(line).find()) {
        starts.add(new Start("Go main", "", i + 1));
      }
    }
    return new FileFacts(space, List.of(), imports, List.of(), starts);
  }
}
