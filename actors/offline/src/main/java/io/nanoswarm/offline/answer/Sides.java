package io.nanoswarm.offline.answer;

import io.nanoswarm.offline.question.Aspect;
import io.nanoswarm.offline.question.Question;
import io.nanoswarm.offline.question.QuestionKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * What a question compares, so that an answer tells of each and not of the one alone of which a
 * folder tells more. Pure.
 *
 * @param words that are told of in turn; fewer than two for a question that compares nothing
 */
record Sides(List<String> words) {
  Sides {
    words = List.copyOf(words);
  }

  static Sides of(Question question) {
    return new Sides(
        question.kind() == QuestionKind.COMPARISON
            ? question.aspects().stream()
                .filter(aspect -> aspect.importance() == 1)
                .map(Aspect::word)
                .toList()
            : List.of());
  }

  /** Whether there are several. */
  boolean compare() {
    return words.size() > 1;
  }

  /**
   * The same things in another order: the next is always the best that speaks of the side of which
   * least was told so far.
   *
   * @param best first
   * @param spoken the words of the question that a thing speaks of
   */
  <T> List<T> inTurn(List<T> best, Function<T, Collection<String>> spoken) {
    if (!compare()) {
      return best;
    }
    var left = new ArrayList<>(best);
    var ordered = new ArrayList<T>();
    var told = new int[words.size()];
    while (!left.isEmpty()) {
      T next = next(left, told, spoken);
      left.remove(next);
      ordered.add(next);
      Collection<String> of = spoken.apply(next);
      for (int i = 0; i < told.length; i++) {
        told[i] += of.contains(words.get(i)) ? 1 : 0;
      }
    }
    return ordered;
  }

  private <T> T next(List<T> left, int[] told, Function<T, Collection<String>> spoken) {
    T next = left.getFirst();
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < told.length; i++) {
      String side = words.get(i);
      var of = left.stream().filter(each -> spoken.apply(each).contains(side)).findFirst();
      if (of.isPresent() && told[i] < least) {
        next = of.get();
        least = told[i];
      }
    }
    return next;
  }
}
