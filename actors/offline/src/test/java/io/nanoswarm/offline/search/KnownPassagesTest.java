package io.nanoswarm.offline.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.offline.question.Question;
import io.nanoswarm.offline.workspace.Parts;
import io.nanoswarm.offline.workspace.WorkspaceScan;
import io.nanoswarm.workspace.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.FSDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a new index takes over from those that are there. */
class KnownPassagesTest {
  private static final List<String> WORDS =
      List.of("harbour", "pilot", "quay", "herring", "barrel", "mast", "anchor", "tide", "rope");

  /** Bytes. */
  private static final int LUCENE_FOOTER = 16;

  @TempDir Path root;
  @TempDir Path cache;
  @TempDir Path otherCaches;

  private final List<String> read = new ArrayList<>();

  @Test
  void just_the_files_that_are_new_or_changed_are_read_again() throws Exception {
    write("a.md", "Ships moor.");
    write("b.md", "A pilot boards.");
    write("c.md", "Herring is salted.");
    index(cache, 1).close();
    assertThat(read).containsExactly("a.md", "b.md", "c.md");

    read.clear();
    write("b.md", "A pilot leaves.");
    Files.move(root.resolve("c.md"), root.resolve("d.md"));
    index(cache, 1).close();
    assertThat(read).containsExactly("b.md", "d.md");

    read.clear();
    Files.delete(root.resolve("a.md"));
    index(cache, 1).close();
    assertThat(read).isEmpty();
  }

  @Test
  void where_parts_are_cut_elsewhere_nothing_is_read_again() throws Exception {
    for (char name = 'a'; name < 'h'; name++) {
      write(name + ".md", "Ships moor at quay " + name);
    }
    index(cache, 3).close();
    read.clear();

    index(cache, 2).close();

    assertThat(read).isEmpty();
  }

  @Test
  void an_index_that_was_updated_finds_what_one_made_anew_finds() throws Exception {
    var random = new Random(7);
    for (int round = 0; round < 15; round++) {
      for (int edit = random.nextInt(1, 5); edit > 0; edit--) {
        edit(random);
      }
      int parts = random.nextInt(1, 4);
      try (var updated = index(cache, parts);
          var anew = index(otherCaches.resolve("" + round), parts)) {
        for (String word : WORDS) {
          var question = Question.of("Where is the " + word + " of the " + WORDS.getFirst() + "?");
          assertThat(updated.candidates(question, 1000))
              .as("round %d, %s", round, word)
              .isEqualTo(anew.candidates(question, 1000));
          assertThat(updated.files(question)).isEqualTo(anew.files(question));
          assertThat(updated.coverage(question)).isEqualTo(anew.coverage(question));
        }
      }
    }
  }

  @Test
  void of_an_index_whose_passages_were_cut_in_another_way_nothing_is_taken() throws Exception {
    write("a.md", "Ships moor.");
    List<Manifest.File> files = new WorkspaceScan(Set.of()).scan(root).files();
    try (var directory = FSDirectory.open(cache);
        var writer = new IndexWriter(directory, new IndexWriterConfig(new WhitespaceAnalyzer()))) {
      var document = new Document();
      document.add(
          new StringField(
              "content of another version",
              PassageFields.content(files.getFirst()),
              Field.Store.NO));
      writer.addDocument(document);
    }

    try (var known = new KnownPassages(files)) {
      known.lookInto(cache);

      assertThat(known.readers()).isEmpty();
      assertThat(known.unknown(files)).isEqualTo(files);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".tim", ".tip", ".doc", ".fdt", ".dvd", ".si", "segments_1"})
  void of_an_index_that_is_damaged_nothing_is_taken(String where) throws Exception {
    write("a.md", "Ships moor.");
    index(cache, 1).close();
    Path damaged = byUse().getFirst();
    try (var files = Files.list(damaged)) {
      var hit = files.filter(file -> file.toString().endsWith(where)).toList();
      assertThat(hit).isNotEmpty();
      for (Path file : hit) {
        byte[] bytes = Files.readAllBytes(file);
        for (int i = bytes.length / 2; i < bytes.length - LUCENE_FOOTER; i++) {
          bytes[i] ^= 0x55;
        }
        Files.write(file, bytes);
      }
    }
    read.clear();

    write("b.md", "A pilot boards.");
    try (var index = index(cache, 1)) {
      assertThat(read).containsExactly("a.md", "b.md");
      assertThat(index.files(Question.of("ships"))).containsOnlyKeys("a.md");
    }
    assertThat(damaged).as("it is for whoever opens it").isDirectory();
  }

  @Test
  void an_index_that_has_just_been_removed_is_not_made_by_looking_into_it() {
    try (var known = new KnownPassages(List.of())) {
      known.lookInto(cache.resolve("gone"));
    }

    assertThat(cache.resolve("gone")).doesNotExist();
  }

  @Test
  void to_be_looked_into_is_no_use_that_keeps_an_index() throws Exception {
    for (String name : List.of("a.md", "b.md", "c.md")) {
      write(name, "Of " + name);
      index(cache, 1).close();
    }
    var before = byUse();
    for (int i = 0; i < before.size(); i++) {
      Files.setLastModifiedTime(
          before.get(i), FileTime.from(Instant.parse("2020-01-0%dT00:00:00Z".formatted(i + 1))));
    }

    write("d.md", "Of d.md");
    index(cache, 1).close();

    assertThat(byUse()).startsWith(before.toArray(Path[]::new)).hasSize(before.size() + 1);
  }

  private void edit(Random random) throws IOException {
    Path file = root.resolve("file-%d.md".formatted(random.nextInt(8)));
    if (random.nextInt(4) == 0) {
      Files.deleteIfExists(file);
    }
    if (random.nextInt(4) > 0 || isEmpty()) {
      var text = new StringBuilder();
      for (int passage = random.nextInt(1, 4); passage > 0; passage--) {
        text.append("# ").append(WORDS.get(random.nextInt(WORDS.size()))).append("\n\n");
        for (int word = random.nextInt(1, 40); word > 0; word--) {
          text.append(WORDS.get(random.nextInt(WORDS.size()))).append(word % 9 == 0 ? ".\n" : " ");
        }
        text.append("\n\n");
      }
      Files.writeString(file, text);
    }
  }

  private boolean isEmpty() throws IOException {
    try (var files = Files.list(root)) {
      return files.findAny().isEmpty();
    }
  }

  /** The indexes, those used least recently first. */
  private List<Path> byUse() throws IOException {
    try (var folders = Files.list(cache.resolve("full-text"))) {
      return folders.sorted(Comparator.comparing(KnownPassagesTest::usedAt)).toList();
    }
  }

  private static FileTime usedAt(Path index) {
    return FileTime.fromMillis(index.toFile().lastModified());
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(root.resolve(name), "# " + name + "\n\n" + text + "\n");
  }

  private WorkspaceIndex index(Path where, int parts) throws Exception {
    List<Manifest.File> files = new WorkspaceScan(Set.of(cache)).scan(root).files();
    var indexes = new IndexCache(where, new IndexCacheSettings(Long.MAX_VALUE));
    return WorkspaceIndex.open(
        indexes,
        root,
        Parts.cut(files, parts),
        doing -> read.add(doing.substring("reading ".length())));
  }
}
