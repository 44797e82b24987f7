package io.nanoswarm.offline.imports;

import io.nanoswarm.offline.imports.FileFacts.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the links of Markdown to other files, examples in fences left out. */
final class LinkLines {
  private static final Pattern LINK = Pattern.compile("\\]\\(\\s*<?([^)\\s>]+)");
  private static final Pattern REFERENCE =
      Pattern.compile("^\\s{0,3}\\[[^\\]]+\\]:\\s*<?([^\\s>]+)");
  private static final Pattern SCHEME = Pattern.compile("^[a-zA-Z][\\w+.-]*:|^#|^//");

  private LinkLines() {}

  static FileFacts read(List<String> lines) {
    var imports = new ArrayList<Named>();
    boolean inFence = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String stripped = line.stripLeading();
      if (stripped.startsWith("```") || stripped.startsWith("~~~")) {
        inFence = !inFence;
      } else if (!inFence && line.indexOf(']') >= 0) {
        add(LINK.matcher(line), i + 1, imports);
        add(REFERENCE.matcher(line), i + 1, imports);
      }
    }
    return new FileFacts("", List.of(), imports, List.of(), List.of());
  }

  private static void add(Matcher link, int line, List<Named> imports) {
    while (link.find()) {
      String target = link.group(1).split("[#?]", 2)[0];
      if (!target.isEmpty() && !SCHEME.matcher(link.group(1)).find()) {
        imports.add(new Named(target.replace("%20", " "), line));
      }
    }
  }
}
