package io.nanoswarm.offline.search;

import io.nanoswarm.offline.question.Aspect;
import io.nanoswarm.offline.question.Question;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Words that go with a question in this workspace, learned from the passages that match it best:
 * pseudo-relevance feedback by relevance models (RM3, Abdul-Jaleel and others 2004), weighed with
 * the inverse document frequency. Pure.
 *
 * <p>So a question for one's "password" finds files that only speak of credentials, if the best
 * passages on passwords do so.
 */
public final class Feedback {
  private static final int TERMS = 12;

  /** How much all learned words count, beside all that were asked for. */
  private static final double TOGETHER = 0.5;

  private final Question question;
  private final Set<String> asked = new HashSet<>();
  private final Map<String, Double> weights = new HashMap<>();

  public Feedback(Question question) {
    this.question = question;
    question.aspects().forEach(aspect -> aspect.terms().forEach(term -> asked.add(term.text())));
  }

  /** Takes a passage that matches, as strongly as its rank says. */
  public void hear(List<String> terms, double rank) {
    if (terms.isEmpty()) {
      return;
    }
    double each = rank / terms.size();
    for (String term : terms) {
      if (!asked.contains(term) && term.length() > 2) {
        weights.merge(term, each, Double::sum);
      }
    }
  }

  /** How telling a term is, its inverse document frequency; 0 for one not to be used. */
  interface Telling {
    double of(String term) throws IOException;
  }

  /** The question with the words that were learned as further aspects of little importance. */
  Question expanded(Telling telling) throws IOException {
    record Learned(String term, double weight) {}
    var learned = new ArrayList<Learned>();
    for (var each : weights.entrySet()) {
      double weight = each.getValue() * telling.of(each.getKey());
      if (weight > 0) {
        learned.add(new Learned(each.getKey(), weight));
      }
    }
    learned.sort(
        Comparator.comparingDouble(Learned::weight).reversed().thenComparing(Learned::term));
    List<Learned> best = learned.stream().limit(TERMS).toList();
    double sum = best.stream().mapToDouble(Learned::weight).sum();
    double importance =
        question.aspects().stream().mapToDouble(Aspect::importance).sum() * TOGETHER;
    var aspects = new ArrayList<>(question.aspects());
    for (Learned each : best) {
      aspects.add(
          new Aspect(
              each.term(),
              importance * each.weight() / sum,
              List.of(new Aspect.Term(each.term(), 1))));
    }
    return new Question(question.text(), aspects, question.neighbours(), question.kind());
  }
}
