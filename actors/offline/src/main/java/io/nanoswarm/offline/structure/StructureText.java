package io.nanoswarm.offline.structure;

import io.nanoswarm.offline.text.Markdown;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** A structure as Markdown of one or two screens. Pure. */
final class StructureText {
  private static final int MODULES = 24;
  private static final int ROW_NAMES = 6;
  private static final int PURPOSE = 110;

  private final Structure structure;
  private final StringBuilder text = new StringBuilder("# Structure\n\n");

  private StructureText(Structure structure) {
    this.structure = structure;
  }

  static String of(Structure structure) {
    var text = new StructureText(structure);
    text.modules();
    text.layers();
    text.around();
    text.entryPoints();
    text.cycles();
    text.central();
    return text.text.toString();
  }

  private void modules() {
    List<Structure.Module> modules = structure.modules();
    text.append(
        String.format(
            Locale.ROOT,
            "%,d files; %,d of them depend on another or are depended upon.\n\n",
            structure.files(),
            structure.linked()));
    if (modules.isEmpty()) {
      return;
    }
    text.append("| module | files | what it says of itself | depends on |\n|---|--:|---|---|\n");
    modules.stream()
        .sorted(Comparator.comparingInt(Structure.Module::files).reversed())
        .limit(MODULES)
        .sorted(Comparator.comparing(Structure.Module::path))
        .forEach(this::row);
    int more = modules.size() - MODULES;
    if (more > 0) {
      text.append("\nand %d smaller ones.\n".formatted(more));
    }
  }

  private void row(Structure.Module module) {
    List<String> below =
        structure.dependencies().stream()
            .filter(each -> each.from().equals(module.path()) && each.imports() > 0)
            .map(each -> "%s (%d)".formatted(each.to(), each.imports()))
            .toList();
    text.append(
        "| `%s` | %d | %s | %s |\n"
            .formatted(
                module.path(),
                module.files(),
                Markdown.cell(Markdown.shorten(module.purpose(), PURPOSE)),
                Markdown.cell(few(below))));
  }

  private static String few(List<String> names) {
    int more = names.size() - ROW_NAMES;
    return String.join(", ", names.stream().limit(ROW_NAMES).toList())
        + (more > 0 ? " and %d more".formatted(more) : "");
  }

  /** Highest first, as one draws it: whoever stands above may use what stands below. */
  private void layers() {
    var connected = new HashSet<String>();
    for (Structure.Dependency each : structure.dependencies()) {
      connected.add(each.from());
      connected.add(each.to());
    }
    var layers = new TreeMap<Integer, List<String>>();
    for (Structure.Module each : structure.modules()) {
      if (connected.contains(each.path())) {
        layers.computeIfAbsent(each.layer(), _ -> new ArrayList<>()).add(each.path());
      }
    }
    if (layers.size() < 2 || structure.modules().size() > MODULES) {
      return;
    }
    text.append(
        "\nWhat stands higher depends on what stands lower, never the other way round; tests left"
            + " out:\n\n```text\n");
    layers.reversed().forEach((_, names) -> text.append(String.join("   ", names)).append('\n'));
    text.append("```\n");
  }

  private void around() {
    List<Structure.Neighbourhood> known =
        structure.around().stream()
            .filter(each -> !each.uses().isEmpty() || !each.usedBy().isEmpty())
            .toList();
    if (known.isEmpty()) {
      return;
    }
    text.append("\n## Around what was found\n\n");
    for (Structure.Neighbourhood each : known) {
      text.append("- `").append(each.path()).append("`\n");
      neighbours("uses", each.uses().stream().map(StructureText::used).toList(), each.moreUses());
      neighbours(
          "used by",
          each.usedBy().stream().map(user -> "`" + user.at() + "`").toList(),
          each.moreUsers());
    }
  }

  private void neighbours(String verb, List<String> others, int more) {
    if (!others.isEmpty()) {
      text.append("  - %s %s".formatted(verb, String.join(", ", others)));
      text.append(more > 0 ? " and %d more\n".formatted(more) : "\n");
    }
  }

  /** Where it is used stands in the file that the list is of. */
  private static String used(Structure.Neighbour other) {
    return "`%s` (line %d)".formatted(other.path(), other.at().line());
  }

  private void entryPoints() {
    if (structure.entryPoints().isEmpty()) {
      return;
    }
    text.append("\n## Where programs begin\n\n");
    for (Structure.EntryPoint each : structure.entryPoints()) {
      text.append("- **%s** (%s), `%s`\n".formatted(each.name(), each.kind(), each.at()));
    }
    more(structure.omitted().entryPoints(), "of them");
  }

  private void cycles() {
    if (structure.cycles().isEmpty()) {
      return;
    }
    text.append("\n## Circles\n\n");
    for (Structure.Cycle each : structure.cycles()) {
      Structure.Dependency weakest = each.weakest();
      text.append(
          "- %s depend on each other; the thinnest link is %s on %s (%s, as `%s`)\n"
              .formatted(
                  members(each),
                  shortName(each, weakest.from()),
                  shortName(each, weakest.to()),
                  weakest.imports() == 1 ? "one import" : weakest.imports() + " imports",
                  weakest.example()));
    }
    more(structure.omitted().cycles(), "of them");
  }

  /** Named from where their paths begin to differ. */
  private static String members(Structure.Cycle cycle) {
    List<String> shown =
        cycle.members().stream().limit(ROW_NAMES).map(each -> shortName(cycle, each)).toList();
    int more = cycle.size() - shown.size();
    int common = common(cycle);
    return String.join(", ", shown)
        + (more > 0 ? " and %d more".formatted(more) : "")
        + (common > 0
            ? " (in `%s`)".formatted(cycle.members().getFirst().substring(0, common - 1))
            : "");
  }

  private static String shortName(Structure.Cycle cycle, String member) {
    int common = common(cycle);
    boolean inside = member.startsWith(cycle.members().getFirst().substring(0, common));
    return "`" + (inside ? member.substring(common) : member) + "`";
  }

  /** The length of the folders that all members lie in, with the slash after them. */
  private static int common(Structure.Cycle cycle) {
    String first = cycle.members().getFirst();
    int common = first.lastIndexOf('/') + 1;
    for (String each : cycle.members()) {
      while (common > 0 && !each.startsWith(first.substring(0, common))) {
        common = first.lastIndexOf('/', common - 2) + 1;
      }
    }
    return common;
  }

  private void more(int count, String what) {
    if (count > 0) {
      text.append("\nand %d more %s.\n".formatted(count, what));
    }
  }

  private void central() {
    if (structure.central().isEmpty()) {
      return;
    }
    text.append(
        "\n## Most depended upon\n\n| file | files that use it | for example |\n|---|--:|---|\n");
    for (Structure.Central each : structure.central()) {
      text.append("| `%s` | %d | `%s` |\n".formatted(each.path(), each.users(), each.example()));
    }
  }
}
