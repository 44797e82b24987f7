package io.nanoswarm.offline.imports;

import io.nanoswarm.offline.imports.FileFacts.Named;
import io.nanoswarm.offline.imports.FileFacts.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the includes of C and its kin. */
final class IncludeLines {
  private static final Pattern INCLUDE =
      Pattern.compile("^\\s*#\\s*(?:include|import)\\s*([\"<])([^\">]+)[\">]");
  private static final Pattern MAIN =
      Pattern.compile("^(?:extern\\s+\"C\"\\s+)?(?:int|void|auto)\\s+(?:w?main|WinMain)\\s*\\(");

  private IncludeLines() {}

  static FileFacts read(List<String> lines) {
    var imports = new ArrayList<Named>();
    var starts = new ArrayList<Start>();
    List<String> code = Comments.blanked(SourceLanguage.C, lines);
    for (int i = 0; i < code.size(); i++) {
      String line = code.get(i);
      Matcher include = INCLUDE.matcher(line);
      if (include.find()) {
        imports.add(new Named(include.group(1) + include.group(2), i + 1));
      } else if (MAIN.matcher(line).find()) {
        starts.add(new Start("C main", "", i + 1));
      }
    }
    return new FileFacts("", List.of(), imports, List.of(), starts);
  }
}
