package io.nanoswarm.offline.answer;

import io.nanoswarm.blackboard.Evidence;
import io.nanoswarm.offline.embedding.SentenceNearness;
import io.nanoswarm.offline.question.Coverage;
import io.nanoswarm.offline.research.Finding;
import io.nanoswarm.offline.search.SentenceMerit;
import io.nanoswarm.offline.text.Sentence;
import io.nanoswarm.offline.text.Source;
import io.nanoswarm.offline.text.Terms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/**
 * Chooses the sentences that answer a question best and repeat each other least: by merit, the
 * place they stand in and TextRank, then by maximal marginal relevance (Carbonell and Goldstein
 * 1998). Pure.
 */
final class Statements {
  private static final int POOL = 40;
  private static final double LEAST_MERIT = 0.42;
  private static final double OF_THE_BEST = 0.65;
  private static final double LEAST_OF_A_SIDE = 0.15;

  /** How much it counts that a sentence is near in meaning, beside the share of the words. */
  private static final double MEANING = 2;

  /** What is further off says something else, unless it has nearly all words. Of English alone. */
  private static final double LEAST_NEARNESS = 0.4;

  private static final double OF_THE_NEAREST = 0.7;
  private static final double NEARLY_ALL = 0.8;

  private static final double MERIT = 0.45;
  private static final double CENTRAL = 0.05;

  /** Beside merits, which are greater where there is meaning. */
  private static final double PLACE = 0.5;

  private static final double PLACE_BESIDE_MEANING = 1.2;

  /** Of so many times the sentences wanted, those are taken that tell of every side. */
  private static final int SEVERAL = 3;

  private static final double RELEVANCE = 0.7;
  private static final String CELLS = " \u2014 ";
  private static final int MANY_BREAKS = 3;
  private static final int LONG = 200;
  private static final double TOO_SIMILAR = 0.6;

  /** A cell of a table that is nothing but an amount; a row of several is no sentence. */
  private static final Pattern FIGURE = Pattern.compile("\\s*\\d[\\d.,:]*\\s*\\S{0,3}\\s*");

  private static final int SEVERAL_FIGURES = 2;

  private Statements() {}

  /** How near the nearest sentence is; empty if there is none. */
  static OptionalDouble nearest(
      List<Finding> findings, List<Source> sources, ToDoubleFunction<String> nearness) {
    return sentences(findings, sources).stream().mapToDouble(nearness).max();
  }

  /** What may be said. */
  static List<String> sentences(List<Finding> findings, List<Source> sources) {
    var sentences = new ArrayList<String>();
    for (int i = 0; i < findings.size(); i++) {
      readable(findings.get(i), sources.get(i)).forEach(each -> sentences.add(each.text()));
    }
    return sentences;
  }

  private static List<Sentence> readable(Finding finding, Source source) {
    Evidence evidence = finding.evidence();
    return source.sentences(evidence.firstLine(), evidence.lastLine()).stream()
        .filter(each -> isReadable(each.text()))
        .toList();
  }

  /**
   * @param sources the files that the findings stand in
   * @param meaning beside words, where there is a model
   * @return best first
   */
  static List<Statement> choose(
      List<Finding> findings,
      List<Source> sources,
      Coverage coverage,
      Optional<SentenceNearness> meaning,
      int limit) {
    Sides sides = Sides.of(coverage.question());
    Function<Statement, Collection<String>> words =
        each -> coverage.words(coverage.of(Terms.of(each.text())));
    List<Statement> pool =
        sides
            .inTurn(worthSaying(all(findings, sources, coverage, meaning), sides, words), words)
            .stream()
            .limit(POOL)
            .toList();
    List<Set<String>> terms =
        pool.stream().map(statement -> Similarity.terms(statement.text())).toList();
    double[] central = TextRank.of(terms);
    double best = findings.stream().mapToDouble(Finding::score).max().orElse(1);
    double place = meaning.isPresent() ? PLACE_BESIDE_MEANING : PLACE;
    var relevance = new double[pool.size()];
    for (int i = 0; i < relevance.length; i++) {
      Statement each = pool.get(i);
      relevance[i] =
          MERIT * each.merit() + place * each.finding().score() / best + CENTRAL * central[i];
    }
    int several = sides.compare() ? SEVERAL : 1;
    return sides.inTurn(diverse(pool, terms, relevance, several * limit), words).stream()
        .limit(limit)
        .toList();
  }

