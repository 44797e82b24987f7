package io.nanoswarm.offline.research;

import io.nanoswarm.blackboard.Evidence;
import java.util.Comparator;
import java.util.List;

/**
 * A place in a file that speaks of the question.
 *
 * @param name what the place is called in its file
 * @param evidence the place and what stands there
 * @param score how well it answers: comparable over all parts of a workspace
 * @param byWords the same by its words alone; the score, if meanings were not compared
 * @param nearness of its file to the question in meaning, 0 to 1; 0 if that is not known
 * @param share of the question that it speaks of, 0 to 1
 * @param words of the question that it speaks of
 * @param sentence the sentence in it that speaks of most; empty if none does
 * @param sentenceLine where that begins; the first line if there is none
 */
public record Finding(
    String name,
    Evidence evidence,
    double score,
    double byWords,
    double nearness,
    double share,
    List<String> words,
    String sentence,
    int sentenceLine) {
  /** Best first; the same for every way to gather findings. */
  public static final Comparator<Finding> BY_MERIT =
      Comparator.comparingDouble(Finding::score)
          .reversed()
          .thenComparing(finding -> finding.evidence().path())
          .thenComparingInt(finding -> finding.evidence().firstLine());

  public Finding {
    words = List.copyOf(words);
  }
}
