package io.nanoswarm.embeddings;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Cuts text into the word pieces that BERT models were trained on: lower case without accents, cut
 * at space and punctuation, each word into the longest pieces of the vocabulary from its beginning
 * on (Devlin et al. 2019, after Wu et al. 2016). Safe for use by many threads.
 */
final class WordPieces {
  private static final String CONTINUED = "##";

  /** A longer word is none. */
  private static final int LONGEST_WORD = 100;

  private final Map<String, Integer> vocabulary;
  private final long unknown;
  private final long begin;
  private final long end;

  /**
   * @param vocabulary the number of each piece
   * @throws IllegalArgumentException if it lacks a mark that BERT needs
   */
  WordPieces(Map<String, Integer> vocabulary) {
    this.vocabulary = Map.copyOf(vocabulary);
    this.unknown = number("[UNK]");
    this.begin = number("[CLS]");
    this.end = number("[SEP]");
  }

  private long number(String mark) {
    Integer number = vocabulary.get(mark);
    if (number == null) {
      throw new IllegalArgumentException("the vocabulary has no " + mark);
    }
    return number;
  }

  /**
   * The numbers of the pieces of a text between the marks for its begin and its end.
   *
   * @param most with both marks, at least 2; what follows in the text counts for nothing
   */
  long[] of(String text, int most) {
    var pieces = new ArrayList<Long>();
    pieces.add(begin);
    String plain = Normalizer.normalize(text, Normalizer.Form.NFD).toLowerCase(Locale.ROOT);
    var word = new StringBuilder();
    for (int i = 0; i < plain.length() && pieces.size() < most; ) {
      int character = plain.codePointAt(i);
      i += Character.charCount(character);
      switch (kind(character)) {
        case NONE -> {}
        case SPACE -> add(word, pieces);
        case WORD_OF_ITS_OWN -> {
          add(word, pieces);
          add(word.appendCodePoint(character), pieces);
        }
        case LETTER -> word.appendCodePoint(character);
      }
    }
    add(word, pieces);
    var fitting = new ArrayList<>(pieces.subList(0, Math.min(pieces.size(), most - 1)));
    fitting.add(end);
    return fitting.stream().mapToLong(Long::longValue).toArray();
  }

  private enum Kind {
    NONE,
    SPACE,
    WORD_OF_ITS_OWN,
    LETTER
  }

  private static Kind kind(int character) {
    if (Character.isWhitespace(character) || Character.isSpaceChar(character)) {
      return Kind.SPACE;
    }
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK,
          Character.CONTROL,
          Character.FORMAT,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.SURROGATE ->
          Kind.NONE;
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          Kind.WORD_OF_ITS_OWN;
      default ->
          (character < 128 && !Character.isLetterOrDigit(character))
                  || Character.UnicodeScript.of(character) == Character.UnicodeScript.HAN
              ? Kind.WORD_OF_ITS_OWN
              : Kind.LETTER;
    };
  }

  /** Takes the word that was gathered. */
  private void add(StringBuilder gathered, List<Long> pieces) {
    String word = gathered.toString();
    gathered.setLength(0);
    int before = pieces.size();
    for (int start = 0; start < word.length(); ) {
      int stop = word.length() > LONGEST_WORD ? start : longest(word, start);
      if (stop == start) {
        pieces.subList(before, pieces.size()).clear();
        pieces.add(unknown);
        return;
      }
      pieces.add((long) vocabulary.getOrDefault(piece(word, start, stop), 0));
      start = stop;
    }
  }

  /** Where the longest piece from there on stops; there if there is none. */
  private int longest(String word, int start) {
    int stop = word.length();
    while (stop > start && !vocabulary.containsKey(piece(word, start, stop))) {
      stop--;
    }
    return stop;
  }

  private static String piece(String word, int start, int stop) {
    return (start == 0 ? "" : CONTINUED) + word.substring(start, stop);
  }
}
