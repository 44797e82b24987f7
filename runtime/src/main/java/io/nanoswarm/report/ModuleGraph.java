package io.nanoswarm.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.nanoswarm.drawing.Svg;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The modules of a structure as a drawing: whoever stands above uses what stands below; a line is
 * the thicker the more imports there are, and dashed where modules depend on each other in a
 * circle. Pure.
 */
final class ModuleGraph {
  private static final int WIDTH = 760;
  private static final int ROW = 92;
  private static final int BOX = 38;
  private static final int GAP = 14;
  private static final int IN_A_ROW = 6;
  private static final int MODULES = 36;
  private static final double LETTER = 7;
  private static final int WIDEST = 220;

  private record Module(String path, int layer, int files, String purpose) {
    String label(double width) {
      int letters = (int) (width / LETTER);
      String name = path.substring(path.lastIndexOf('/') + 1);
      return name.length() <= letters ? name : name.substring(0, letters - 1) + "\u2026";
    }
  }

  private record Box(double x, double y, double width) {
    double middle() {
      return x + width / 2;
    }
  }

  private final JsonNode structure;
  private final List<List<Module>> rows = new ArrayList<>();
  private final Map<String, Box> boxes = new HashMap<>();
  private int left;

  private ModuleGraph(JsonNode structure) {
    this.structure = structure;
  }

  /** Empty if there are fewer than two modules. */
  static String of(JsonNode structure) {
    return new ModuleGraph(structure).draw();
  }

  private String draw() {
    List<Module> modules = modules();
    if (modules.size() < 2) {
      return "";
    }
    rows(modules);
    for (int round = 0; round < 4; round++) {
      place();
      rows.forEach(row -> row.sort(Comparator.comparingDouble(this::pull)));
    }
    place();
    var svg = new Svg(WIDTH, rows.size() * ROW - ROW + BOX + 2 * GAP, "Modules and dependencies");
    svg.described(
        "%d modules in %d rows; each uses those below it. The table beside has them all."
            .formatted(modules.size(), rows.size()));
    structure.path("dependencies").forEach(each -> edge(svg, each));
    rows.forEach(row -> row.forEach(module -> box(svg, module)));
    return svg + (left > 0 ? "<p class=\"dim\">and %d smaller modules</p>\n".formatted(left) : "");
  }

  private List<Module> modules() {
    var modules = new ArrayList<Module>();
    structure
        .path("modules")
        .forEach(each ->
            modules.add(
                new Module(
                    each.path("path").asText(),
                    each.path("layer").asInt(),
                    each.path("files").asInt(),
                    each.path("purpose").asText(""))));
    modules.sort(Comparator.comparingInt(Module::files).reversed().thenComparing(Module::path));
    left = Math.max(0, modules.size() - MODULES);
    return modules.subList(0, modules.size() - left);
  }

  private void rows(List<Module> modules) {
    var layers = new TreeMap<Integer, List<Module>>(Comparator.reverseOrder());
    modules.stream()
        .sorted(Comparator.comparing(Module::path))
        .forEach(each -> layers.computeIfAbsent(each.layer(), _ -> new ArrayList<>()).add(each));
    for (List<Module> layer : layers.values()) {
      int parts = Math.ceilDiv(layer.size(), IN_A_ROW);
      for (int part = 0; part < parts; part++) {
        int from = layer.size() * part / parts;
        rows.add(new ArrayList<>(layer.subList(from, layer.size() * (part + 1) / parts)));
      }
    }
  }

  private void place() {
    for (int row = 0; row < rows.size(); row++) {
      List<Module> modules = rows.get(row);
      double width = Math.min(WIDEST, (WIDTH - GAP * (modules.size() + 1.0)) / modules.size());
      double x = (WIDTH - modules.size() * (width + GAP) + GAP) / 2;
      for (Module module : modules) {
        boxes.put(module.path(), new Box(x, GAP + (double) row * ROW, width));
        x += width + GAP;
      }
    }
  }

  /** Where its neighbours in other rows are. */
  private double pull(Module module) {
    Box own = boxes.getOrDefault(module.path(), new Box(0, 0, 0));
    double sum = 0;
    int count = 0;
    for (JsonNode each : structure.path("dependencies")) {
      String from = each.path("from").asText();
      String to = each.path("to").asText();
      Box other = boxes.get(from.equals(module.path()) ? to : from);
      if ((from.equals(module.path()) || to.equals(module.path()))
          && other != null
          && other.y() != own.y()) {
        sum += other.middle();
        count++;
      }
    }
    return count == 0 ? own.middle() : sum / count;
  }

  private void edge(Svg svg, JsonNode dependency) {
    Box from = boxes.get(dependency.path("from").asText());
    Box to = boxes.get(dependency.path("to").asText());
    if (from == null || to == null || from.equals(to)) {
      return;
    }
    int imports = dependency.path("imports").asInt() + dependency.path("testImports").asInt();
    boolean down = to.y() > from.y();
    double y1 = down ? from.y() + BOX : from.y();
    double y2 = down ? to.y() : to.y() + BOX;
    double bend = from.y() == to.y() ? y1 - ROW / 2.5 : (y1 + y2) / 2;
    svg.curve(
        String.format(
            Locale.ROOT,
            "class=\"edge%s\" style=\"stroke-width:%.2f\"",
            down ? "" : " back",
            Math.min(4, 1 + Math.log10(Math.max(1, imports)))),
        String.format(
            Locale.ROOT,
            "M%.1f %.1f C%.1f %.1f %.1f %.1f %.1f %.1f",
            from.middle(),
            y1,
            from.middle(),
            bend,
            to.middle(),
            bend,
            to.middle(),
            y2),
        "%s uses %s: %d imports"
            .formatted(dependency.path("from").asText(), dependency.path("to").asText(), imports));
  }

  private void box(Svg svg, Module module) {
    Box box = boxes.getOrDefault(module.path(), new Box(0, 0, 0));
    svg.rectangle(
        "class=\"module\" rx=\"7\"",
        box.x(),
        box.y(),
        box.width(),
        BOX,
        "%s, %d files%s"
            .formatted(
                module.path(),
                module.files(),
                module.purpose().isEmpty() ? "" : ": " + module.purpose()));
    svg.text(box.middle(), box.y() + BOX / 2.0 + 4, "middle", module.label(box.width()));
  }
}
