package io.nanoswarm.offline.search;

import io.nanoswarm.workspace.Manifest;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.CodecReader;
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
import org.apache.lucene.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * What indexes that are there already hold of files that are to be indexed: each file's passages,
 * from one of them, if it was indexed with the same content at the same path.
 *
 * <p>Of a file that has no passages nothing is known.
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
  void lookInto(Path index) {
    if (!Files.isDirectory(index)) {
      return; // to open it would make it
    }
    DirectoryReader reader = null;
    try {
      reader = DirectoryReader.open(FSDirectory.open(index));
      List<CodecReader> taken = new ArrayList<>();
      Set<String> found = new HashSet<>();
      for (LeafReaderContext leaf : reader.leaves()) {
        if (leaf.reader() instanceof CodecReader passages) {
          FixedBitSet these = find(passages, found);
          if (these.cardinality() > 0) {
            passages.checkIntegrity();
            taken.add(new Taken(passages, these));
          }
        }
      }
      if (!found.isEmpty()) {
        open.add(reader);
        reader = null;
        readers.addAll(taken);
        wanted.removeAll(found);
      }
    } catch (IOException | RuntimeException _) {
      // Nothing was taken: what it would have had is read from the files.
    } finally {
      IOUtils.closeWhileHandlingException(reader);
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

  /** What was taken, to be merged into an index. */
  List<CodecReader> readers() {
    return readers;
  }

  /** Those of the files that nothing is known of, in the order in which they were given. */
  List<Manifest.File> unknown(List<Manifest.File> files) {
    return files.stream().filter(file -> wanted.contains(PassageFields.content(file))).toList();
  }

  @Override
  public void close() {
    IOUtils.closeWhileHandlingException(open);
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
