package io.nanoswarm.offline.evaluation;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.util.QueryBuilder;

/**
 * What anybody has with Lucene as it comes: BM25 over whole files, words stemmed as English, paths
 * not read.
 */
final class Baseline implements Closeable {
  private static final String PATH = "path";
  private static final String TEXT = "text";

  private final Analyzer analyzer = new EnglishAnalyzer();
  private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
  private final DirectoryReader reader;
  private final IndexSearcher searcher;

  Baseline(Corpus corpus, List<String> paths) throws IOException {
    var config = new IndexWriterConfig(analyzer).setSimilarity(new BM25Similarity());
    try (var writer = new IndexWriter(directory, config)) {
      for (String path : paths) {
        var document = new Document();
        document.add(new StoredField(PATH, path));
        document.add(new TextField(TEXT, corpus.read(path), Field.Store.NO));
        writer.addDocument(document);
      }
    }
    this.reader = DirectoryReader.open(directory);
    this.searcher = new IndexSearcher(reader);
    searcher.setSimilarity(new BM25Similarity());
  }

  /** The files that match best, best first. */
  List<String> search(String question, int limit) throws IOException {
    Query query = new QueryBuilder(analyzer).createBooleanQuery(TEXT, question);
    var paths = new ArrayList<String>();
    for (ScoreDoc hit : searcher.search(query, limit).scoreDocs) {
      paths.add(searcher.storedFields().document(hit.doc).get(PATH));
    }
    return paths;
  }

  @Override
  public void close() throws IOException {
    reader.close();
    directory.close();
    analyzer.close();
  }
}
