package io.nanoswarm.offline.workspace;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.ignore.IgnoreNode;

/**
 * Which files of a workspace are wanted, by patterns as {@code .gitignore} has them: {@code *.md}
 * at any depth, {@code docs/} with all that is in it, {@code /src/**}{@code /*.java} from the
 * workspace on.
 *
 * <p>Guarantees: a file is wanted if a pattern of {@code include} matches it or a folder around it,
 * or there is none, and no pattern of {@code exclude} does. What is passed over for other reasons
 * is not brought back.
 */
public record FileChoice(List<String> include, List<String> exclude) {
  public static final FileChoice ALL = new FileChoice(List.of(), List.of());

  public FileChoice {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  /** What is wrong with a pattern, and what to do; empty if it is one. */
  public static Optional<String> problem(String pattern) {
    if (pattern.isBlank() || pattern.strip().equals("/")) {
      return Optional.of("is empty");
    }
    if (pattern.startsWith("!")) {
      return Optional.of("cannot be turned round; use --include and --exclude");
    }
    if (pattern.startsWith("#")) {
      return Optional.of("is a comment; write \\# for a name that begins so");
    }
    if (pattern.endsWith("\\")) {
      return Optional.of("ends with a backslash; write / between folders");
    }
    if (List.of(pattern.split("/")).contains("..") || pattern.contains("\n")) {
      return Optional.of("leads out of the workspace");
    }
    return hasOpenBracket(pattern) ? Optional.of("has [ without ]") : Optional.empty();
  }

  private static boolean hasOpenBracket(String pattern) {
    int open = -1;
    for (int i = 0; i < pattern.length(); i++) {
      char each = pattern.charAt(i);
      if (each == '\\') {
        i++;
      } else if (each == '[' && open < 0) {
        open = i;
      } else if (each == ']' && open >= 0 && i > open + 1) {
        open = -1;
      }
    }
    return open >= 0;
  }

  /** The patterns, ready to be matched with the paths of one scan. */
  Matcher matcher() throws WorkspaceProblem {
    return new Matcher(rules("--include", include), rules("--exclude", exclude), include.isEmpty());
  }

  private static IgnoreNode rules(String option, List<String> patterns) throws WorkspaceProblem {
    for (String each : patterns) {
      Optional<String> problem = problem(each);
      if (problem.isPresent()) {
        throw new WorkspaceProblem(
            "%s '%s' %s".formatted(option, each, problem.get()),
            "patterns are those of .gitignore, as *.md, docs/ or src/**/*.java");
      }
    }
    var rules = new IgnoreNode();
    try {
      rules.parse(
          new ByteArrayInputStream(String.join("\n", patterns).getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot be read", e);
    }
    return rules;
  }

  /** Decides by paths relative to the workspace. */
  record Matcher(IgnoreNode include, IgnoreNode exclude, boolean all) {
    boolean excludes(String path, boolean isFolder) {
      return Boolean.TRUE.equals(exclude.checkIgnored(path, isFolder));
    }

    boolean includes(String file) {
      if (all) {
        return true;
      }
      boolean isFolder = false;
      for (String path = file; !path.isEmpty(); path = parent(path)) {
        if (Boolean.TRUE.equals(include.checkIgnored(path, isFolder))) {
          return true;
        }
        isFolder = true;
      }
      return false;
    }

    private static String parent(String path) {
      return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
  }

  @Override
  public String toString() {
    var text = new StringBuilder();
    include.forEach(each -> text.append(" --include '").append(each).append('\''));
    exclude.forEach(each -> text.append(" --exclude '").append(each).append('\''));
    return text.toString().strip();
  }
}
