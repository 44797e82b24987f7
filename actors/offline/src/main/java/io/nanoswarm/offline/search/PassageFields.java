package io.nanoswarm.offline.search;

import io.nanoswarm.offline.text.Passage;
import io.nanoswarm.offline.text.Source;
import io.nanoswarm.offline.text.WordAnalyzer;
import io.nanoswarm.workspace.Manifest;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.Version;

/**
 * How a passage stands in an index: its words are searched, its place is stored, its text is not.
 */
final class PassageFields {
  static final String BODY = "body";
  static final String HEAD = "head";
  static final String PATH = "path";
  static final String FIRST = "first";
  static final String LAST = "last";
  static final String NAME = "name";

  /** The path again, so that passages can be gathered by their file. */
  static final String FILE = "file";

  /** The number of the passage in its file, from 0. */
  static final String NUMBER = "number";

  /** Characters of the passage. */
  static final String LENGTH = "length";

  /**
   * The file with its content, so that another index can take its passages over; of another name
   * where passages are cut or words are read in another way, or Lucene writes another format.
   */
  static final String CONTENT =
      "content of %s of %s in %d"
          .formatted(WordAnalyzer.VERSION, Source.VERSION, Version.LATEST.major);

  /** All indexes have their passages in this order, however they were made. */
  static final Sort ORDER =
      new Sort(
          new SortField(FILE, SortField.Type.STRING), new SortField(NUMBER, SortField.Type.LONG));

  private static final FieldType WORDS = words();

  private PassageFields() {}

  static Document document(Manifest.File file, Source source, Passage passage, int number) {
    String head = passage.name() + " " + place(source.path());
    String body =
        String.join(
            "\n",
            head,
            source.prose(passage.first(), passage.last()),
            source.code(passage.first(), passage.last()));
    var document = new Document();
    document.add(new Field(HEAD, head, WORDS));
    document.add(new Field(BODY, body, WORDS));
    document.add(new StringField(PATH, source.path(), Field.Store.YES));
    document.add(new SortedDocValuesField(FILE, new BytesRef(source.path())));
    document.add(new StringField(CONTENT, content(file), Field.Store.NO));
    document.add(new NumericDocValuesField(NUMBER, number));
    document.add(new NumericDocValuesField(LENGTH, body.length()));
    document.add(new StoredField(FIRST, passage.first()));
    document.add(new StoredField(LAST, passage.last()));
    document.add(new StoredField(NAME, passage.name()));
    return document;
  }

  static String content(Manifest.File file) {
    return file.sha256() + " " + file.path();
  }

  /** The file's name without its extension, and its folder's: what the path says about content. */
  static String place(String path) {
    int slash = path.lastIndexOf('/');
    int dot = path.lastIndexOf('.');
    String name = path.substring(slash + 1, dot > slash + 1 ? dot : path.length());
    String folder = slash < 0 ? "" : path.substring(path.lastIndexOf('/', slash - 1) + 1, slash);
    return name + " " + folder;
  }

  private static FieldType words() {
    var type = new FieldType();
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
    type.setTokenized(true);
    type.freeze();
    return type;
  }
}
