package io.nanoswarm.offline.search;

import io.nanoswarm.workspace.Manifest;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FilterCodecReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * What indexes that are there already hold of files that are to be indexed: each file's passages,
 * from one of them, if it was indexed with the same content at the same path.
 *
 * <p>To look into an index is no use of it, and keeps nobody from removing it: what is open stays
 * readable.
 */
final class KnownPassages implements Closeable {
  private final Set<String> wanted = new HashSet<>();
  private final List<DirectoryReader> open = new ArrayList<>();
  private final List<CodecReader> readers = new ArrayList<>();

  KnownPassages(List<Manifest.File> files) {
    files.forEach(file -> wanted.add(PassageFields.content(file)));
  }

  /** Whether no file is left that is known of nothing. */
  boolean isComplete() {
    return wanted.isEmpty();
  }

  /**
   * Takes what an index has of what is still wanted. One that is being removed, or is damaged, has
   * nothing.
   */
  void lookInto(Path index) throws IOException {
    DirectoryReader reader;
    try {
      reader = DirectoryReader.open(FSDirectory.open(index));
    } catch (IOException | IllegalArgumentException _) {
      return;
    }
    open.add(reader);
    for (LeafReaderContext leaf : reader.leaves()) {
      if (leaf.reader() instanceof CodecReader passages) {
        take(passages);
      }
    }
  }

  private void take(CodecReader reader) throws IOException {
    Set<String> found = new HashSet<>();
    FixedBitSet taken = find(reader, found);
    if (!found.isEmpty() && isWhole(reader)) {
      readers.add(new Taken(reader, taken));
      wanted.removeAll(found);
    }
  }

  private FixedBitSet find(CodecReader reader, Set<String> found) throws IOException {
    var passages = new FixedBitSet(reader.maxDoc());
    Terms terms = reader.terms(PassageFields.CONTENT);
    if (terms == null) {
      return passages;
    }
    TermsEnum contents = terms.iterator();
    PostingsEnum each = null;
    for (String content : wanted) {
      if (contents.seekExact(new BytesRef(content))) {
        found.add(content);
        each = contents.postings(each, PostingsEnum.NONE);
        while (each.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
          passages.set(each.docID());
        }
      }
    }
    return passages;
  }

  private static boolean isWhole(CodecReader reader) throws IOException {
    try {
      reader.checkIntegrity();
      return true;
    } catch (CorruptIndexException _) {
      return false;
    }
  }

  /** What was taken, to be merged into an index. */
  List<CodecReader> readers() {
    return readers;
  }

  /** Those of the files that nothing is known of, in the order in which they were given. */
  List<Manifest.File> unknown(List<Manifest.File> files) {
    return files.stream().filter(file -> wanted.contains(PassageFields.content(file))).toList();
  }

  @Override
  public void close() throws IOException {
    for (DirectoryReader each : open) {
      each.close();
    }
  }

  /** An index as if all other passages had been deleted from it: merging leaves them out. */
  private static final class Taken extends FilterCodecReader {
    private final FixedBitSet passages;

    Taken(CodecReader reader, FixedBitSet passages) {
      super(reader);
      this.passages = passages;
    }

    @Override
    public Bits getLiveDocs() {
      return passages;
    }

    @Override
    public int numDocs() {
      return passages.cardinality();
    }

    @Override
    public CacheHelper getCoreCacheHelper() {
      return in.getCoreCacheHelper();
    }

    @Override
    public @Nullable CacheHelper getReaderCacheHelper() {
      return null;
    }
  }
}
