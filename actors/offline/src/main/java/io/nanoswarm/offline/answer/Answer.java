package io.nanoswarm.offline.answer;

import io.nanoswarm.blackboard.Draft;
import io.nanoswarm.blackboard.EntryPath;
import io.nanoswarm.blackboard.Evidence;
import io.nanoswarm.blackboard.Section;
import io.nanoswarm.offline.critique.Disagreements;
import io.nanoswarm.offline.embedding.SentenceNearness;
import io.nanoswarm.offline.question.Coverage;
import io.nanoswarm.offline.question.QuestionKind;
import io.nanoswarm.offline.research.Finding;
import io.nanoswarm.offline.text.Markdown;
import io.nanoswarm.offline.text.Source;
import io.nanoswarm.workspace.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The answer to a goal, as Markdown of one or two screens.
 *
 * <p>Guarantees: every statement stands in a file and carries its {@code path:line}; what is
 * missing is said; equal inputs give equal text. It fits one entry, whatever script the files are
 * written in: what is cut off says where it stands.
 */
public final class Answer {
  /** The attribute of an entry in {@code final/} that is a longer form of the answer beside it. */
  public static final String LONGER_FORM = "longer-form";

  /** Suggested where just words were compared. */
  private static final String MODEL =
      "the embedding model, which finds what is said in other words (`swarm add-ons --add"
          + " embeddings`)";

  private static final int TITLE = 100;
  private static final int ALSO = 6;

  /** Sentences that are shown though they are no answer. */
  private static final int NEAREST = 3;

  private static final int DISAGREEMENTS = 2;

  /** A word or a reason of more characters is cut: nobody reads on. */
  private static final int LONGEST = 400;

  // What each part may take, in bytes. With the surroundings they leave some for headings.
  private static final int STATEMENTS = 6_000;
  private static final int PLACES = 7_000;
  private static final int SHOWN = 14_000;
  private static final int NOT_COVERED = 3_000;

  /** How much of what was found an answer shows. */
  public enum Depth {
    /** One screen: what the question needs. */
    BRIEF("answer", 5, 6, 20_000),
    /** Everything that bears on the question, with the lines it stands in. */
    FULL("full", 12, 12, 14_000);

    private final String entry;
    private final int statements;
    private final int files;
    private final int evidence;

    /**
     * @param evidence bytes of quotations that are kept with the answer
     */
    Depth(String entry, int statements, int files, int evidence) {
      this.entry = entry;
      this.statements = statements;
      this.files = files;
      this.evidence = evidence;
    }

    /** What the answer is called in {@code final/}. */
    public String entry() {
      return entry;
    }
  }

  /**
   * What an answer is made of.
   *
   * @param goal in the user's words
   * @param findings that stand, best first
   * @param sources the file of each finding
   * @param uncovered words of the question that no finding speaks of
   * @param disagreements places that do not go together
   * @param missing what was not done or not read, one sentence each
   * @param reach how much of the folder was searched
   * @param surroundings what else was looked at
   * @param meaning by which sentences are chosen beside their words; empty where there is no model
   * @param byWordsAlone whether no model was added that finds what is said in other words
   */
  public record Inputs(
      String goal,
      Coverage coverage,
      List<Finding> findings,
      List<Source> sources,
      List<String> uncovered,
      List<Disagreements.Pair> disagreements,
      List<String> missing,
      Reach reach,
      Manifest manifest,
      Surroundings surroundings,
      Optional<SentenceNearness> meaning,
      boolean byWordsAlone) {}

  /** How much of a folder was searched. */
  public enum Reach {
    ALL,
    PART,
    NOTHING
  }

  private final Inputs inputs;
  private final Depth depth;
  private final Sides sides;
  private final Sufficiency sufficiency;
  private final boolean found;
  private final List<Statement> statements;
  private final StringBuilder text = new StringBuilder();
  private final Room places = new Room(PLACES);
  private final Room shown = new Room(SHOWN);

  private Answer(Inputs inputs, Depth depth) {
    this.inputs = inputs;
    this.depth = depth;
    this.sides = Sides.of(inputs.coverage().question());
    this.sufficiency = Sufficiency.of(inputs);
    this.found = sufficiency.found();
    this.statements = statements(inputs, sufficiency, depth);
  }

  /** What is said: the answer, or the nearest to one. */
  private static List<Statement> statements(Inputs inputs, Sufficiency sufficiency, Depth depth) {
    if (!sufficiency.found() && !sufficiency.sentencesNear()) {
      return List.of();
    }
    return fitting(
        Statements.choose(
            inputs.findings(),
            inputs.sources(),
            inputs.coverage(),
            inputs.meaning(),
            sufficiency.found() ? depth.statements : NEAREST));
  }

