package io.nanoswarm.offline.answer;

import io.nanoswarm.offline.figures.Figures;
import io.nanoswarm.offline.imports.SourceLanguage;
import io.nanoswarm.offline.question.QuestionKind;
import io.nanoswarm.offline.structure.Structure;
import io.nanoswarm.offline.text.Markdown;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an answer says beside the places: how they hang together, and figures, as far as they bear
 * on the question.
 *
 * @param structure what the architect has seen
 * @param figures what the analyst has counted
 * @param whole what both have posted, as it stands there
 */
public record Surroundings(
    Optional<Structure> structure, Optional<Figures> figures, List<String> whole) {
  public static final Surroundings NONE =
      new Surroundings(Optional.empty(), Optional.empty(), List.of());

  private static final int FILES = 3;
  private static final int NEIGHBOURS = 3;
  private static final int MODULES = 8;
  private static final int FEW = 3;
  private static final int SUBJECT = 60;

  /** Sources for each test, of a folder that has tests. */
  private static final int MANY = 20;

  /** Bytes of an answer that are for this. */
  static final int ROOM = 16_000;

  private static final String REST = "\n_The rest stands in `designs/`._\n";
  private static final String FENCE = "```";

  public Surroundings {
    whole = List.copyOf(whole);
  }

  /** Sections of a short answer to a question of some kind; empty if there is nothing to say. */
  String brief(QuestionKind kind) {
    return fitting(
        section("How it hangs together", structure.map(each -> of(each, kind)))
            + section("Figures", figures.map(each -> of(each, kind))));
  }

  /** What the folder is made of; empty if it was not counted. */
  Optional<String> inOneSentence() {
    return figures.map(each ->
        String.format(
            Locale.ROOT,
            "%,d files of %,d lines%s%s.",
            each.whole().files(),
            each.whole().lines(),
            each.languages().isEmpty() ? "" : ", mostly " + each.languages().getFirst().name(),
            structure
                .filter(built -> built.modules().size() > 1)
                .map(built -> ", in %d modules".formatted(built.modules().size()))
                .orElse("")));
  }

  /** All of it, one level below the answer's own heading. */
  String full() {
    var text = new StringBuilder();
    for (String each : whole) {
      text.append('\n');
      each.lines()
          .forEach(line -> text.append(line.startsWith("#") ? "#" : "").append(line).append('\n'));
    }
    return fitting(text.toString());
  }

  /** As many lines as there is room for, and where the others stand. */
  private static String fitting(String whole) {
    var room = new Room(ROOM - REST.length() - FENCE.length() - 1);
    var text = new StringBuilder();
    boolean inFence = false;
    for (String each : whole.lines().toList()) {
      String line = each + "\n";
      if (!room.takes(line)) {
        return text.append(inFence ? FENCE + "\n" : "").append(REST).toString();
      }
      text.append(line);
      inFence ^= line.startsWith(FENCE);
    }
    return text.toString();
  }

  private static String section(String title, Optional<List<String>> lines) {
    return lines
        .filter(said -> !said.isEmpty())
        .map(said -> "\n## " + title + "\n\n- " + String.join("\n- ", said) + "\n")
        .orElse("");
  }

  private static List<String> of(Structure structure, QuestionKind kind) {
    var lines = new ArrayList<String>();
    if (kind == QuestionKind.OVERVIEW || kind == QuestionKind.STRUCTURE) {
      structure.modules().stream().limit(MODULES).forEach(each -> lines.add(module(each)));
      structure.dependencies().stream().limit(MODULES).forEach(each -> lines.add(edge(each)));
      structure.entryPoints().stream()
          .limit(FEW)
          .forEach(each ->
              lines.add("Begins at `%s`: %s %s".formatted(each.at(), each.kind(), each.name())));
      structure.cycles().stream()
          .limit(FEW)
          .forEach(each ->
              lines.add("Depend on each other in a circle: " + few(each.members(), each.size())));
    }
    structure.around().stream()
        .limit(FILES)
        .filter(each -> !each.uses().isEmpty() || !each.usedBy().isEmpty())
        .forEach(each -> lines.add(neighbours(each)));
    return lines;
  }

  private static String module(Structure.Module module) {
    String files = module.files() == 1 ? "1 file" : module.files() + " files";
    String purpose = module.purpose().isEmpty() ? "" : ": " + module.purpose();
    String said = module.said().isEmpty() ? "" : " \u2014 `" + module.said().getFirst() + "`";
    return "**%s** (%s)%s%s".formatted(module.path(), files, purpose, said);
  }

  private static String edge(Structure.Dependency edge) {
    return "%s \u2192 %s, %s, as `%s`"
        .formatted(
            edge.from(),
            edge.to(),
            edge.imports() == 1 ? "1 import" : edge.imports() + " imports",
            edge.example());
  }

  private static String neighbours(Structure.Neighbourhood around) {
    var parts = new ArrayList<String>();
    if (!around.uses().isEmpty()) {
      parts.add("uses " + named(around.uses(), around.moreUses()));
    }
    if (!around.usedBy().isEmpty()) {
      parts.add("used by " + named(around.usedBy(), around.moreUsers()));
    }
    return "`%s` %s".formatted(around.path(), String.join("; ", parts));
  }

  private static String named(List<Structure.Neighbour> neighbours, int more) {
    List<String> names =
        neighbours.stream().map(each -> name(each.path())).distinct().limit(NEIGHBOURS).toList();
    int rest = more + neighbours.size() - names.size();
    return String.join(", ", names) + (rest > 0 ? " and %d more".formatted(rest) : "");
  }

  private static List<String> of(Figures figures, QuestionKind kind) {
    var lines = new ArrayList<String>();
    if (kind == QuestionKind.OVERVIEW || kind == QuestionKind.FIGURES) {
      whole(figures, lines);
    }
    boolean tested = MANY * figures.whole().tests() >= figures.whole().sources();
    figures.found().stream().limit(FILES).forEach(each -> lines.add(file(each, tested)));
    return lines;
  }

  private static void whole(Figures figures, List<String> lines) {
    Figures.Whole whole = figures.whole();
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d files of %,d lines: %,d of sources, %,d of tests",
            whole.files(),
            whole.lines(),
            whole.sources(),
            whole.tests()));
    lines.add(
        "Languages: "
            + join(
                figures.languages().stream()
                    .map(each ->
                        String.format(Locale.ROOT, "%s %,d lines", each.name(), each.lines()))
                    .toList()));
    lines.add(
        "Longest: "
            + join(
                figures.largest().stream()
                    .map(each ->
                        String.format(Locale.ROOT, "`%s` %,d lines", each.path(), each.lines()))
                    .toList()));
    if (figures.history().commits() > 0) {
      lines.add(
          "Changed most often: "
              + join(
                  figures.history().churn().stream()
                      .map(each -> "`%s` %d times".formatted(each.path(), each.commits()))
                      .toList()));
      lines.add(
          "Most commits: "
              + join(
                  figures.history().authors().stream()
                      .map(each -> "%s %d".formatted(each.name(), each.commits()))
                      .toList()));
    }
  }

  /**
   * @param tested whether the folder has tests for its sources, and not just a file called so
   */
  private static String file(Figures.FoundFile file, boolean tested) {
    var facts = new ArrayList<String>();
    facts.add(file.lines() == 1 ? "1 line" : String.format(Locale.ROOT, "%,d lines", file.lines()));
    if (!file.tests().isEmpty()) {
      facts.add(
          "tested by "
              + few(file.tests().stream().map(Surroundings::name).toList(), file.tests().size()));
    } else if (tested && SourceLanguage.of(file.path()).isCode()) {
      facts.add("no test by its name");
    }
    if (file.commits() > 0) {
      facts.add(
          "%d %s, the last on %s: %s"
              .formatted(
                  file.commits(),
                  file.commits() == 1 ? "commit" : "commits",
                  file.last(),
                  Markdown.shorten(file.lastSubject(), SUBJECT)));
    }
    return "`%s`: %s".formatted(file.path(), String.join("; ", facts));
  }

  private static String join(List<String> all) {
    return String.join(", ", all.stream().limit(FEW).toList());
  }

  private static String few(List<String> members, int size) {
    int more = size - Math.min(FEW, members.size());
    return join(members) + (more > 0 ? " and %d more".formatted(more) : "");
  }

  /** A folder keeps the slash that it ends with. */
  private static String name(String path) {
    return "`" + path.substring(path.lastIndexOf('/', path.length() - 2) + 1) + "`";
  }
}
