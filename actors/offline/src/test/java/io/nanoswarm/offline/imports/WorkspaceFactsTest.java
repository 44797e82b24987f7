package io.nanoswarm.offline.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.nanoswarm.offline.imports.FileFacts.Named;
import io.nanoswarm.offline.workspace.WorkspaceScan;
import io.nanoswarm.workspace.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceFactsTest {
  private static final String TILL =
      """
      package shop;

      import static money.Price.ZERO;
      import money.*;

      /** Not a {@link Ghost}. // nor an import ghost.Ghost; */
      public final class Till {
        private final Drawer drawer = new Drawer("Ghost");

        @Deprecated
        public static void main(String[] arguments) {
          Price.of(ZERO);
        }
      }

      record Coin() {}
      """;

  @TempDir Path root;
  @TempDir Path cache;

  @Test
  void the_parser_of_the_jdk_tells_imports_types_uses_and_where_a_program_begins()
      throws Exception {
    write("shop/Till.java", TILL);

    FileFacts facts = read().byPath().get("shop/Till.java");

    assertThat(facts.space()).isEqualTo("shop");
    assertThat(facts.names()).containsExactly("Till", "Coin");
    assertThat(facts.imports())
        .containsExactly(new Named("money.Price.ZERO", 3), new Named("money.*", 4));
    assertThat(facts.uses())
        .contains(new Named("Drawer", 8), new Named("Price", 12))
        .noneMatch(use -> use.name().equals("Ghost"));
    assertThat(facts.starts()).containsExactly(new FileFacts.Start("Java main", "Till", 11));
  }

  @Test
  void without_a_compiler_lines_tell_the_same_imports_types_and_beginnings() throws Exception {
    write("shop/Till.java", TILL);
    FileFacts parsed = read().byPath().get("shop/Till.java");

    FileFacts byLines = JvmLines.read(SourceLanguage.JAVA, TILL.lines().toList());

    assertThat(byLines.space()).isEqualTo(parsed.space());
    assertThat(byLines.names()).isEqualTo(parsed.names());
    assertThat(byLines.imports()).isEqualTo(parsed.imports());
    assertThat(byLines.starts()).isEqualTo(parsed.starts());
    assertThat(byLines.uses()).contains(new Named("Drawer", 8), new Named("Price", 12));
  }

  @Test
  void files_that_are_no_java_at_all_or_too_deep_for_the_parser_cost_nothing_else()
      throws Exception {
    write("Broken.java", "import a.b.C;\nclass { ) ) public static void");
    write(
        "Deep.java",
        "class Deep { int x = " + "(".repeat(60_000) + "1" + ")".repeat(60_000) + "; }");
    write("Fine.java", "import x.y.Z;\nclass Fine {}");

    var facts = read().byPath();

    assertThat(facts).containsOnlyKeys("Broken.java", "Deep.java", "Fine.java");
    assertThat(facts.get("Fine.java").imports()).containsExactly(new Named("x.y.Z", 1));
  }

  @Test
  void what_the_cache_knows_is_what_would_be_read_and_changed_files_alone_are_read_again()
      throws Exception {
    write("a.py", "import b\n");
    write("b.py", "import a\n");
    write("shop/Till.java", TILL);
    WorkspaceFacts first = read();
    var read = new ArrayList<String>();

    assertThat(read(read)).isEqualTo(first);
    assertThat(read).isEmpty();

    write("b.py", "import c\n");
    assertThat(read(read).byPath().get("b.py").imports()).containsExactly(new Named("c", 1));
    assertThat(read).containsExactly("reading b.py");
  }

  @Test
  void a_damaged_cache_counts_as_none() throws Exception {
    write("a.py", "import b\n");
    WorkspaceFacts first = read();
    try (var files = Files.list(cache.resolve("imports"))) {
      for (Path each : files.toList()) {
        Files.writeString(each, "damaged");
      }
    }

    assertThat(read()).isEqualTo(first);
  }

  @Test
  void a_file_that_changed_since_it_was_listed_is_left_out_and_named() throws Exception {
    write("a.py", "import b\n");
    write("b.py", "import a\n");
    List<Manifest.File> files = scan();
    write("a.py", "import ghost\n");

    WorkspaceFacts facts = WorkspaceFacts.read(root, files, new FactsCache(cache), _ -> {});

    assertThat(facts.byPath()).containsOnlyKeys("b.py");
    assertThat(facts.changed()).containsExactly("a.py was changed since the session was opened");
  }

  private void write(String path, String text) throws Exception {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private List<Manifest.File> scan() throws Exception {
    return new WorkspaceScan(Set.of()).scan(root).files();
  }

  private WorkspaceFacts read() throws Exception {
    return read(new ArrayList<>());
  }

  private WorkspaceFacts read(List<String> progress) throws Exception {
    return WorkspaceFacts.read(root, scan(), new FactsCache(cache), progress::add);
  }
}