  /** Of the places in one file. */
  private List<String> wordsAt(List<Integer> places) {
    return places.stream()
        .flatMap(place -> inputs.findings().get(place).words().stream())
        .distinct()
        .toList();
  }

  private static List<Statement> fitting(List<Statement> statements) {
    var room = new Room(STATEMENTS);
    var fitting = new ArrayList<Statement>();
    for (Statement each : statements) {
      if (room.takes(line(each))) {
        fitting.add(each);
      }
    }
    return fitting;
  }

  private static String line(Statement statement) {
    return "- %s \u2014 `%s`\n".formatted(statement.text(), statement.place());
  }

  /** What may be said, of all findings: what a model has to measure. */
  public static List<String> sentences(List<Finding> findings, List<Source> sources) {
    return Statements.sentences(findings, sources);
  }

  /** Whether the places found answer the question, and are not just what comes nearest to it. */
  public static boolean isFound(Inputs inputs) {
    return Sufficiency.of(inputs).found();
  }

  public static Draft draft(Inputs inputs, Depth depth) {
    return new Answer(inputs, depth).write();
  }

  private Draft write() {
    text.append("# ")
        .append(Markdown.shorten(inputs.goal().replace('\n', ' '), TITLE))
        .append('\n');
    if (found && isAboutTheWhole()) {
      statements();
      surroundings();
      placesToLook();
    } else if (found) {
      statements();
      placesToLook();
      surroundings();
    } else {
      notFound();
      if (!inputs.findings().isEmpty()) {
        places("Nearest places");
      }
    }
    disagreements();
    notCovered();
    if (found && !isAboutTheWhole() && !inputs.findings().isEmpty()) {
      text.append('\n').append(Confidence.line(inputs)).append('\n');
      if (Confidence.of(inputs) == Confidence.LOW && mayFindMoreByMeaning()) {
        text.append("\n_What may find more: %s._\n".formatted(MODEL));
      }
    }
    if (inputs.reach() != Reach.NOTHING) {
      text.append('\n').append(Searched.line(inputs.manifest())).append('\n');
    }
    return new Draft(
        EntryPath.in(Section.FINAL, depth.entry), text.toString(), evidence(), attributes());
  }

  /** Then the places are examples of what the structure says. */
  private boolean isAboutTheWhole() {
    return inputs.coverage().question().isAboutTheWhole();
  }

  private void placesToLook() {
    if (!inputs.findings().isEmpty()) {
      places("Where to look");
    }
  }

  private void surroundings() {
    text.append(
        depth == Depth.FULL
            ? inputs.surroundings().full()
            : inputs.surroundings().brief(inputs.coverage().question().kind()));
  }

  private Map<String, String> attributes() {
    var attributes = new TreeMap<String, String>();
    attributes.put("kind", "answer");
    attributes.put("found", Boolean.toString(found));
    if (found) {
      attributes.put("confidence", Confidence.of(inputs).text());
    }
    attributes.put("question", inputs.coverage().question().kind().name().toLowerCase(Locale.ROOT));
    if (depth == Depth.FULL) {
      attributes.put(LONGER_FORM, "of the answer");
    }
    return attributes;
  }

  private void statements() {
    if (statements.isEmpty()) {
      if (inputs.coverage().question().kind() == QuestionKind.OVERVIEW) {
        inputs.surroundings().inOneSentence().ifPresent(said -> text.append("\n" + said + "\n"));
        return;
      }
      text.append("\nNo sentence in the files says it outright; these places come closest.\n");
      return;
    }
    QuestionKind kind = inputs.coverage().question().kind();
    if (statements.stream().noneMatch(each -> kind.soundIn(each.text()))) {
      if (kind == QuestionKind.REASON) {
        text.append("\nNo sentence gives the reason outright; these come closest.\n");
      } else if (kind == QuestionKind.AMOUNT) {
        text.append("\nNo sentence gives a number outright; these come closest.\n");
      }
    }
    text.append('\n');
    statements.forEach(each -> text.append(line(each)));
  }

  private void places(String title) {
    text.append("\n## ").append(title).append("\n\n");
    var said = new LinkedHashSet<String>();
    statements.forEach(each -> said.add(each.text()));
    var byFile = new LinkedHashMap<String, List<Integer>>();
    for (int i = 0; i < inputs.findings().size(); i++) {
      String path = inputs.findings().get(i).evidence().path();
      byFile.computeIfAbsent(path, _ -> new ArrayList<>()).add(i);
    }
    List<List<Integer>> files = sides.inTurn(List.copyOf(byFile.values()), this::wordsAt);
    for (int i = 0; i < Math.min(depth.files, files.size()); i++) {
      file(i + 1, files.get(i), said);
    }
    List<String> more =
        files.stream().skip(depth.files).limit(ALSO).map(each -> place(each.getFirst())).toList();
    String also = "\nAlso: " + String.join(", ", more) + ".\n";
    if (!more.isEmpty() && places.takes(also)) {
      text.append(also);
    }
    if (places.isFull()) {
      text.append("\n_The rest stands in `findings/`._\n");
    } else if (shown.isFull()) {
      text.append("\n_The lines of the other places stand in `findings/`._\n");
    }
  }

