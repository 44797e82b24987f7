package io.nanoswarm.offline.question;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A name of several words, such as {@code Azure Event Hubs}: a text that has each of the words, but
 * no two of them side by side, speaks of something else. Pure.
 *
 * @param words at least two
 */
public record Name(List<String> words) {
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern AROUND = Pattern.compile("^\\P{L}+|\\P{L}+$");
  private static final Pattern CAPITALIZED = Pattern.compile("\\p{Lu}\\p{Ll}+");
  private static final Pattern SMALL = Pattern.compile("\\p{Ll}+");
  private static final Pattern JOINTS = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** In a title, in which all other words are capitalized, these are not. */
  private static final Set<String> SMALL_IN_TITLES =
      Set.of(
          "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "of", "on", "or",
          "the", "to", "with");

  public Name {
    words = List.copyOf(words);
  }

  /**
   * In the order of a question. None of what is not in English, where others than names may have
   * capitals, or is worded as a title.
   */
  static List<Name> in(Question question) {
    if (!question.isEnglish() || isTitle(question.text())) {
      return List.of();
    }
    return question.text().lines().flatMap(line -> in(line).stream()).toList();
  }

  private static List<Name> in(String line) {
    var names = new ArrayList<Name>();
    var name = new ArrayList<String>();
    BLANKS
        .splitAsStream(line)
        .forEach(written -> {
          String word = bare(written);
          boolean isPart =
              CAPITALIZED.matcher(word).matches()
                  && LightWords.importance(word.toLowerCase(Locale.ROOT)) > 0;
          if (isPart) {
            name.add(word);
          }
          if (!isPart || !written.endsWith(word)) {
            end(name, names);
          }
        });
    end(name, names);
    return names;
  }

  private static void end(List<String> name, List<Name> names) {
    if (name.size() > 1) {
      names.add(new Name(name));
    }
    name.clear();
  }

  private static boolean isTitle(String text) {
    return BLANKS
        .splitAsStream(text)
        .map(Name::bare)
        .allMatch(word -> !SMALL.matcher(word).matches() || SMALL_IN_TITLES.contains(word));
  }

  private static String bare(String written) {
    return AROUND.matcher(written).replaceAll("");
  }

  /** Whether two neighbours of the name are neighbours there too, however they are joined. */
  public boolean standsIn(String text) {
    String joined = joined(text);
    for (int i = 0; i + 1 < words.size(); i++) {
      if (joined.contains(joined(words.get(i) + words.get(i + 1)))) {
        return true;
      }
    }
    return false;
  }

  private static String joined(String text) {
    return JOINTS.matcher(text).replaceAll("").toLowerCase(Locale.ROOT);
  }

  /** As it was asked for. */
  public String text() {
    return String.join(" ", words);
  }
}
