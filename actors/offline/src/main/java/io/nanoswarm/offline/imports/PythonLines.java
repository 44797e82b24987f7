package io.nanoswarm.offline.imports;

import io.nanoswarm.offline.imports.FileFacts.Named;
import io.nanoswarm.offline.imports.FileFacts.Start;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the imports of Python: {@code from a.b import c} needs {@code a.b.c}, which may be a module
 * or a name in {@code a.b}.
 */
final class PythonLines {
  private static final Pattern IMPORT = Pattern.compile("^\\s*import\\s+([\\w., ]+)");
  private static final Pattern FROM =
      Pattern.compile("^\\s*from\\s+(\\.*[\\w.]*)\\s+import\\s+(.*)");
  private static final Pattern MAIN =
      Pattern.compile("^if\\s+__name__\\s*==\\s*['\"]__main__['\"]");
  private static final Pattern NAME = Pattern.compile("^[\\w*]+");
  private static final Pattern QUOTES = Pattern.compile("\"\"\"|'''");

  private final List<Named> imports = new ArrayList<>();
  private final List<Start> starts = new ArrayList<>();

  /** What an import over several lines is from; null outside of one. */
  private @Nullable String open;

  private PythonLines() {}

  static FileFacts read(List<String> lines) {
    var python = new PythonLines();
    boolean inText = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      boolean wasInText = inText;
      if (line.indexOf("\"\"\"") >= 0 || line.indexOf("'''") >= 0) {
        inText ^= QUOTES.matcher(line).results().count() % 2 == 1;
      }
      if (!wasInText) {
        int comment = line.indexOf('#');
        python.line(comment < 0 ? line : line.substring(0, comment), i + 1);
      }
    }
    return new FileFacts("", List.of(), python.imports, List.of(), python.starts);
  }

  private void line(String line, int number) {
    if (open != null) {
      members(open, line, number);
      if (line.indexOf(')') >= 0) {
        open = null;
      }
      return;
    }
    Matcher from = FROM.matcher(line);
    if (from.matches()) {
      members(from.group(1), from.group(2), number);
      if (from.group(2).startsWith("(") && from.group(2).indexOf(')') < 0) {
        open = from.group(1);
      }
      return;
    }
    Matcher plain = IMPORT.matcher(line);
    if (plain.find()) {
      for (String each : plain.group(1).split(",", -1)) {
        String name = each.strip().split(" ", 2)[0];
        if (!name.isEmpty()) {
          imports.add(new Named(name, number));
        }
      }
    } else if (MAIN.matcher(line).find()) {
      starts.add(new Start("Python script", "", number));
    }
  }

  private void members(String from, String list, int number) {
    boolean any = false;
    for (String each : list.replace("(", "").replace(")", "").split(",", -1)) {
      Matcher name = NAME.matcher(each.strip());
      if (name.find()) {
        any = true;
        String separator = from.endsWith(".") || from.isEmpty() ? "" : ".";
        imports.add(new Named(from + separator + name.group(), number));
      }
    }
    if (!any && !list.startsWith("(")) {
      imports.add(new Named(from, number));
    }
  }
}
