package io.nanoswarm.offline.search;

import io.nanoswarm.offline.question.Aspect;
import io.nanoswarm.offline.question.Coverage;
import io.nanoswarm.offline.text.Passage;
import io.nanoswarm.offline.text.Sentence;
import io.nanoswarm.offline.text.Source;
import io.nanoswarm.offline.text.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ranks a passage by how far it answers a question. Pure and independent of every other passage.
 *
 * <p>The score blends how far the whole file speaks of the question with what the passage does:
 * BM25 over weighted fields (Robertson, Zaragoza, Taylor 2004), with names above comments above
 * code; how much of the question is spoken of at all; how much of it one single sentence speaks of;
 * and whether its neighbouring words are neighbours here.
 */
public final class Ranking {
  private static final double NAME = 2.5;
  private static final double PLACE = 1;
  private static final double PROSE = 1.6;
  private static final double CODE = 1;

  /** Weights, found on the half of the questions of docs/answers.md that is for tuning. */
  private static final double WHOLE_FILE = 1;

  private static final double WORDS = 0.3;
  private static final double SHARE = 0.35;
  private static final double SENTENCE = 0.3;
  private static final double NEIGHBOURS = 0.07;
  private static final double NAMED_AFTER = 0.8;

  /** Beside all others, so that a score by words alone is what it is without a model. */
  private static final double MEANING = 0.5;

  private static final double ALL = WHOLE_FILE + WORDS + SHARE + SENTENCE + NEIGHBOURS;

  private static final double K1 = 1.2;
  private static final double USUAL_TERMS = 150;
  private static final double RELEVANT_SHARE = 0.15;
  private static final double RELEVANT_NEARNESS = 0.4;

  private final Coverage coverage;

  public Ranking(Coverage coverage) {
    this.coverage = coverage;
  }

  /**
   * A passage with its merit.
   *
   * @param score above 0, rounded to four decimals: two scores are compared as they are shown
   * @param byWords what the words alone say of it; the score, if meanings were not compared
   * @param nearness of its file to the question in meaning, 0 to 1
   * @param words of the question that it speaks of
   * @param share of the question that it speaks of, 0 to 1
   * @param sentence the one that speaks of most, if any speaks of something
   */
  public record Ranked(
      String path,
      Passage passage,
      double score,
      double byWords,
      double nearness,
      List<String> words,
      double share,
      Optional<Sentence> sentence) {}

  /**
   * @param file how far the passage's whole file speaks of the question, 0 to 1
   * @param nearness of the file to the question in meaning, 0 to 1; 0 if that is not known
   */
  public Ranked rank(
      Source source, Passage passage, int linesOfFile, double file, double nearness) {
    List<String> name = Terms.of(passage.name());
    List<String> place = Terms.of(PassageFields.place(source.path()));
    List<String> prose = Terms.of(source.prose(passage.first(), passage.last()));
    List<String> code = Terms.of(source.code(passage.first(), passage.last()));
    var all = new ArrayList<String>(name);
    all.addAll(place);
    all.addAll(prose);
    all.addAll(code);
    double[] covered = coverage.of(all);
    double share = coverage.share(covered);

    var merits = new SentenceMerit(coverage, source.path(), passage.name(), covered);
    @Nullable Sentence best = null;
    double bestMerit = 0;
    for (Sentence sentence : source.sentences(passage.first(), passage.last())) {
      double merit = merits.of(sentence);
      if (merit > bestMerit) {
        best = sentence;
        bestMerit = merit;
      }
    }
    double words = fields(name, place, prose, code);
    double standing = Standing.of(source, linesOfFile, coverage.question());
    double byWords =
        (WHOLE_FILE * file
                + WORDS * words
                + SHARE * share
                + SENTENCE * bestMerit
                + NEIGHBOURS * coverage.neighbours(all)
                + NAMED_AFTER * namedAfter(name, place))
            / ALL
            * standing;
    return new Ranked(
        source.path(),
        passage,
        rounded(byWords + MEANING * nearness * standing),
        rounded(byWords),
        rounded(nearness),
        coverage.words(covered),
        share,
        Optional.ofNullable(best));
  }

  private static double rounded(double score) {
    return Math.round(score * 10_000) / 10_000.0;
  }

  /** What a passage says, in terms. */
  public static List<String> terms(Source source, Passage passage) {
    var terms = new ArrayList<>(Terms.of(passage.name()));
    terms.addAll(Terms.of(source.prose(passage.first(), passage.last())));
    terms.addAll(Terms.of(source.code(passage.first(), passage.last())));
    return terms;
  }

  /**
   * Whether a passage speaks of so much of the question, or its file is so near to it in meaning,
   * that it is worth a second look.
   */
  public static boolean isRelevant(Ranked ranked) {
    return ranked.share() >= RELEVANT_SHARE || isNear(ranked.nearness());
  }

  /** Whether a file is so near to the question that it may speak of it in other words. */
  public static boolean isNear(double nearness) {
    return nearness >= RELEVANT_NEARNESS;
  }

  /** The share of its identifiers, or of what it compares, that this place is the home of. */
  private double namedAfter(List<String> name, List<String> place) {
    int identifiers = 0;
    int named = 0;
    for (Aspect aspect : coverage.question().aspects()) {
      String whole = aspect.terms().getFirst().text();
      boolean names = aspect.isIdentifier() || coverage.question().compares(aspect);
      identifiers += names ? 1 : 0;
      named += names && (name.contains(whole) || place.contains(whole)) ? 1 : 0;
    }
    return identifiers == 0 ? 0 : (double) named / identifiers;
  }

  private double fields(
      List<String> name, List<String> place, List<String> prose, List<String> code) {
    double length = (prose.size() + code.size()) / USUAL_TERMS;
    double k = K1 * (0.4 + 0.6 * length);
    double sum = 0;
    for (int i = 0; i < coverage.weights().size(); i++) {
      double frequency =
          NAME * frequency(i, name)
              + PLACE * frequency(i, place)
              + PROSE * frequency(i, prose)
              + CODE * frequency(i, code);
      sum += coverage.weights().get(i) * frequency / (frequency + k);
    }
    return coverage.total() == 0 ? 0 : sum / coverage.total();
  }

  private double frequency(int aspect, List<String> terms) {
    double sum = 0;
    for (String term : terms) {
      sum += coverage.question().aspects().get(aspect).closeness(term);
    }
    return sum;
  }
}
