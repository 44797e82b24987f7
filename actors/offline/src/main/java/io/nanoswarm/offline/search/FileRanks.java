package io.nanoswarm.offline.search;

import io.nanoswarm.offline.question.Aspect;
import io.nanoswarm.offline.question.Coverage;
import io.nanoswarm.offline.text.Terms;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;

/**
 * How far whole files speak of a question: BM25F (Robertson, Zaragoza, Taylor 2004) over what all
 * passages of a file say together, with names above text and the words of the path above both.
 *
 * <p>A passage may answer with few of the question's words because the rest of its file has said
 * them before; this is what ranks such a file above one that says them all once by chance.
 */
final class FileRanks {
  private static final double NAME = 1.5;
  private static final double PATH = 3;
  private static final double K1 = 1.2;
  private static final double B = 0.5;

  private FileRanks() {}

  /**
   * The files that speak of something asked for, with their rank: 0 to 1, comparable over all files
   * of the workspace.
   */
  static Map<String, Double> of(IndexReader reader, Coverage coverage) throws IOException {
    var frequencies = new HashMap<String, double[]>();
    var lengths = new HashMap<String, Double>();
    double total = 0;
    int files = 0;
    for (LeafReaderContext leaf : reader.leaves()) {
      var part = new Part(leaf.reader(), coverage);
      for (int file = 0; file < part.paths.length; file++) {
        total += part.lengths[file];
        files++;
        if (part.spoken[file]) {
          frequencies.put(part.paths[file], part.frequencies[file]);
          lengths.put(part.paths[file], (double) part.lengths[file]);
        }
      }
    }
    double usual = files == 0 ? 1 : Math.max(1, total / files);
    var ranks = new HashMap<String, Double>();
    frequencies.forEach((path, counted) ->
        ranks.put(path, rank(path, counted, lengths.getOrDefault(path, usual) / usual, coverage)));
    return ranks;
  }

  private static double rank(String path, double[] counted, double length, Coverage coverage) {
    double[] inPath = coverage.of(Terms.of(path));
    double k = K1 * (1 - B + B * length);
    double sum = 0;
    for (int i = 0; i < counted.length; i++) {
      double frequency = counted[i] + PATH * inPath[i];
      sum += coverage.weights().get(i) * frequency / (frequency + k);
    }
    return coverage.total() == 0 ? 0 : sum / coverage.total();
  }

  /** The files of one segment, by the ordinals of their paths. */
  private static final class Part {
    final String[] paths;
    final long[] lengths;
    final double[][] frequencies;
    final boolean[] spoken;

    Part(LeafReader reader, Coverage coverage) throws IOException {
      var ordinals = DocValues.getSorted(reader, PassageFields.FILE);
      var characters = DocValues.getNumeric(reader, PassageFields.LENGTH);
      int count = ordinals.getValueCount();
      this.paths = new String[count];
      this.lengths = new long[count];
      this.spoken = new boolean[count];
      this.frequencies = new double[count][];
      for (int i = 0; i < count; i++) {
        paths[i] = ordinals.lookupOrd(i).utf8ToString();
      }
      var fileOf = new int[reader.maxDoc()];
      Arrays.fill(fileOf, -1);
      for (int doc = ordinals.nextDoc();
          doc != DocIdSetIterator.NO_MORE_DOCS;
          doc = ordinals.nextDoc()) {
        fileOf[doc] = ordinals.ordValue();
        if (characters.advanceExact(doc)) {
          lengths[fileOf[doc]] += characters.longValue();
        }
      }
      int aspects = coverage.question().aspects().size();
      for (int i = 0; i < aspects; i++) {
        for (Aspect.Term term : coverage.question().aspects().get(i).terms()) {
          count(reader, PassageFields.BODY, term.text(), i, aspects, term.closeness(), fileOf);
          count(
              reader, PassageFields.HEAD, term.text(), i, aspects, NAME * term.closeness(), fileOf);
        }
      }
    }

    private void count(
        LeafReader reader,
        String field,
        String term,
        int aspect,
        int aspects,
        double weight,
        int[] fileOf)
        throws IOException {
      PostingsEnum found = reader.postings(new Term(field, term), PostingsEnum.FREQS);
      if (found == null) {
        return;
      }
      for (int doc = found.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = found.nextDoc()) {
        int file = fileOf[doc];
        if (!spoken[file]) {
          spoken[file] = true;
          frequencies[file] = new double[aspects];
        }
        frequencies[file][aspect] += weight * found.freq();
      }
    }
  }
}
