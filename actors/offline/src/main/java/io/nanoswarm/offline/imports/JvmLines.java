package io.nanoswarm.offline.imports;

import io.nanoswarm.offline.imports.FileFacts.Named;
import io.nanoswarm.offline.imports.FileFacts.Start;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Kotlin and Scala line by line, and Java where the runtime has no compiler. */
final class JvmLines {
  private static final Pattern SPACE = Pattern.compile("^\\s*package\\s+([\\w.`]+)");
  private static final Pattern IMPORT =
      Pattern.compile(
          "^\\s*import\\s+(?:static\\s+)?([\\w`$]+(?:\\.[\\w`$]+)*(?:\\.\\*)?)(\\.\\{[^}]*\\})?");
  private static final Pattern TYPE =
      Pattern.compile(
          "^(?:[\\w@()]+\\s+)*?(?:class|interface|@interface|record|enum|object|trait|typealias|type)\\s+(?:class\\s+)?(\\w+)");
  private static final Pattern TOP =
      Pattern.compile(
          "^(?:(?:public|internal|inline|suspend|const|lateinit|private|operator|infix)\\s+)*(?:fun|val|var|def)\\s+(?:<[^>]*>\\s*)?(?:[\\w<>]+\\.)?(\\w+)");
  private static final Pattern MAIN =
      Pattern.compile(
          "\\bstatic\\s+(?:final\\s+)?void\\s+main\\s*\\(\\s*(?:final\\s+)?String|^\\s*(?:suspend\\s+)?fun\\s+main\\s*\\(|\\bdef\\s+main\\s*\\(|^\\s*@main\\b|\\bobject\\s+\\w+\\s+extends\\s+(?:\\w+\\s+with\\s+)*App\\b");
  private static final Pattern CAPITAL = Pattern.compile("(?<![\\w.\"$])[A-Z]\\w*");
  private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");

  private JvmLines() {}

  static FileFacts read(SourceLanguage language, List<String> lines) {
    String space = "";
    var names = new ArrayList<String>();
    var imports = new ArrayList<Named>();
    var starts = new ArrayList<Start>();
    Map<String, Integer> uses = new LinkedHashMap<>();
    List<String> code = Comments.blanked(language, lines);
    for (int i = 0; i < code.size(); i++) {
      String line = STRING.matcher(code.get(i)).replaceAll("\"\"");
      Matcher declared = SPACE.matcher(line);
      Matcher imported = IMPORT.matcher(line);
      if (names.isEmpty() && declared.find()) {
        space = joined(space, declared.group(1));
      } else if (imported.find()) {
        imports(imported, i + 1, imports);
      } else {
        top(line, language, names);
        if (MAIN.matcher(line).find()) {
          starts.add(new Start(kind(language), names.isEmpty() ? "" : names.getLast(), i + 1));
        }
        Matcher mentioned = CAPITAL.matcher(line);
        while (mentioned.find()) {
          uses.putIfAbsent(mentioned.group(), i + 1);
        }
      }
    }
    var mentioned = new ArrayList<Named>();
    uses.forEach((name, line) -> mentioned.add(new Named(name, line)));
    return new FileFacts(space, names, imports, mentioned, starts);
  }

  private static String joined(String outer, String inner) {
    String name = inner.replace("`", "");
    return outer.isEmpty() ? name : outer + "." + name;
  }

  private static void imports(Matcher imported, int line, List<Named> imports) {
    String target = imported.group(1).replace("`", "");
    target = target.endsWith("._") ? target.substring(0, target.length() - 1) + "*" : target;
    String several = imported.group(2);
    if (several == null) {
      imports.add(new Named(target, line));
      return;
    }
    for (String each : several.replaceAll("[.{}]", "").split(",", -1)) {
      String name = each.strip().split("\\s|=>", 2)[0];
      if (!name.isEmpty()) {
        imports.add(new Named(target + "." + (name.equals("_") ? "*" : name), line));
      }
    }
  }

  private static void top(String line, SourceLanguage language, List<String> names) {
    Matcher type = TYPE.matcher(line);
    if (type.find()) {
      names.add(type.group(1));
    } else if (language != SourceLanguage.JAVA) {
      Matcher other = TOP.matcher(line);
      if (other.find()) {
        names.add(other.group(1));
      }
    }
  }

  private static String kind(SourceLanguage language) {
    return switch (language) {
      case KOTLIN -> "Kotlin main";
      case SCALA -> "Scala main";
      case JAVA, PYTHON, SCRIPT, GO, RUST, C, MARKDOWN, OTHER -> "Java main";
    };
  }
}
