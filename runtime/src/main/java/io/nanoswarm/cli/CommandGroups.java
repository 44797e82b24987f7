package io.nanoswarm.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;

/** The list of commands in the help, in groups rather than one heap. */
final class CommandGroups implements IHelpSectionRenderer {
  private static final Map<String, List<String>> GROUPS = new LinkedHashMap<>();

  static {
    GROUPS.put(
        "Ask", List.of("run", "ask", "plan", "answer", "resume", "retry", "discard", "cancel"));
    GROUPS.put("Pace", List.of("pause", "unpause", "priority"));
    GROUPS.put(
        "Look",
        List.of("top", "sessions", "show", "dead", "watch", "blackboard", "agents", "skills"));
    GROUPS.put("Build", List.of("init", "new", "reload"));
    GROUPS.put("Keep", List.of("delete", "backup", "restore"));
    GROUPS.put("Run", List.of("up", "node", "nodes", "drain", "down"));
    GROUPS.put("Try", List.of("chaos", "load"));
    GROUPS.put("Set up", List.of("doctor", "config", "certs", "add-ons", "completion"));
  }

  @Override
  public String render(Help help) {
    if (help.subcommands().isEmpty()) {
      return "";
    }
    var text = new StringBuilder();
    GROUPS.forEach((title, names) -> {
      text.append(help.colorScheme().text("%n@|bold %s:|@%n".formatted(title)));
      for (var name : names) {
        var command = help.subcommands().get(name);
        if (command == null) {
          continue;
        }
        var header = command.commandSpec().usageMessage().header();
        text.append("  ")
            .append(help.colorScheme().commandText(name))
            .append(" ".repeat(13 - name.length()))
            .append(header.length > 0 ? header[0] : "")
            .append(System.lineSeparator());
      }
    });
    return text.toString();
  }
}
