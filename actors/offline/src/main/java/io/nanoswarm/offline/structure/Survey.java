package io.nanoswarm.offline.structure;

import io.nanoswarm.offline.imports.FileFacts;
import io.nanoswarm.offline.imports.Link;
import io.nanoswarm.offline.imports.Links;
import io.nanoswarm.offline.imports.SourceLanguage;
import io.nanoswarm.offline.structure.Structure.Central;
import io.nanoswarm.offline.structure.Structure.Cycle;
import io.nanoswarm.offline.structure.Structure.Dependency;
import io.nanoswarm.offline.structure.Structure.EntryPoint;
import io.nanoswarm.offline.structure.Structure.Place;
import io.nanoswarm.offline.workspace.TestFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Puts together what the files of a workspace say of each other.
 *
 * <p>Guarantees: the same inputs give the same structure; what depends on what is told by lines of
 * files alone, so a library that is not in the workspace, or a call by reflection, is not seen.
 */
public final class Survey {
  private static final int DEPENDENCIES = 60;
  private static final int ENTRY_POINTS = 8;
  private static final int CYCLES = 4;
  private static final int CYCLE_MEMBERS = 12;
  private static final int CENTRAL = 8;
  private static final int FEWEST_USERS = 3;

  private final Map<String, FileFacts> facts;
  private final List<String> paths;
  private final List<String> found;
  private final Function<String, List<String>> content;
  private final Set<String> known;
  private final List<Link> links;
  private final List<Link> dependencies;

  private Survey(
      Map<String, FileFacts> facts,
      List<String> paths,
      List<String> found,
      Function<String, List<String>> content) {
    this.facts = facts;
    this.paths = paths;
    this.found = found;
    this.content = content;
    this.known = new HashSet<>(paths);
    this.links = Links.of(facts, paths, content);
    List<Link> ofCode =
        links.stream().filter(link -> SourceLanguage.of(link.from()).isCode()).toList();
    // Documents alone hang together by their links.
    this.dependencies = ofCode.isEmpty() ? links : ofCode;
  }

  /**
   * @param facts by path
   * @param paths of all files, sorted
   * @param found the files that were found, best first
   * @param content reads one of the files; empty if it cannot be read
   */
  public static Structure of(
      Map<String, FileFacts> facts,
      List<String> paths,
      List<String> found,
      Function<String, List<String>> content) {
    return new Survey(facts, paths, found, content).structure();
  }

  private Structure structure() {
    Modules modules = Modules.of(paths);
    Graph graph = Graph.of(dependencies, modules::of);
    List<Dependency> edges = graph.dependencies();
    List<EntryPoint> starts = EntryPoints.of(facts, paths, content);
    List<Cycle> cycles = cycles(graph);
    return new Structure(
        paths.size(),
        linked(),
        modules(modules, graph.layers()),
        edges.stream().limit(DEPENDENCIES).toList(),
        starts.stream().limit(ENTRY_POINTS).toList(),
        cycles.stream().limit(CYCLES).toList(),
        central(),
        new Neighbours(links, found).around(),
        new Structure.Omitted(
            Math.max(0, edges.size() - DEPENDENCIES),
            Math.max(0, starts.size() - ENTRY_POINTS),
            Math.max(0, cycles.size() - CYCLES)));
  }

  private int linked() {
    var linked = new HashSet<String>();
    for (Link link : dependencies) {
      linked.add(link.from());
      if (!link.toFolder()) {
        linked.add(link.to());
      }
    }
    return linked.size();
  }

  private List<Structure.Module> modules(Modules modules, Map<String, Integer> layers) {
    var listed = new ArrayList<Structure.Module>();
    modules
        .files()
        .forEach((path, files) -> {
          var purpose = Purposes.of(path, known, content);
          listed.add(
              new Structure.Module(
                  path,
                  modules.kind(path),
                  files,
                  layers.getOrDefault(path, 0),
                  purpose.map(Purposes.Purpose::sentence).orElse(""),
                  purpose.map(each -> List.of(each.at())).orElse(List.of())));
        });
    return listed;
  }

  /** Of modules first; then of the folders in them, unless these are the modules. */
  private List<Cycle> cycles(Graph graph) {
    var cycles = new ArrayList<>(graph.cycles(CYCLE_MEMBERS));
    var seen = new HashSet<Place>();
    cycles.forEach(each -> seen.add(each.weakest().example()));
    List<Link> ofSources =
        dependencies.stream()
            .filter(link -> !TestFiles.isTest(link.from()) && !TestFiles.isTest(link.to()))
            .toList();
    Graph.of(ofSources, Survey::folder).cycles(CYCLE_MEMBERS).stream()
        .filter(each -> seen.add(each.weakest().example()))
        .forEach(cycles::add);
    return cycles;
  }

  private static String folder(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "." : path.substring(0, slash);
  }

  private List<Central> central() {
    var users = new HashMap<String, Integer>();
    var first = new HashMap<String, Place>();
    for (Link link : dependencies) {
      if (!TestFiles.isTest(link.from()) && !TestFiles.isTest(link.to())) {
        users.merge(link.to(), 1, Integer::sum);
        first.putIfAbsent(link.to(), new Place(link.from(), link.line()));
      }
    }
    return users.entrySet().stream()
        .filter(each -> each.getValue() >= FEWEST_USERS)
        .sorted(
            Map.Entry.<String, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(CENTRAL)
        .map(each ->
            new Central(
                each.getKey(),
                each.getValue(),
                first.getOrDefault(each.getKey(), new Place(each.getKey(), 1))))
        .toList();
  }
}
