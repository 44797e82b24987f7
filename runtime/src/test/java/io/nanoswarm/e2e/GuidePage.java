package io.nanoswarm.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a page of the documentation has its reader do, in order. */
final class GuidePage {
  private static final Pattern FILE = Pattern.compile("`(\\S+\\.(?:java|yaml))`");
  private static final Pattern REMARK = Pattern.compile("<!-- (says|waits|ended) (.+) -->");
  private static final Pattern FENCE = Pattern.compile("```(\\w*)");

  /** One thing to do, or to see. */
  sealed interface Step {}

  record Write(String file, String text) implements Step {}

  /**
   * @param until what it prints before it waits for what is done elsewhere; null if it just ends
   */
  record Run(String script, @Nullable String until) implements Step {}

  /** What ran last has printed this. */
  record Says(String text) implements Step {}

  /** What waited has ended, and printed this. */
  record Ended(String text) implements Step {}

  private final List<Step> steps = new ArrayList<>();
  private @Nullable String file;

  private GuidePage() {}

  /**
   * @throws IllegalArgumentException if a block belongs to no file, or a remark to no block
   */
  static List<Step> steps(String page) {
    var guide = new GuidePage();
    var lines = page.lines().iterator();
    while (lines.hasNext()) {
      String line = lines.next();
      var fence = FENCE.matcher(line);
      if (fence.matches()) {
        var block = new StringBuilder();
        for (String inside = lines.next(); !inside.equals("```"); inside = lines.next()) {
          block.append(inside).append('\n');
        }
        guide.block(fence.group(1), block.toString());
      } else {
        guide.line(line);
      }
    }
    return List.copyOf(guide.steps);
  }

  private void line(String line) {
    var named = FILE.matcher(line);
    var remark = REMARK.matcher(line);
    if (named.matches()) {
      file = named.group(1);
    } else if (remark.matches()) {
      remark(remark.group(1), remark.group(2));
    }
  }

  private void block(String language, String text) {
    if (language.equals("bash")) {
      steps.add(new Run(text, null));
    } else if (file != null) {
      steps.add(new Write(file, text));
      file = null;
    } else {
      throw new IllegalArgumentException("no file is named for the block:\n" + text);
    }
  }

  private void remark(String word, String text) {
    switch (word) {
      case "says" -> steps.add(new Says(text));
      case "ended" -> steps.add(new Ended(text));
      default -> {
        if (!(steps.removeLast() instanceof Run(var script, _))) {
          throw new IllegalArgumentException("nothing runs that could wait with: " + text);
        }
        steps.add(new Run(script, text));
      }
    }
  }
}