  /** By merit. */
  private static List<Statement> all(
      List<Finding> findings,
      List<Source> sources,
      Coverage coverage,
      Optional<SentenceNearness> meaning) {
    var all = new ArrayList<Statement>();
    double least =
        meaning.stream()
            .flatMapToDouble(each -> nearest(findings, sources, each::toClauses).stream())
            .map(nearest ->
                Math.max(
                    coverage.question().isEnglish() ? LEAST_NEARNESS : 0, OF_THE_NEAREST * nearest))
            .findFirst()
            .orElse(0);
    for (int i = 0; i < findings.size(); i++) {
      Finding finding = findings.get(i);
      Evidence evidence = finding.evidence();
      double[] around = coverage.of(Terms.of(evidence.quote()));
      var merits = new SentenceMerit(coverage, evidence.path(), finding.name(), around);
      for (Sentence each : readable(finding, sources.get(i))) {
        double nearness = meaning.map(to -> to.toClauses(each.text())).orElse(0.0);
        double byWords = merits.of(each);
        if (nearness >= least || byWords >= NEARLY_ALL) {
          double merit = (byWords + MEANING * nearness) * fluency(each.text());
          all.add(new Statement(each.text(), finding, each.line(), merit));
        }
      }
    }
    return all.stream()
        .sorted(
            Comparator.comparingDouble(Statement::merit)
                .reversed()
                .thenComparing(Statement::place)
                .thenComparing(Statement::text))
        .toList();
  }

  /** Of a comparison, what tells much of one side counts, though that is little of the question. */
  private static List<Statement> worthSaying(
      List<Statement> byMerit, Sides sides, Function<Statement, Collection<String>> words) {
    if (!sides.compare()) {
      double best = byMerit.isEmpty() ? 0 : byMerit.getFirst().merit();
      double least = Math.max(LEAST_MERIT, OF_THE_BEST * best);
      return byMerit.stream().filter(each -> each.merit() >= least).toList();
    }
    var worth = new LinkedHashSet<Statement>();
    for (String side : sides.words()) {
      List<Statement> of =
          byMerit.stream().filter(each -> words.apply(each).contains(side)).toList();
      of.stream()
          .filter(each -> each.merit() >= LEAST_OF_A_SIDE)
          .filter(each -> each.merit() >= OF_THE_BEST * of.getFirst().merit())
          .forEach(worth::add);
    }
    return byMerit.stream().filter(worth::contains).toList();
  }

  /** Rows of tables, long enumerations and fragments answer less well than sentences. */
  private static double fluency(String text) {
    if (Character.isLowerCase(text.codePointAt(0))) {
      return 0.8;
    }
    long breaks = count(text, ';') + (text.length() > LONG ? count(text, '(') : 0);
    return text.contains(CELLS) || breaks >= MANY_BREAKS ? 0.8 : 1;
  }

  private static long count(String text, char c) {
    return text.chars().filter(each -> each == c).count();
  }

  /** Whole sentences of some length, cut off at neither end. */
  private static boolean isReadable(String text) {
    if (text.length() < 25 || text.length() > 420) {
      return false;
    }
    if (Arrays.stream(text.split(CELLS)).filter(each -> FIGURE.matcher(each).matches()).count()
        >= SEVERAL_FIGURES) {
      return false;
    }
    int letters = 0;
    for (int i = 0; i < text.length(); i++) {
      letters += Character.isLetter(text.charAt(i)) || text.charAt(i) == ' ' ? 1 : 0;
    }
    return letters > text.length() * 0.7 && !text.startsWith("@");
  }

  private static List<Statement> diverse(
      List<Statement> pool, List<Set<String>> terms, double[] relevance, int limit) {
    var chosen = new ArrayList<Integer>();
    while (chosen.size() < limit) {
      int best = -1;
      double bestValue = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < pool.size(); i++) {
        double nearest = 0;
        for (int j : chosen) {
          nearest = Math.max(nearest, i == j ? 1 : Similarity.of(terms.get(i), terms.get(j)));
        }
        double value = RELEVANCE * relevance[i] - (1 - RELEVANCE) * nearest;
        if (nearest < TOO_SIMILAR && value > bestValue) {
          best = i;
          bestValue = value;
        }
      }
      if (best < 0) {
        break;
      }
      chosen.add(best);
    }
    return chosen.stream().map(pool::get).toList();
  }
}
