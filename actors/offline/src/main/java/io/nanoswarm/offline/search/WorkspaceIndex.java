package io.nanoswarm.offline.search;

import io.nanoswarm.offline.question.Aspect;
import io.nanoswarm.offline.question.Coverage;
import io.nanoswarm.offline.question.Question;
import io.nanoswarm.offline.text.Passage;
import io.nanoswarm.workspace.Manifest;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;

/**
 * The indexes of all parts of a workspace, searched as one.
 *
 * <p>Guarantees: what it says does not depend on how the workspace is cut into parts, since words
 * are counted over all of them.
 */
public final class WorkspaceIndex implements Closeable {
  private static final float HEAD_BOOST = 1.5f;
  private static final float IDENTIFIER_BOOST = 3;
  private static final float TIE = 0.1f;

  private final MultiReader reader;
  private final IndexSearcher searcher;
  private final List<String> changed;

  /**
   * A passage that may be worth reading.
   *
   * @param path of its file
   */
  public record Candidate(String path, Passage passage) {}

  private WorkspaceIndex(MultiReader reader, List<String> changed) {
    this.reader = reader;
    this.searcher = new IndexSearcher(reader);
    this.changed = changed;
  }

  /** Opens the index of every part, in order, and makes those that this machine does not have. */
  public static WorkspaceIndex open(
      IndexCache cache, Path root, List<List<Manifest.File>> parts, Progress progress)
      throws IOException, InterruptedException {
    var readers = new ArrayList<DirectoryReader>();
    var changed = new ArrayList<String>();
    try {
      for (List<Manifest.File> part : parts) {
        IndexCache.Opened opened = cache.open(root, part, progress);
        readers.add(opened.reader());
        changed.addAll(opened.changed());
      }
      return new WorkspaceIndex(
          new MultiReader(readers.toArray(IndexReader[]::new)), List.copyOf(changed));
    } catch (IOException | InterruptedException | RuntimeException e) {
      for (DirectoryReader each : readers) {
        each.close();
      }
      throw e;
    }
  }

  /** What files were left out of indexes made just now, and why. */
  public List<String> changed() {
    return changed;
  }

  /**
   * How much each word of a question tells here: its inverse document frequency (Robertson, Sparck
   * Jones), together with that of its synonyms. A word that stands nowhere weighs as much as the
   * rarest that does.
   */
  public Coverage coverage(Question question) throws IOException {
    var weights = new ArrayList<Double>();
    var frequencies = new ArrayList<Double>();
    double rarest = 0;
    for (Aspect aspect : question.aspects()) {
      double frequency = frequency(aspect);
      frequencies.add(frequency);
      if (frequency > 0) {
        rarest = Math.max(rarest, inverse(frequency));
      }
    }
    for (int i = 0; i < frequencies.size(); i++) {
      double weight = frequencies.get(i) > 0 ? inverse(frequencies.get(i)) : Math.max(rarest, 1);
      weights.add(weight * question.aspects().get(i).importance());
    }
    return new Coverage(question, weights);
  }

  private double frequency(Aspect aspect) throws IOException {
    double sum = 0;
    for (Aspect.Term term : aspect.terms()) {
      int count = reader.docFreq(new Term(PassageFields.BODY, term.text()));
      sum += term.closeness() * term.closeness() * count;
    }
    return Math.min(sum, reader.numDocs());
  }

  private double inverse(double frequency) {
    return StrictMath.log(1 + (reader.numDocs() - frequency + 0.5) / (frequency + 0.5));
  }

  /** The passages of the whole workspace that match best by BM25, best first. */
  public List<Candidate> candidates(Question question, int limit) throws IOException {
    var candidates = new ArrayList<Candidate>();
    for (ScoreDoc hit : searcher.search(query(question), limit).scoreDocs) {
      Document stored = searcher.storedFields().document(hit.doc);
      candidates.add(
          new Candidate(
              stored.get(PassageFields.PATH),
              new Passage(
                  number(stored, PassageFields.FIRST),
                  number(stored, PassageFields.LAST),
                  stored.get(PassageFields.NAME))));
    }
    return candidates;
  }

  private static Query query(Question question) {
    var all = new BooleanQuery.Builder();
    for (Aspect aspect : question.aspects()) {
      var ways = new ArrayList<Query>();
      for (Aspect.Term term : aspect.terms()) {
        float boost = (float) (term.closeness() * aspect.importance());
        ways.add(boosted(PassageFields.BODY, term.text(), boost));
        float head = aspect.isIdentifier() ? IDENTIFIER_BOOST : HEAD_BOOST;
        ways.add(boosted(PassageFields.HEAD, term.text(), boost * head));
      }
      all.add(new DisjunctionMaxQuery(ways, TIE), BooleanClause.Occur.SHOULD);
    }
    return all.build();
  }

  private static Query boosted(String field, String term, float boost) {
    return new BoostQuery(new TermQuery(new Term(field, term)), boost);
  }

  private static int number(Document stored, String field) {
    return stored.getField(field).numericValue().intValue();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
