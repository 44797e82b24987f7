package io.nanoswarm.offline.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nanoswarm.workspace.Manifest;
import io.nanoswarm.workspace.ManifestJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceScanTest {
  @TempDir Path root;

  @Test
  void files_are_listed_by_path_with_size_and_hash() throws Exception {
    write("b.txt", "two");
    write("a/c.txt", "three");

    Manifest manifest = scan();

    assertThat(manifest.files())
        .containsExactly(
            new Manifest.File("a/c.txt", 5, Sha256.of("three")),
            new Manifest.File("b.txt", 3, Sha256.of("two")));
    assertThat(manifest.skipped()).isEmpty();
  }

  @Test
  void scanning_twice_gives_the_same() throws Exception {
    for (int i = 0; i < 100; i++) {
      write("folder" + i % 7 + "/file" + i + ".txt", "text " + i);
    }

    assertThat(scan()).isEqualTo(scan());
  }

  @Test
  void rules_of_gitignore_hold_and_nested_ones_decide_first() throws Exception {
    write(".gitignore", "*.log\nsecret/\n/only-here.txt\n");
    write("in/.gitignore", "!keep.log\n");
    write("in/keep.log", "kept");
    write("in/other.txt", "read");
    write("in/only-here.txt", "read too");
    write("drop.log", "dropped");
    write("only-here.txt", "dropped");
    write("secret/a.txt", "dropped");

    Manifest manifest = scan();

    assertThat(paths(manifest)).containsExactly("in/keep.log", "in/only-here.txt", "in/other.txt");
    assertThat(reason(manifest, "ignored by .gitignore").examples())
        .containsExactly("drop.log", "only-here.txt", "secret/");
  }

  @Test
  void ignore_files_of_ripgrep_and_what_git_excludes_here_hold_too() throws Exception {
    write(".gitignore", "*.log\n");
    write(".ignore", "!keep.log\nnotes/\n");
    write(".git/info/exclude", "*.tmp\nkeep.log\n");
    write("keep.log", "kept");
    write("drop.log", "dropped");
    write("notes/a.txt", "dropped");
    write("in/a.tmp", "dropped");

    Manifest manifest = scan();

    assertThat(paths(manifest)).containsExactly("keep.log");
    assertThat(reason(manifest, "ignored by .gitignore").examples()).containsExactly("drop.log");
    assertThat(reason(manifest, "ignored by .ignore").examples()).containsExactly("notes/");
    assertThat(reason(manifest, "ignored by .git/info/exclude").examples())
        .containsExactly("in/a.tmp");
  }

  @Test
  void files_are_chosen_by_patterns_as_gitignore_has_them() throws Exception {
    write(".gitignore", "*.gen.md\n");
    write("docs/deep/a.txt", "text");
    write("docs/old/b.txt", "text");
    write("src/main/A.java", "class A {}");
    write("src/B.java", "class B {}");
    write("other/src/C.java", "class C {}");
    write("read.md", "text");
    write("made.gen.md", "text");

    var choice =
        new FileChoice(List.of("*.md", "docs/", "/src/**/*.java"), List.of("old/", "/src/B.*"));
    Manifest manifest = new WorkspaceScan(Set.of()).scan(root, choice);

    assertThat(paths(manifest)).containsExactly("docs/deep/a.txt", "read.md", "src/main/A.java");
    Manifest kept = ManifestJson.read(ManifestJson.write(manifest));
    assertThat(kept).isEqualTo(manifest);
    assertThat(kept.include()).isEqualTo(choice.include());
    assertThat(kept.exclude()).isEqualTo(choice.exclude());
    assertThat(reason(manifest, "not in --include").examples()).containsExactly("other/src/C.java");
    assertThat(reason(manifest, "excluded by --exclude").examples())
        .containsExactly("docs/old/", "src/B.java");
  }

  @Test
  void a_pattern_that_is_none_or_leaves_nothing_is_told() throws Exception {
    write("read.md", "text");
    var scan = new WorkspaceScan(Set.of());

    assertThatThrownBy(() -> scan.scan(root, new FileChoice(List.of("*.java"), List.of("x"))))
        .isInstanceOf(WorkspaceProblem.class)
        .hasMessageStartingWith("--include '*.java' --exclude 'x' leaves nothing to read in ")
        .hasMessageEndingWith("(passed over: 1 not in --include)");
    for (String bad : List.of("", " ", "!*.md", "#x", "a[b", "../x", "a\\", "/")) {
      assertThatThrownBy(() -> scan.scan(root, new FileChoice(List.of(), List.of(bad))))
          .as(bad)
          .isInstanceOf(WorkspaceProblem.class)
          .hasMessageStartingWith("--exclude '" + bad + "' ");
    }
    for (String good : List.of("*.md", "a[bc]d", "a[]]", "\\#x", "a b", "**/x/**")) {
      assertThat(FileChoice.problem(good)).as(good).isEmpty();
    }
  }

  @Test
  void hidden_files_and_folders_are_not_searched() throws Exception {
    write("read.txt", "read");
    write(".git/config", "hidden");
    write(".env", "hidden");

    Manifest manifest = scan();

    assertThat(paths(manifest)).containsExactly("read.txt");
    assertThat(reason(manifest, "hidden").examples()).containsExactly(".env", ".git/");
  }

  @Test
  void build_output_is_passed_over_but_a_package_of_that_name_is_read() throws Exception {
    write("module/pom.xml", "<project/>");
    write("module/target/out.txt", "output");
    write("module/src/target/Aim.java", "class Aim {}");
    write("web/node_modules/lib.js", "output");

    Manifest manifest = scan();

    assertThat(paths(manifest)).containsExactly("module/pom.xml", "module/src/target/Aim.java");
    assertThat(reason(manifest, "build output").files()).isEqualTo(2);
  }

  @Test
  void links_are_not_followed_so_that_a_cycle_ends_and_nothing_outside_is_read(
      @TempDir Path outside) throws Exception {
    write("in/read.txt", "read");
    Files.writeString(outside.resolve("other.txt"), "outside");
    Files.createSymbolicLink(root.resolve("in/cycle"), root);
    Files.createSymbolicLink(root.resolve("elsewhere"), outside);
    Files.createSymbolicLink(root.resolve("file.txt"), outside.resolve("other.txt"));

    Manifest manifest = scan();

    assertThat(paths(manifest)).containsExactly("in/read.txt");
    assertThat(reason(manifest, "symbolic link").files()).isEqualTo(3);
  }

  @Test
  void a_linked_workspace_is_the_folder_it_points_to(@TempDir Path elsewhere) throws Exception {
    write("read.txt", "read");
    Path link = Files.createSymbolicLink(elsewhere.resolve("link"), root);

    assertThat(new WorkspaceScan(Set.of()).scan(link)).isEqualTo(scan());
  }

  @Test
  void binary_files_are_passed_over_by_name_or_by_content() throws Exception {
    write("read.txt", "read");
    write("picture.png", "says it is a picture");
    Files.write(root.resolve("data"), new byte[] {1, 0, 2});

    assertThat(reason(scan(), "binary").examples()).containsExactly("data", "picture.png");
  }

  @Test
  void what_is_larger_than_a_mebibyte_is_passed_over_and_what_is_as_large_is_read()
      throws Exception {
    write("just.txt", "x".repeat(1024 * 1024));
    write("over.txt", "x".repeat(1024 * 1024 + 1));

    Manifest manifest = scan();

    assertThat(paths(manifest)).containsExactly("just.txt");
    assertThat(reason(manifest, "larger than 1 MiB").examples()).containsExactly("over.txt");
  }

  @Test
  void empty_files_are_counted_and_not_listed() throws Exception {
    write("read.txt", "read");
    write("empty.txt", "");

    assertThat(reason(scan(), "empty").files()).isEqualTo(1);
  }

  @Test
  void text_that_is_not_utf_8_is_read_if_it_looks_like_text() throws Exception {
    Files.write(root.resolve("latin.txt"), "Die Größe zählt".getBytes(StandardCharsets.ISO_8859_1));
    Files.write(root.resolve("utf16.txt"), "Die Größe zählt".getBytes(StandardCharsets.UTF_16));
    Files.write(root.resolve("noise.txt"), new byte[] {(byte) 0xFF, 1, (byte) 0xC0, 2});

    Manifest manifest = scan();

    assertThat(paths(manifest)).containsExactly("latin.txt", "utf16.txt");
    for (Manifest.File file : manifest.files()) {
      assertThat(SourceText.read(root, file).lines()).containsExactly("Die Größe zählt");
    }
    assertThat(reason(manifest, "unknown encoding").examples()).containsExactly("noise.txt");
  }

  @Test
  void the_excluded_folder_is_never_searched() throws Exception {
    write("read.txt", "read");
    write("data/journal.txt", "the swarm's own");

    Manifest manifest = new WorkspaceScan(Set.of(root.resolve("data"))).scan(root);

    assertThat(paths(manifest)).containsExactly("read.txt");
    assertThat(reason(manifest, "the swarm's own data").examples()).containsExactly("data/");
  }

  @Test
  void at_most_three_examples_are_kept_of_any_number() throws Exception {
    write("read.txt", "read");
    for (int i = 0; i < 9; i++) {
      write("picture" + i + ".png", "x");
    }

    Manifest.Skipped skipped = reason(scan(), "binary");

    assertThat(skipped.files()).isEqualTo(9);
    assertThat(skipped.examples()).containsExactly("picture0.png", "picture1.png", "picture2.png");
  }

  @Test
  void a_folder_that_cannot_be_worked_on_is_refused_with_a_hint() throws Exception {
    write("file.txt", "a file");
    Path empty = Files.createDirectory(root.resolve("none"));
    Files.write(empty.resolve("only.bin"), new byte[] {0});

    assertThatThrownBy(() -> new WorkspaceScan(Set.of()).scan(root.resolve("missing")))
        .isInstanceOf(WorkspaceProblem.class)
        .hasMessageEndingWith("missing does not exist");
    assertThatThrownBy(() -> new WorkspaceScan(Set.of()).scan(root.resolve("file.txt")))
        .hasMessageEndingWith("file.txt is not a folder");
    assertThatThrownBy(() -> new WorkspaceScan(Set.of(root)).scan(root))
        .hasMessageContaining("the swarm's own data folder");
    WorkspaceProblem nothing =
        catchThrowableOfType(WorkspaceProblem.class, () -> new WorkspaceScan(Set.of()).scan(empty));
    assertThat(nothing)
        .hasMessageContaining("holds no file that can be read (passed over: 1 binary)");
    assertThat(nothing.hint()).isNotBlank();
    assertThat(nothing.getStackTrace()).isEmpty();
  }

  @Test
  void a_file_that_was_changed_or_removed_since_is_noticed() throws Exception {
    write("same-size.txt", "before");
    write("gone.txt", "before");
    List<Manifest.File> files = scan().files();

    write("same-size.txt", "after!");
    Files.delete(root.resolve("gone.txt"));

    assertThatThrownBy(() -> SourceText.read(root, files.get(0)))
        .isInstanceOf(SourceText.FileChanged.class)
        .hasMessage("gone.txt was removed since the session was opened");
    assertThatThrownBy(() -> SourceText.read(root, files.get(1)))
        .hasMessage("same-size.txt was changed since the session was opened");
  }

  private Manifest scan() throws Exception {
    return new WorkspaceScan(Set.of()).scan(root);
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static List<String> paths(Manifest manifest) {
    return manifest.files().stream().map(Manifest.File::path).toList();
  }

  private static Manifest.Skipped reason(Manifest manifest, String reason) {
    return manifest.skipped().stream()
        .filter(each -> each.reason().equals(reason))
        .findFirst()
        .orElseThrow(() -> new AssertionError(manifest.skipped().toString()));
  }
}
