package io.nanoswarm.offline.critique;

import io.nanoswarm.offline.question.Aspect;
import io.nanoswarm.offline.question.Coverage;
import io.nanoswarm.offline.question.Name;
import io.nanoswarm.offline.research.Finding;
import io.nanoswarm.offline.search.Ranking;
import io.nanoswarm.offline.text.Terms;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The judgement on all findings.
 *
 * <p>Guarantees: the same findings over the same files are judged the same, in whatever order they
 * were gathered. What is kept stands verbatim in a file that is what it was when the session was
 * opened.
 *
 * @param judged every finding, best first
 * @param uncovered the main words of the question that nothing kept speaks of, in its order, and
 *     the names of which it has no two words side by side
 */
public record Critique(List<Judged> judged, List<String> uncovered) {
  /** How many are looked at; the rest is weak beside them. */
  static final int BEST = 24;

  private static final double WEAK_BESIDE_BEST = 0.4;
  private static final double SAME = 0.75;

  /** A finding with its verdict and the reason for it. */
  public record Judged(Finding finding, Verdict verdict, String why) {}

  public Critique {
    judged = List.copyOf(judged);
    uncovered = List.copyOf(uncovered);
  }

  public static Critique of(List<Finding> findings, Coverage coverage, VerbatimCheck check) {
    List<Finding> byMerit = findings.stream().sorted(Finding.BY_MERIT).toList();
    List<Finding> onTopic = byMerit.stream().filter(each -> isOnTopic(each, coverage)).toList();
    var judged = new ArrayList<Judged>();
    var kept = new ArrayList<Finding>();
    for (Finding finding : byMerit) {
      Judged each = judge(finding, onTopic, kept, check);
      judged.add(each);
      if (each.verdict() == Verdict.KEEP) {
        kept.add(finding);
      }
    }
    return new Critique(judged, uncovered(coverage, kept));
  }

  public List<Finding> kept() {
    return judged.stream()
        .filter(each -> each.verdict() == Verdict.KEEP)
        .map(Judged::finding)
        .toList();
  }

  /**
   * @param onTopic all that speak of a main word, best first: the others hide none of them
   */
  private static Judged judge(
      Finding finding, List<Finding> onTopic, List<Finding> kept, VerbatimCheck check) {
    var problem = check.problem(finding.evidence());
    if (problem.isPresent()) {
      return new Judged(finding, Verdict.NOT_VERBATIM, problem.get());
    }
    int place = onTopic.indexOf(finding);
    if (place < 0) {
      return new Judged(finding, Verdict.OFF_TOPIC, "speaks of no main word of the question");
    }
    if (place >= BEST) {
      return new Judged(finding, Verdict.WEAK, "%d others answer better".formatted(BEST));
    }
    for (Finding better : kept) {
      if (similarity(finding, better) >= SAME) {
        return new Judged(
            finding, Verdict.REPEATED, "says the same as " + better.evidence().place());
      }
    }
    if (finding.score() < WEAK_BESIDE_BEST * onTopic.getFirst().score()) {
      return new Judged(finding, Verdict.WEAK, "answers much less well than the best");
    }
    return new Judged(
        finding,
        Verdict.KEEP,
        finding.words().isEmpty()
            ? "is near to the question in meaning"
            : "speaks of " + String.join(", ", finding.words()));
  }

  /** What is near to the question in meaning may say it in other words. */
  private static boolean isOnTopic(Finding finding, Coverage coverage) {
    return Ranking.isNear(finding.nearness())
        || coverage.mainWords().stream().anyMatch(finding.words()::contains);
  }

  private static List<String> uncovered(Coverage coverage, List<Finding> kept) {
    Set<String> covered = new HashSet<>();
    kept.forEach(finding -> covered.addAll(finding.words()));
    List<String> main = coverage.mainWords();
    var uncovered = new LinkedHashSet<String>();
    for (Aspect aspect : coverage.question().aspects()) {
      if (aspect.importance() == 1
          && main.contains(aspect.word())
          && !covered.contains(aspect.word())) {
        uncovered.add(aspect.word());
      }
    }
    for (Name name : coverage.question().names()) {
      if (name.words().stream().noneMatch(uncovered::contains)
          && kept.stream().noneMatch(each -> names(each, name))) {
        uncovered.add(name.text());
      }
    }
    return List.copyOf(uncovered);
  }

  private static boolean names(Finding finding, Name name) {
    return Stream.of(finding.evidence().path(), finding.name(), finding.evidence().quote())
        .anyMatch(name::standsIn);
  }

  /** Jaccard's coefficient of the terms of two quotations. */
  private static double similarity(Finding a, Finding b) {
    var first = new HashSet<>(Terms.of(a.evidence().quote()));
    var second = new HashSet<>(Terms.of(b.evidence().quote()));
    int all = first.size() + second.size();
    first.retainAll(second);
    int both = first.size();
    return all == both ? 1 : (double) both / (all - both);
  }
}
