package io.nanoswarm.offline.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** The search terms of a text, in its order. Safe for use by many threads. */
public final class Terms {
  private static final Analyzer WORDS = new WordAnalyzer();

  private Terms() {}

  public static List<String> of(String text) {
    var terms = new ArrayList<String>();
    try (var stream = WORDS.tokenStream("text", text)) {
      var term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) {
        terms.add(term.toString());
      }
      stream.end();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory cannot be read", e);
    }
    return terms;
  }
}