  /** One file with its places, the best first. */
  private void file(int number, List<Integer> found, Set<String> said) {
    int best = found.getFirst();
    Finding finding = inputs.findings().get(best);
    String quote = ShortQuote.of(finding, inputs.sources().get(best), said);
    place("%d. %s **%s**%s\n".formatted(number, place(best), finding.name(), quote));
    for (int i : found) {
      if (i != best) {
        place("   - %s **%s**\n".formatted(place(i), inputs.findings().get(i).name()));
      }
      if (depth == Depth.FULL) {
        lines(inputs.findings().get(i).evidence());
      }
    }
  }

  private void place(String line) {
    if (places.takes(line)) {
      text.append(line);
    }
  }

  private void lines(Evidence evidence) {
    String lines = "\n" + Markdown.fence(evidence.path(), evidence.quote()) + "\n";
    if (!places.isFull() && shown.takes(lines)) {
      text.append(lines);
    }
  }

  private String place(int finding) {
    return "`" + inputs.findings().get(finding).evidence().place() + "`";
  }

  private void notFound() {
    if (inputs.reach() == Reach.NOTHING) {
      text.append(
              "\n**This folder could not be searched.** No search came to its end, so nothing is ")
          .append("known about what it holds; why is said below.\n");
      return;
    }
    text.append("\n**Not found in ")
        .append(inputs.reach() == Reach.ALL ? "this folder" : "the part that could be searched")
        .append(statements.isEmpty() ? ".** " : ", unless in other words.** ")
        .append(whyNotFound())
        .append(".\n");
    if (!statements.isEmpty()) {
      text.append("\nThe nearest sentences, which may speak of something else:\n\n");
      statements.forEach(each -> text.append(line(each)));
    }
    text.append("\nWhat may help: other words for the same thing, names as they stand in the ")
        .append(
            mayFindMoreByMeaning()
                ? "files, another folder, or " + MODEL
                : "files, or another folder")
        .append(".\n");
  }

  private String whyNotFound() {
    String asked = words(inputs.coverage().question().words());
    if (sufficiency.byWords()) {
      return "Passages have words of it, but no sentence there is near in meaning to what you"
          + " asked: "
          + asked;
    }
    return inputs.uncovered().isEmpty() || inputs.findings().isEmpty()
        ? "No passage speaks of enough of what you asked for: " + asked
        : "No passage near it speaks of " + words(inputs.uncovered());
  }

  /** A model chooses among what words have found. */
  private boolean mayFindMoreByMeaning() {
    return inputs.byWordsAlone() && !inputs.findings().isEmpty();
  }

  private void disagreements() {
    if (!found || inputs.disagreements().isEmpty()) {
      return;
    }
    text.append("\n## Where files differ\n\n");
    for (Disagreements.Pair each : inputs.disagreements().stream().limit(DISAGREEMENTS).toList()) {
      text.append("- `%s` says: %s\n".formatted(each.one().place(), each.one().sentence()))
          .append("  `%s` says: %s\n".formatted(each.other().place(), each.other().sentence()));
    }
  }

  private void notCovered() {
    var lines = new ArrayList<String>();
    // A question for the whole is given words that nobody has asked for.
    if (found && !inputs.uncovered().isEmpty() && !isAboutTheWhole()) {
      lines.add("No place found speaks of " + words(inputs.uncovered()) + ".");
    }
    lines.addAll(inputs.missing());
    if (lines.isEmpty()) {
      return;
    }
    text.append("\n## Not covered\n\n");
    var room = new Room(NOT_COVERED);
    for (int i = 0; i < lines.size() && !room.isFull(); i++) {
      String line = "- " + Markdown.shorten(lines.get(i), LONGEST) + "\n";
      text.append(room.takes(line) ? line : "- %d more like these\n".formatted(lines.size() - i));
    }
  }

  private static String words(List<String> words) {
    return Markdown.shorten(Markdown.list(words), LONGEST);
  }

  private List<Evidence> evidence() {
    var evidence = new LinkedHashSet<Evidence>();
    statements.forEach(each -> evidence.add(each.finding().evidence()));
    inputs.findings().stream().map(Finding::evidence).forEach(evidence::add);
    var fitting = new ArrayList<Evidence>();
    var room = new Room(depth.evidence);
    for (Evidence each : evidence) {
      if (room.takes(each.path() + each.quote())) {
        fitting.add(each);
      }
    }
    return fitting;
  }
}
