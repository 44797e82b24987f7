package io.nanoswarm.offline.structure;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How the files of a workspace hang together. A value: the same files and the same found places
 * give the same structure, in whatever order they were read.
 *
 * <p>Every {@link Place} is an import, include, link, declaration or sentence in a file, and part
 * of the evidence of the entry that carries the structure.
 *
 * @param files of the workspace
 * @param linked how many of them a file depends on, or depend on one
 * @param modules nodes of the graph: build modules, or folders if there are fewer than two; by path
 * @param dependencies edges between the modules, those with the most imports first
 * @param entryPoints where programs begin, sources before tests
 * @param cycles modules, or packages within them, that depend on each other in a circle
 * @param central files that most other files depend on
 * @param around what uses what around the found places, in their order
 * @param omitted what was too much to list
 */
public record Structure(
    int files,
    int linked,
    List<Module> modules,
    List<Dependency> dependencies,
    List<EntryPoint> entryPoints,
    List<Cycle> cycles,
    List<Central> central,
    List<Neighbourhood> around,
    Omitted omitted) {

  public Structure {
    modules = List.copyOf(modules);
    dependencies = List.copyOf(dependencies);
    entryPoints = List.copyOf(entryPoints);
    cycles = List.copyOf(cycles);
    central = List.copyOf(central);
    around = List.copyOf(around);
  }

  /** Every place that is named here. */
  public Set<Place> places() {
    var places = new LinkedHashSet<Place>();
    for (Neighbourhood each : around) {
      each.uses().forEach(neighbour -> places.add(neighbour.at()));
      each.usedBy().forEach(neighbour -> places.add(neighbour.at()));
    }
    entryPoints.forEach(each -> places.add(each.at()));
    cycles.forEach(each -> places.add(each.weakest().example()));
    central.forEach(each -> places.add(each.example()));
    modules.forEach(each -> places.addAll(each.said()));
    dependencies.forEach(each -> places.add(each.example()));
    return places;
  }

  /** The same with half as many dependencies, for want of space. */
  Structure halved() {
    int kept = dependencies.size() / 2;
    return new Structure(
        files,
        linked,
        modules,
        dependencies.subList(0, kept),
        entryPoints,
        cycles,
        central,
        around,
        new Omitted(
            omitted.dependencies() + dependencies.size() - kept,
            omitted.entryPoints(),
            omitted.cycles()));
  }

  /** How many more there are than are listed. */
  public record Omitted(int dependencies, int entryPoints, int cycles) {}

  /** A line of a file. */
  public record Place(String path, int line) {
    @Override
    public String toString() {
      return path + ":" + line;
    }
  }

  /**
   * A part of the workspace.
   *
   * @param path of its folder, without a {@code /} at its end; {@code .} for the workspace itself
   * @param kind as {@code Maven}, {@code npm}, {@code Cargo}, {@code Go} or {@code folder}
   * @param files in it
   * @param layer 0 if it depends on no other module, else one more than the highest below it;
   *     modules in a circle share one
   * @param purpose what it says of itself, a sentence; empty if it says nothing
   * @param said where it says so; empty if it says nothing
   */
  public record Module(
      String path, String kind, int files, int layer, String purpose, List<Place> said) {
    public Module {
      said = List.copyOf(said);
    }
  }

  /**
   * One module depends on another.
   *
   * @param imports how many lines say so, tests left out
   * @param testImports how many lines of tests say so
   * @param example one of those lines
   */
  public record Dependency(String from, String to, int imports, int testImports, Place example) {}

  /**
   * Where a program begins.
   *
   * @param kind as {@code Java main}, {@code Python script}, {@code npm bin}
   * @param name what is started
   */
  public record EntryPoint(String kind, String name, Place at) {}

  /**
   * Modules or packages that depend on each other in a circle.
   *
   * @param members some of them, by path
   * @param size how many they are
   * @param weakest the dependency among them with the fewest imports: where the circle is opened
   *     most easily
   */
  public record Cycle(List<String> members, int size, Dependency weakest) {
    public Cycle {
      members = List.copyOf(members);
    }
  }

  /**
   * A file that others depend on.
   *
   * @param users how many files depend on it, tests left out
   * @param example where one of them says so
   */
  public record Central(String path, int users, Place example) {}

  /**
   * What is around one found file.
   *
   * @param uses the best known files that it depends on, each with the line that says so
   * @param moreUses how many more
   * @param usedBy files that depend on it, each with the line that says so, sources before tests
   * @param moreUsers how many more
   */
  public record Neighbourhood(
      String path, List<Neighbour> uses, int moreUses, List<Neighbour> usedBy, int moreUsers) {
    public Neighbourhood {
      uses = List.copyOf(uses);
      usedBy = List.copyOf(usedBy);
    }
  }

  /**
   * @param path of the other file
   * @param at the line that says so, in whichever of the two it stands
   */
  public record Neighbour(String path, Place at) {}
}
