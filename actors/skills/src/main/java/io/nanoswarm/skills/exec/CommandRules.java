package io.nanoswarm.skills.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which commands are run: nanobot's rules, which catch accidents and stop nobody who means it.
 *
 * <p>A command that is allowed by name is run. Else one that is denied is not, and where some are
 * allowed, nothing else is.
 */
final class CommandRules {
  private static final List<String> ALWAYS_DENIED =
      List.of(
          "\\brm\\s+-[rf]{1,2}\\b",
          "\\bdel\\s+/[fq]\\b",
          "\\brmdir\\s+/s\\b",
          "(?:^|[;&|]\\s*)format(?!=)\\b",
          "\\b(mkfs|diskpart)\\b",
          "\\bdd\\s+if=",
          ">\\s*/dev/sd",
          "\\b(shutdown|reboot|poweroff)\\b",
          ":\\(\\)\\s*\\{.*\\};\\s*:");

  private final List<Pattern> allow;
  private final List<Pattern> deny;

  CommandRules(List<String> allow, List<String> deny) {
    this.allow = allow.stream().map(Pattern::compile).toList();
    this.deny = Stream.concat(deny.stream(), ALWAYS_DENIED.stream()).map(Pattern::compile).toList();
  }

  /** Why the command is not run, if it is not. */
  Optional<String> refusal(String command) {
    String lower = command.strip().toLowerCase(Locale.ROOT);
    if (allowed(lower)) {
      return Optional.empty();
    }
    if (deny.stream().anyMatch(pattern -> pattern.matcher(lower).find())) {
      return Optional.of("Command blocked by deny pattern filter");
    }
    return allow.isEmpty()
        ? Optional.empty()
        : Optional.of("Command blocked by allowlist filter (not in allowlist)");
  }

  /** What is chained to something allowed is not allowed with it. */
  private boolean allowed(String command) {
    var parts = parts(command);
    return !parts.isEmpty()
        && parts.stream()
            .allMatch(part -> allow.stream().anyMatch(pattern -> pattern.matcher(part).matches()));
  }

  /** The commands of a chain, as a shell would take them apart at the top. */
  static List<String> parts(String command) {
    var parts = new ArrayList<String>();
    var part = new StringBuilder();
    char quote = 0;
    int depth = 0;
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      if (c == '\\' && quote != '\'' && i + 1 < command.length()) {
        part.append(c).append(command.charAt(++i));
      } else if (quote != 0) {
        part.append(c);
        quote = c == quote ? 0 : quote;
      } else if (c == '\'' || c == '"' || c == '`') {
        part.append(c);
        quote = c;
      } else if (c == '(' || (c == ')' && depth > 0)) {
        part.append(c);
        depth += c == '(' ? 1 : -1;
      } else if (depth == 0 && separates(command, i)) {
        add(part, parts);
        boolean two =
            i + 1 < command.length() && command.charAt(i + 1) == c && "&|".indexOf(c) >= 0;
        i += two ? 1 : 0;
      } else {
        part.append(c);
      }
    }
    add(part, parts);
    return parts;
  }

  /** A line's end does; an ampersand that belongs to a redirection does not. */
  private static boolean separates(String command, int at) {
    char c = command.charAt(at);
    if (c == '&') {
      boolean redirects =
          (at > 0 && "<>".indexOf(command.charAt(at - 1)) >= 0) || command.startsWith("&>", at);
      return !redirects;
    }
    return ";|\n\r".indexOf(c) >= 0;
  }

  private static void add(StringBuilder part, List<String> parts) {
    String text = part.toString().strip();
    if (!text.isEmpty()) {
      parts.add(text);
    }
    part.setLength(0);
  }
}
