package io.nanoswarm.offline.structure;

import io.nanoswarm.offline.imports.Link;
import io.nanoswarm.offline.imports.SourceLanguage;
import io.nanoswarm.offline.structure.Structure.Neighbour;
import io.nanoswarm.offline.structure.Structure.Neighbourhood;
import io.nanoswarm.offline.structure.Structure.Place;
import io.nanoswarm.offline.workspace.TestFiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** What is around the found files: other found ones first, then what lies near. Pure. */
final class Neighbours {
  private static final int SHOWN = 5;

  private final List<Link> links;
  private final List<String> found;
  private final Set<String> foundPaths;

  /**
   * @param found best first, each once
   */
  Neighbours(List<Link> links, List<String> found) {
    this.links = links;
    this.found = found;
    this.foundPaths = Set.copyOf(found);
  }

  List<Neighbourhood> around() {
    return found.stream().map(this::around).toList();
  }

  private Neighbourhood around(String path) {
    var uses = new ArrayList<Neighbour>();
    var usedBy = new ArrayList<Neighbour>();
    String folder = path.substring(0, path.lastIndexOf('/') + 1);
    for (Link link : links) {
      var at = new Place(link.from(), link.line());
      if (link.from().equals(path)) {
        uses.add(new Neighbour(link.to(), at));
      } else if (link.to().equals(path) || (link.toFolder() && link.to().equals(folder))) {
        usedBy.add(new Neighbour(link.from(), at));
      }
    }
    Comparator<Neighbour> best =
        Comparator.comparingInt((Neighbour each) -> rank(each.path()))
            .thenComparingInt(each -> -common(each.path(), path));
    uses.sort(best.thenComparingInt(each -> each.at().line()).thenComparing(Neighbour::path));
    usedBy.sort(best.thenComparing(Neighbour::path));
    return new Neighbourhood(
        path,
        uses.stream().limit(SHOWN).toList(),
        Math.max(0, uses.size() - SHOWN),
        usedBy.stream().limit(SHOWN).toList(),
        Math.max(0, usedBy.size() - SHOWN));
  }

  private int rank(String path) {
    if (foundPaths.contains(path)) {
      return 0;
    }
    if (TestFiles.isTest(path)) {
      return 2;
    }
    return SourceLanguage.of(path).isCode() || path.endsWith("/") ? 1 : 3;
  }

  private static int common(String a, String b) {
    int common = 0;
    for (int i = 0; i < Math.min(a.length(), b.length()) && a.charAt(i) == b.charAt(i); i++) {
      common += a.charAt(i) == '/' ? 1 : 0;
    }
    return common;
  }
}
