package io.nanoswarm.offline.imports;

import io.nanoswarm.offline.imports.FileFacts.Named;
import io.nanoswarm.offline.imports.FileFacts.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the modules that Rust declares, as {@code mod name}, and the paths that it uses, braces
 * spread out.
 */
final class RustLines {
  private static final String VISIBLE = "^\\s*(?:pub(?:\\([^)]*\\))?\\s+)?";
  private static final Pattern MOD = Pattern.compile(VISIBLE + "mod\\s+(\\w+)\\s*;");
  private static final Pattern USE = Pattern.compile(VISIBLE + "use\\s+(.*)");
  private static final Pattern MAIN = Pattern.compile(VISIBLE + "(?:async\\s+)?fn\\s+main\\s*\\(");
  private static final int LONGEST_USE = 60;

  private RustLines() {}

  static FileFacts read(List<String> lines) {
    var imports = new ArrayList<Named>();
    var starts = new ArrayList<Start>();
    List<String> code = Comments.blanked(SourceLanguage.RUST, lines);
    for (int i = 0; i < code.size(); i++) {
      String line = code.get(i);
      Matcher mod = MOD.matcher(line);
      Matcher use = USE.matcher(line);
      if (mod.find()) {
        imports.add(new Named("mod " + mod.group(1), i + 1));
      } else if (use.find()) {
        var whole = new StringBuilder(use.group(1));
        for (int j = i + 1; j < code.size() && j < i + LONGEST_USE && whole.indexOf(";") < 0; j++) {
          whole.append(code.get(j));
        }
        int end = whole.indexOf(";");
        spread("", whole.substring(0, end < 0 ? whole.length() : end), i + 1, imports);
      } else if (MAIN.matcher(line).find()) {
        starts.add(new Start("Rust main", "", i + 1));
      }
    }
    return new FileFacts("", List.of(), imports, List.of(), starts);
  }

  private static void spread(String before, String tree, int line, List<Named> imports) {
    int depth = 0;
    int from = 0;
    for (int i = 0; i <= tree.length(); i++) {
      char c = i < tree.length() ? tree.charAt(i) : ',';
      if (c == '{') {
        depth++;
      } else if (c == '}') {
        depth--;
      } else if (c == ',' && depth <= 0) {
        branch(before, tree.substring(from, i).strip(), line, imports);
        from = i + 1;
      }
    }
  }

  private static void branch(String before, String branch, int line, List<Named> imports) {
    int brace = branch.indexOf('{');
    if (branch.isEmpty()) {
      return;
    }
    if (brace < 0) {
      imports.add(new Named(before + branch.split("\\s", 2)[0], line));
      return;
    }
    int end = branch.lastIndexOf('}');
    spread(
        before + branch.substring(0, brace).strip(),
        branch.substring(brace + 1, Math.max(brace + 1, end)),
        line,
        imports);
  }
}
