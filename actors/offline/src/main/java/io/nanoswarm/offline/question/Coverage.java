package io.nanoswarm.offline.question;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/**
 * How far texts speak of what a question asks, given how much each of its words tells in one
 * workspace. Pure.
 *
 * @param weights of the question's aspects, in their order: rare words weigh more
 */
public record Coverage(Question question, List<Double> weights) {
  private static final double LEAST_OF_MAIN = 0.05;

  public Coverage {
    weights = List.copyOf(weights);
    if (weights.size() != question.aspects().size()) {
      throw new IllegalArgumentException(
          "weights: %d (expected: %d)".formatted(weights.size(), question.aspects().size()));
    }
  }

  /**
   * How closely the terms of a text speak of each aspect, 0 to 1; several synonyms together say
   * more than one of them.
   */
  public double[] of(List<String> terms) {
    var distinct = new HashSet<>(terms);
    var covered = new double[weights.size()];
    for (int i = 0; i < covered.length; i++) {
      double doubt = 1;
      for (Aspect.Term term : question.aspects().get(i).terms()) {
        doubt *= distinct.contains(term.text()) ? 1 - term.closeness() : 1;
      }
      covered[i] = 1 - doubt;
    }
    return covered;
  }

  /** The covered share of all that is asked for, 0 to 1. */
  public double share(double[] covered) {
    double sum = 0;
    for (int i = 0; i < covered.length; i++) {
      sum += covered[i] * weights.get(i);
    }
    return total() == 0 ? 0 : sum / total();
  }

  public double total() {
    double total = 0;
    for (double each : weights) {
      total += each;
    }
    return total;
  }

  /**
   * The words that say what is asked for: not those that people use for anything, and not the name
   * of what all here is about. All, if no other has been asked for.
   */
  public List<String> mainWords() {
    return main().words();
  }

  /** The question without its other words. */
  public Question main() {
    double most = weights.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    var main = new ArrayList<Aspect>();
    for (int i = 0; i < weights.size(); i++) {
      Aspect aspect = question.aspects().get(i);
      if (aspect.importance() == 1 && weights.get(i) > LEAST_OF_MAIN * most) {
        main.add(aspect);
      }
    }
    return main.isEmpty()
        ? question
        : new Question(question.text(), main, List.of(), question.kind());
  }

  /** How many pairs of neighbours stand side by side in a text too, as a share of all pairs. */
  public double neighbours(List<String> terms) {
    if (question.neighbours().isEmpty()) {
      return 0;
    }
    int found = 0;
    for (Question.Pair pair : question.neighbours()) {
      found += adjacent(pair, terms) ? 1 : 0;
    }
    return (double) found / question.neighbours().size();
  }

  private boolean adjacent(Question.Pair pair, List<String> terms) {
    String first = question.aspects().get(pair.first()).terms().getFirst().text();
    String second = question.aspects().get(pair.second()).terms().getFirst().text();
    for (int i = 0; i + 1 < terms.size(); i++) {
      if (terms.get(i).equals(first) && terms.get(i + 1).equals(second)) {
        return true;
      }
    }
    return false;
  }

  /** The words a text speaks of. */
  public List<String> words(double[] covered) {
    var words = new ArrayList<String>();
    for (int i = 0; i < covered.length; i++) {
      if (covered[i] > 0) {
        words.add(question.aspects().get(i).word());
      }
    }
    return words;
  }

  /** The weights as one attribute of an entry. */
  public String format() {
    return String.join(
        " ", weights.stream().map(each -> String.format(Locale.ROOT, "%.6f", each)).toList());
  }

  /**
   * @param weights as {@link #format} wrote them; if they do not fit the question, all count alike
   */
  public static Coverage parse(Question question, String weights) {
    List<Double> values = WordList.words(weights).stream().map(Double::valueOf).toList();
    return values.size() == question.aspects().size()
        ? new Coverage(question, values)
        : even(question);
  }

  /** All words count by their importance alone. */
  public static Coverage even(Question question) {
    return new Coverage(question, question.aspects().stream().map(Aspect::importance).toList());
  }
}
