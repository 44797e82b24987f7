package io.nanoswarm.offline.question;

import io.nanoswarm.offline.text.Terms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A goal as something that can be searched for. Pure: the same goal gives the same question.
 *
 * @param text as it was asked, before what it refers to
 * @param aspects one for each word that says something, in the order of the goal, at most 24; a
 *     goal without any asks what the folder is about
 * @param neighbours pairs of aspects that stand side by side in the goal, by their indexes
 * @param kind of answer it asks for
 */
public record Question(
    String text, List<Aspect> aspects, List<Pair> neighbours, QuestionKind kind) {
  static final int MAX_ASPECTS = 24;
  private static final double PART_OF_IDENTIFIER = 0.25;
  private static final double JOINED = 0.8;
  private static final int SHAPING_OF = 4;

  /** That German, Dutch, French, Spanish or Italian have as well. */
  private static final Set<String> SHARED =
      Set.of(
          "a", "all", "am", "an", "as", "do", "he", "in", "is", "me", "no", "on", "or", "over",
          "per", "so", "was", "we", "will");

  private static final Set<String> PARTICLES =
      Set.of("out", "up", "down", "off", "in", "over", "back", "through", "away");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_$.'/#+\u2019-]+");
  private static final Pattern TRAILING = Pattern.compile("^[.'/\u2019-]+|[.'/$\u2019-]+$");
  private static final Set<String> WHOLE =
      Set.of(
          "overview",
          "summary",
          "summarize",
          "summarise",
          "introduction",
          "project",
          "repository",
          "repo",
          "folder",
          "code",
          "codebase",
          "program",
          "library",
          "tool",
          "here",
          "started",
          "getting");
  private static final String ABOUT = "readme overview introduction purpose";

  /** Two aspects of which the second follows the first. */
  public record Pair(int first, int second) {}

  public Question {
    aspects = List.copyOf(aspects);
    neighbours = List.copyOf(neighbours);
  }

  public static Question of(String goal) {
    Question asked = parse(goal);
    boolean whole =
        asked.kind == QuestionKind.OVERVIEW
            && asked.aspects.stream()
                .noneMatch(each -> !WHOLE.contains(each.word().toLowerCase(Locale.ROOT)));
    if (!whole && !asked.aspects.isEmpty()) {
      return asked;
    }
    Question about = parse(ABOUT);
    return new Question(goal, about.aspects, about.neighbours, QuestionKind.OVERVIEW);
  }

  /** Whether it asks what all is about, and not for something in it. */
  public boolean isAboutTheWhole() {
    return kind == QuestionKind.OVERVIEW && words().equals(List.of(ABOUT.split(" ")));
  }

  /**
   * Whether what is near to it in meaning answers it. A question about the whole says nothing that
   * one could be near to; what is near to both sides of a comparison tells of neither; and figures
   * and structure stand in no sentence.
   */
  public boolean goesByMeaning() {
    return switch (kind) {
      case COMPARISON, FIGURES, STRUCTURE -> false;
      case EVENT, SETTING, OVERVIEW, REASON, AMOUNT, PLACE, WAY, ANY -> !isAboutTheWhole();
    };
  }

  /**
   * Of a goal that may refer to what was asked before it: then it has the words of that too, at
   * less weight.
   *
   * @param earlier oldest first
   */
  public static Question of(String goal, List<String> earlier) {
    Question own = parse(goal);
    if (earlier.isEmpty() || !Reference.refersBack(goal, own)) {
      return of(goal);
    }
    Question before = of(earlier.getLast(), earlier.subList(0, earlier.size() - 1));
    return Reference.carried(own, before);
  }

  private static Question parse(String goal) {
    var byTerm = new LinkedHashMap<String, Aspect>();
    var order = new ArrayList<String>();
    var pairs = new ArrayList<Pair>();
    int before = -1;
    QuestionKind kind = QuestionKind.of(goal);
    var words = WORD.matcher(goal);
    while (words.find()) {
      String word = TRAILING.matcher(words.group()).replaceAll("");
      String lower = word.toLowerCase(Locale.ROOT);
      double importance = kind.asksBy(lower) ? 0 : LightWords.importance(lower);
      List<String> terms = importance == 0 ? List.of() : Terms.of(word);
      if (terms.isEmpty()) {
        if (before >= 0 && PARTICLES.contains(word)) {
          String verb = order.get(before);
          byTerm.computeIfPresent(verb, (_, aspect) -> aspect.with(verb + word, JOINED));
        }
        before = -1;
        continue;
      }
      String key = terms.getFirst();
      if (!byTerm.containsKey(key)) {
        if (byTerm.size() == MAX_ASPECTS) {
          break;
        }
        byTerm.put(key, aspect(word, importance, terms));
        order.add(key);
      }
      int index = order.indexOf(key);
      if (before >= 0 && before != index) {
        pairs.add(new Pair(before, index));
      }
      before = index;
    }
    return new Question(goal, joined(List.copyOf(byTerm.values()), pairs), pairs, kind);
  }

  /**
   * Neighbours may be one word to those who wrote the files: {@code time out}, {@code hash map}.
   */
  private static List<Aspect> joined(List<Aspect> aspects, List<Pair> pairs) {
    var result = new ArrayList<>(aspects);
    for (Pair pair : pairs) {
      String word = aspects.get(pair.first()).word() + aspects.get(pair.second()).word();
      List<String> terms = Terms.of(word.toLowerCase(Locale.ROOT));
      if (terms.size() == 1) {
        result.set(pair.first(), result.get(pair.first()).with(terms.getFirst(), JOINED));
        result.set(pair.second(), result.get(pair.second()).with(terms.getFirst(), JOINED));
      }
    }
    return result;
  }

  private static Aspect aspect(String word, double importance, List<String> terms) {
    var closeness = new LinkedHashMap<String, Double>();
    closeness.put(terms.getFirst(), 1.0);
    // Who asks for Neo4j does not mean neo.
    boolean numbered = word.chars().anyMatch(Character::isDigit);
    for (String part : numbered ? List.<String>of() : terms.subList(1, terms.size())) {
      closeness.putIfAbsent(part, PART_OF_IDENTIFIER);
    }
    if (terms.size() == 1) {
      Synonyms.of(terms.getFirst()).forEach(closeness::putIfAbsent);
    }
    var result = new ArrayList<Aspect.Term>();
    closeness.forEach((text, value) -> result.add(new Aspect.Term(text, value)));
    return new Aspect(word, importance, result);
  }

  /** Whether an aspect is one of the things that are compared. */
  public boolean compares(Aspect aspect) {
    return kind == QuestionKind.COMPARISON && aspect.importance() == 1;
  }

  /**
   * Whether it is worded as people do in English: at least a quarter of its words are such as shape
   * a sentence of that language, and one of them is not a word of its neighbours too. What is only
   * a list of words is worded in none.
   */
  public boolean isEnglish() {
    int all = 0;
    int shaping = 0;
    boolean own = false;
    var words = WORD.matcher(text);
    while (words.find()) {
      String word = words.group().toLowerCase(Locale.ROOT);
      if (word.chars().noneMatch(Character::isLetterOrDigit)) {
        continue;
      }
      all++;
      if (LightWords.importance(word) == 0 || Terms.of(word).isEmpty()) {
        shaping++;
        own |= !SHARED.contains(word);
      }
    }
    return own && SHAPING_OF * shaping >= all;
  }

  /** The names of several words that it asks for, in the order of the goal. */
  public List<Name> names() {
    return Name.in(this);
  }

  /** The words asked for, in the order of the goal. */
  public List<String> words() {
    return aspects.stream().map(Aspect::word).toList();
  }
}
