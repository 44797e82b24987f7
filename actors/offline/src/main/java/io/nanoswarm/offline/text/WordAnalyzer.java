package io.nanoswarm.offline.text;

import java.io.Reader;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.FilteringTokenFilter;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.charfilter.MappingCharFilter;
import org.apache.lucene.analysis.charfilter.NormalizeCharMap;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.tartarus.snowball.ext.EnglishStemmer;

/**
 * Cuts prose and code into search terms: identifiers whole and split ({@code HashMap} gives {@code
 * hashmap}, {@code hash}, {@code map}, and {@code http4} also {@code http}), lower-case, without
 * English stop words, stemmed (Porter2).
 */
public final class WordAnalyzer extends Analyzer {
  /** Part of every index's name: raise it when the terms of a text change. */
  public static final String VERSION = "4";

  private static final int IDENTIFIERS =
      WordDelimiterGraphFilter.GENERATE_WORD_PARTS
          | WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS
          | WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE
          | WordDelimiterGraphFilter.SPLIT_ON_NUMERICS
          | WordDelimiterGraphFilter.PRESERVE_ORIGINAL
          | WordDelimiterGraphFilter.STEM_ENGLISH_POSSESSIVE;

  private static final NormalizeCharMap SPELLINGS = spellings();

  private static NormalizeCharMap spellings() {
    var map = new NormalizeCharMap.Builder();
    map.add("I/O", "IO");
    map.add("i/o", "io");
    map.add("C++", "cpp");
    map.add("C#", "csharp");
    map.add("\u2019", "'");
    return map.build();
  }

  @Override
  protected Reader initReader(String field, Reader reader) {
    return new MappingCharFilter(SPELLINGS, reader);
  }

  @Override
  protected TokenStreamComponents createComponents(String field) {
    Tokenizer words = new StandardTokenizer();
    TokenStream terms = new WordDelimiterGraphFilter(words, IDENTIFIERS, null);
    terms = new LowerCaseFilter(terms);
    terms = new StopFilter(terms, EnglishAnalyzer.ENGLISH_STOP_WORDS_SET);
    terms = new SensibleLength(terms);
    return new TokenStreamComponents(words, new SnowballFilter(terms, new EnglishStemmer()));
  }

  /** Drops single Latin letters and digits, and what is too long for a word. */
  private static final class SensibleLength extends FilteringTokenFilter {
    private static final int LONGEST = 64;
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);

    SensibleLength(TokenStream in) {
      super(in);
    }

    @Override
    protected boolean accept() {
      return term.length() <= LONGEST && (term.length() > 1 || term.charAt(0) > 0x24F);
    }
  }
}
