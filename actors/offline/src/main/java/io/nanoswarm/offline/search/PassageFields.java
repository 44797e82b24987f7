package io.nanoswarm.offline.search;

import io.nanoswarm.offline.text.Passage;
import io.nanoswarm.offline.text.Source;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.IndexOptions;

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

  private static final FieldType WORDS = words();

  private PassageFields() {}

  static Document document(Source source, Passage passage) {
    String head = passage.name() + " " + place(source.path());
    var document = new Document();
    document.add(new Field(HEAD, head, WORDS));
    document.add(
        new Field(
            BODY,
            String.join(
                "\n",
                head,
                source.prose(passage.first(), passage.last()),
                source.code(passage.first(), passage.last())),
            WORDS));
    document.add(new StoredField(PATH, source.path()));
    document.add(new StoredField(FIRST, passage.first()));
    document.add(new StoredField(LAST, passage.last()));
    document.add(new StoredField(NAME, passage.name()));
    return document;
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
