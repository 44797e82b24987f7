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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
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
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

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

  /** A word in more passages than this share goes with everything. */
  private static final double COMMON = 0.1;

  /** A word in fewer passages than this goes with nothing else. */
  private static final int FEWEST = 2;

  private static final double NAME_OF_ALL = 0.02;
  private static final double NEARLY_ALL = 0.9;
  private static final double NOWHERE = 1.5;
  private static final double NOWHERE_EVERYDAY = 0.1;

  private final MultiReader reader;
  private final IndexSearcher searcher;
  private final List<String> changed;
  private final Set<String> named;

  /**
   * A passage that may be worth reading.
   *
   * @param path of its file
   */
  public record Candidate(String path, Passage passage) {}

  private WorkspaceIndex(MultiReader reader, List<String> changed, Set<String> named) {
    this.reader = reader;
    this.named = named;
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
          new MultiReader(readers.toArray(IndexReader[]::new)),
          List.copyOf(changed),
          aroundAll(parts));
    } catch (IOException | InterruptedException | RuntimeException e) {
      for (DirectoryReader each : readers) {
        each.close();
      }
      throw e;
    }
  }

  /** The names of the folders that nearly all files are in. */
  private static Set<String> aroundAll(List<List<Manifest.File>> parts) {
    var counts = new HashMap<String, Integer>();
    int files = 0;
    for (List<Manifest.File> part : parts) {
      for (Manifest.File file : part) {
        files++;
        String[] names = file.path().toLowerCase(Locale.ROOT).split("/", -1);
        for (String name : Set.copyOf(List.of(names).subList(0, names.length - 1))) {
          counts.merge(name, 1, Integer::sum);
        }
      }
    }
    double nearlyAll = NEARLY_ALL * files;
    counts.values().removeIf(count -> count < nearlyAll);
    return Set.copyOf(counts.keySet());
  }

  /** What files were left out of indexes made just now, and why. */
  public List<String> changed() {
    return changed;
  }

  /**
   * How much each word of a question tells here: its inverse document frequency (Robertson, Sparck
   * Jones), together with that of its synonyms, times its importance. A word that stands nowhere
   * tells most, for nothing here speaks of it; but an everyday word that stands nowhere tells just
   * that other words are used, and the name of a folder that all files are in tells nothing: all
   * here is about that.
   */
  public Coverage coverage(Question question) throws IOException {
    var weights = new ArrayList<Double>();
    for (Aspect aspect : question.aspects()) {
      double frequency = frequency(aspect);
      double telling = inverse(frequency) * aspect.importance();
      if (frequency == 0) {
        telling *= aspect.importance() < 1 ? NOWHERE_EVERYDAY : NOWHERE;
      } else if (named.contains(aspect.word().toLowerCase(Locale.ROOT))) {
        telling *= NAME_OF_ALL;
      }
      weights.add(telling);
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
    return search(query(question), limit);
  }

  /** The passages of some files that match best by BM25, best first. */
  public List<Candidate> candidates(Question question, Collection<String> paths, int limit)
      throws IOException {
    var terms = paths.stream().map(BytesRef::new).toList();
    return search(
        new BooleanQuery.Builder()
            .add(query(question), BooleanClause.Occur.MUST)
            .add(new TermInSetQuery(PassageFields.PATH, terms), BooleanClause.Occur.FILTER)
            .build(),
        limit);
  }

  /** The first passages of a file, whatever they say. */
  public List<Candidate> passages(String path, int limit) throws IOException {
    return search(new TermQuery(new Term(PassageFields.PATH, path)), limit);
  }

  private List<Candidate> search(Query query, int limit) throws IOException {
    var candidates = new ArrayList<Candidate>();
    for (ScoreDoc hit : searcher.search(query, limit).scoreDocs) {
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

  /**
   * How far the files of the workspace speak of a question, as wholes: 0 to 1, for those that speak
   * of something asked for.
   */
  public Map<String, Double> files(Question question) throws IOException {
    return FileRanks.of(reader, coverage(question));
  }

  /** A question with the words that go with it here, as the passages heard have shown. */
  public Question expanded(Feedback feedback) throws IOException {
    return feedback.expanded(term -> {
      int count = reader.docFreq(new Term(PassageFields.BODY, term));
      boolean tells = count >= FEWEST && count <= Math.max(FEWEST, COMMON * reader.numDocs());
      return tells ? inverse(count) : 0;
    });
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
