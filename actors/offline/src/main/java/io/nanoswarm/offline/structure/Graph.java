package io.nanoswarm.offline.structure;

import io.nanoswarm.offline.imports.Link;
import io.nanoswarm.offline.structure.Structure.Dependency;
import io.nanoswarm.offline.structure.Structure.Place;
import io.nanoswarm.offline.workspace.TestFiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Links between files, gathered by the groups that the files belong to. Pure: the same links give
 * the same graph.
 */
final class Graph {
  static final Comparator<Dependency> MOST_IMPORTS =
      Comparator.comparingInt(Dependency::imports)
          .thenComparingInt(Dependency::testImports)
          .reversed()
          .thenComparing(Dependency::from)
          .thenComparing(Dependency::to);

  private final List<String> nodes;
  private final List<Dependency> dependencies;
  private final List<List<Integer>> components;

  private Graph(List<String> nodes, List<Dependency> dependencies) {
    this.nodes = nodes;
    this.dependencies = dependencies;
    this.components = Circles.of(successors());
  }

  /**
   * @param links sorted, so that the first one is the example
   * @param group of a path; empty for what belongs to none
   */
  static Graph of(List<Link> links, UnaryOperator<String> group) {
    record Edge(String from, String to) {}
    var edges = new HashMap<Edge, Dependency>();
    var nodes = new TreeSet<String>();
    for (Link link : links) {
      String from = group.apply(link.from());
      String to = group.apply(link.to());
      if (from.isEmpty() || to.isEmpty()) {
        continue;
      }
      nodes.add(from);
      nodes.add(to);
      if (!from.equals(to)) {
        boolean test = TestFiles.isTest(link.from()) || TestFiles.isTest(link.to());
        edges.merge(
            new Edge(from, to),
            new Dependency(
                from, to, test ? 0 : 1, test ? 1 : 0, new Place(link.from(), link.line())),
            Graph::sum);
      }
    }
    return new Graph(List.copyOf(nodes), edges.values().stream().sorted(MOST_IMPORTS).toList());
  }

  /** Sources are better examples than tests. */
  private static Dependency sum(Dependency a, Dependency b) {
    Place example = a.imports() == 0 && b.imports() > 0 ? b.example() : a.example();
    return new Dependency(
        a.from(), a.to(), a.imports() + b.imports(), a.testImports() + b.testImports(), example);
  }

  List<Dependency> dependencies() {
    return dependencies;
  }

  /** The layer of each node; whoever depends on nothing is at 0. Tests do not count. */
  Map<String, Integer> layers() {
    Map<Integer, Integer> componentOf = new HashMap<>();
    for (int i = 0; i < components.size(); i++) {
      for (int node : components.get(i)) {
        componentOf.put(node, i);
      }
    }
    List<int[]> successors = successors();
    var layers = new int[components.size()];
    for (int i = 0; i < components.size(); i++) {
      for (int node : components.get(i)) {
        for (int below : successors.get(node)) {
          int other = componentOf.getOrDefault(below, i);
          layers[i] = other == i ? layers[i] : Math.max(layers[i], layers[other] + 1);
        }
      }
    }
    var byName = new TreeMap<String, Integer>();
    componentOf.forEach((node, component) -> byName.put(nodes.get(node), layers[component]));
    return byName;
  }

  /** The largest first. */
  List<Structure.Cycle> cycles(int members) {
    var cycles = new ArrayList<Structure.Cycle>();
    for (List<Integer> component : components) {
      if (component.size() > 1) {
        List<String> names = component.stream().map(nodes::get).sorted().toList();
        var inside = new TreeSet<>(names);
        dependencies.reversed().stream()
            .filter(each ->
                each.imports() > 0 && inside.contains(each.from()) && inside.contains(each.to()))
            .findFirst()
            .ifPresent(weakest ->
                cycles.add(
                    new Structure.Cycle(
                        names.stream().limit(members).toList(), names.size(), weakest)));
      }
    }
    cycles.sort(
        Comparator.comparingInt(Structure.Cycle::size)
            .reversed()
            .thenComparing(each -> each.members().getFirst()));
    return cycles;
  }

  private List<int[]> successors() {
    var numbers = new HashMap<String, Integer>();
    nodes.forEach(node -> numbers.put(node, numbers.size()));
    var below = new ArrayList<TreeSet<Integer>>();
    nodes.forEach(_ -> below.add(new TreeSet<>()));
    for (Dependency each : dependencies) {
      if (each.imports() > 0) {
        below.get(numbers.getOrDefault(each.from(), 0)).add(numbers.getOrDefault(each.to(), 0));
      }
    }
    return below.stream().map(each -> each.stream().mapToInt(Integer::intValue).toArray()).toList();
  }
}
