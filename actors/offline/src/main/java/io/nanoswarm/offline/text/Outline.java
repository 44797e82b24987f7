package io.nanoswarm.offline.text;

import io.nanoswarm.offline.text.Line.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the stretches of a file are called: by heading in prose, by type and function in code. */
final class Outline {
  private static final Pattern TYPE =
      Pattern.compile(
          "^[\\w@\\s()\".,<>?-]*\\b(?:class|interface|record|enum|trait|object|struct|impl)\\s+([A-Za-z_]\\w*).*");
  private static final Pattern NAMED =
      Pattern.compile(".*?\\b(?:def|func|function|fn|fun|sub)\\s+([A-Za-z_]\\w*).*");
  private static final Pattern METHOD =
      Pattern.compile(
          "\\s*(?:@\\w+\\s+)*(?:[\\w.<>\\[\\],?&*]+\\s+)*?(?:[\\w.<>\\[\\],?&*]+\\s+)([A-Za-z_]\\w*)\\s*\\([^=]*");
  private static final Set<String> NOT_A_METHOD =
      Set.of(
          "return", "new", "throw", "if", "for", "while", "switch", "catch", "else", "case",
          "assert", "yield", "await", "in", "and", "or", "not", "elif", "try", "do");

  private final String fileName;
  private final boolean namesByCode;
  private final List<Line> lines;
  private final List<String> scope = new ArrayList<>();

  Outline(String path, List<Line> lines) {
    this.fileName = path.substring(path.lastIndexOf('/') + 1);
    this.namesByCode = Language.of(path) != Language.HTML;
    this.lines = lines;
    record Level(int indentation, String name) {}
    Deque<Level> open = new ArrayDeque<>();
    String heading = "";
    for (Line line : lines) {
      if (line.kind() == Kind.HEADING) {
        heading = line.prose();
      } else if (isNaming(line)) {
        Matcher type = TYPE.matcher(line.text());
        if (type.matches()) {
          while (!open.isEmpty() && open.peek().indentation() >= line.indentation()) {
            open.pop();
          }
          open.push(new Level(line.indentation(), type.group(1)));
        }
      }
      scope.add(open.isEmpty() ? heading : open.peek().name());
      if (closes(line) && !open.isEmpty() && line.indentation() <= open.peek().indentation()) {
        open.pop();
      }
    }
  }

  /** The name of the lines from {@code first}, inclusive, to {@code last}, exclusive. */
  String name(int first, int last) {
    String type = scope.get(first);
    for (int i = first; i < last; i++) {
      Line line = lines.get(i);
      if (line.kind() == Kind.HEADING) {
        return line.prose();
      }
      if (isNaming(line)) {
        if (!scope.get(i).equals(type)) {
          return scope.get(i);
        }
        String method = method(line.text());
        if (!method.isEmpty()) {
          return type.isEmpty() || type.equals(method) ? method : type + "." + method;
        }
      }
    }
    return type.isEmpty() ? fileName : type;
  }

  private boolean isNaming(Line line) {
    return namesByCode && line.kind() == Kind.CODE && line.text().length() < 300;
  }

  private static boolean closes(Line line) {
    return line.kind() == Kind.CODE && line.text().strip().startsWith("}");
  }

  private static String method(String text) {
    Matcher named = NAMED.matcher(text);
    if (named.matches()) {
      return named.group(1);
    }
    String stripped = text.strip();
    int space = stripped.indexOf(' ');
    if (space < 0 || NOT_A_METHOD.contains(stripped.substring(0, space))) {
      return "";
    }
    Matcher method = METHOD.matcher(text);
    return method.matches() && !NOT_A_METHOD.contains(method.group(1)) ? method.group(1) : "";
  }
}
