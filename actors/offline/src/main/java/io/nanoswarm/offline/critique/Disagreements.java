package io.nanoswarm.offline.critique;

import io.nanoswarm.offline.research.Finding;
import io.nanoswarm.offline.text.Sentence;
import io.nanoswarm.offline.text.Source;
import io.nanoswarm.offline.text.Terms;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Sentences of different files that say about the same with other figures, or one the opposite of
 * the other. Pure; the same findings bring the same, in whatever order they come.
 *
 * <p>Not promised: that they contradict each other; they may speak of different things in the same
 * words. Nor that nothing else does.
 */
public final class Disagreements {
  private static final Pattern FIGURE =
      Pattern.compile(
          "(?<![\\w.-])\\d+(?:[.,]\\d+)?(?![\\w-])|(?<![\\w.-])\\d+(?:ms|s|m|h|MB|KB|kB|GB)\\b");
  private static final Pattern NOT =
      Pattern.compile("\\b(?:not|never|no longer|cannot|without)\\b|n't\\b");
  private static final int FEWEST_TERMS = 4;
  private static final int LONGEST = 300;
  private static final int MANY_FIGURES = 2;
  private static final double ALIKE = 0.6;
  private static final double NEARLY_THE_SAME = 0.75;

  private Disagreements() {}

  /** A sentence and where it stands, as {@code path:line}. */
  public record Said(String sentence, String place) {}

  /** Two that do not go together. */
  public record Pair(Said one, Said other) {}

  private record Claim(
      Said said, String path, Set<String> terms, Set<String> figures, boolean negated) {}

  /**
   * @param findings best first
   * @return those of the best findings first; each place in one pair at most
   */
  public static List<Pair> among(List<Finding> findings) {
    var claims = new ArrayList<Claim>();
    findings.stream().sorted(Finding.BY_MERIT).forEach(each -> claims(each, claims));
    var pairs = new ArrayList<Pair>();
    var taken = new HashSet<String>();
    for (int i = 0; i < claims.size(); i++) {
      for (int j = i + 1; j < claims.size(); j++) {
        Claim one = claims.get(i);
        Claim other = claims.get(j);
        if (disagree(one, other)
            && !taken.contains(one.said().place())
            && !taken.contains(other.said().place())) {
          taken.add(one.said().place());
          taken.add(other.said().place());
          pairs.add(new Pair(one.said(), other.said()));
        }
      }
    }
    return pairs;
  }

  private static void claims(Finding finding, List<Claim> claims) {
    var evidence = finding.evidence();
    List<String> lines = evidence.quote().lines().toList();
    for (Sentence each : Source.of(evidence.path(), lines).sentences(1, lines.size())) {
      String text = each.text();
      Set<String> figures = figures(text);
      var terms =
          new HashSet<>(
              Terms.of(FIGURE.matcher(NOT.matcher(text).replaceAll(" ")).replaceAll(" ")));
      if (terms.size() >= FEWEST_TERMS && text.length() <= LONGEST) {
        claims.add(
            new Claim(
                new Said(text, evidence.path() + ":" + (evidence.firstLine() + each.line() - 1)),
                evidence.path(),
                terms,
                figures,
                NOT.matcher(text).find()));
      }
    }
  }

  private static Set<String> figures(String text) {
    var figures = new HashSet<String>();
    FIGURE.matcher(text).results().forEach(each -> figures.add(each.group()));
    return figures;
  }

  private static boolean disagree(Claim one, Claim other) {
    if (one.path().equals(other.path())) {
      return false;
    }
    boolean figures =
        !one.figures().isEmpty()
            && one.figures().size() == other.figures().size()
            && one.figures().size() <= MANY_FIGURES
            && one.figures().stream().noneMatch(other.figures()::contains);
    boolean opposite = one.negated() != other.negated() && one.figures().equals(other.figures());
    double alike = similarity(one, other);
    return (figures && alike >= ALIKE) || (opposite && alike >= NEARLY_THE_SAME);
  }

  /** Jaccard's coefficient. */
  private static double similarity(Claim one, Claim other) {
    long both = one.terms().stream().filter(other.terms()::contains).count();
    return (double) both / (one.terms().size() + other.terms().size() - both);
  }
}
